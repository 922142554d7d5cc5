package dev.weir.query.peer;

import dev.weir.store.Refusal;

/**
 * Refusals as fields of a frame: kind, shard or collection, text, in a block with its length, so
 * that a newer version may add fields. A kind that is not known here is one to wait for.
 */
final class RefusalCodec {
  private static final int NOT_OWNER = 1;
  private static final int REBALANCING = 2;
  private static final int STOPPED = 3;
  private static final int UNKNOWN_COLLECTION = 4;
  private static final int OVERLOADED = 5;
  private static final int UNREACHABLE = 6;
  private static final int LOG_UNAVAILABLE = 7;
  private static final int LOG_UNREACHABLE = 8;
  private static final int BEHIND_POSITION = 9;
  private static final int TOO_STALE = 10;
  private static final int FOREIGN_POSITION = 11;
  private static final int NO_STANDBY = 12;
  private static final int NOT_REPLICATED = 13;
  private static final int UNBOUNDED_SORT = 14;
  private static final int SCAN_REFUSED = 15;
  private static final int UNKNOWN_INDEX = 16;

  private RefusalCodec() {}

  static void write(Refusal refusal, FrameWriter out) {
    if (refusal instanceof Refusal.NotOwner no) {
      write(NOT_OWNER, no.shard(), "", out);
    } else if (refusal instanceof Refusal.Rebalancing no) {
      write(REBALANCING, no.shard(), no.detail(), out);
    } else if (refusal instanceof Refusal.Stopped no) {
      write(STOPPED, no.shard(), no.reason(), out);
    } else if (refusal instanceof Refusal.UnknownCollection no) {
      write(UNKNOWN_COLLECTION, no.collection(), "", out);
    } else if (refusal instanceof Refusal.Overloaded no) {
      write(OVERLOADED, 0, no.what(), out);
    } else if (refusal instanceof Refusal.Unreachable no) {
      write(UNREACHABLE, no.shard(), no.node(), out);
    } else if (refusal instanceof Refusal.LogUnavailable no) {
      write(LOG_UNAVAILABLE, 0, no.detail(), out);
    } else if (refusal instanceof Refusal.LogUnreachable no) {
      write(LOG_UNREACHABLE, 0, no.detail(), out);
    } else if (refusal instanceof Refusal.BehindPosition no) {
      FrameWriter block = block(BEHIND_POSITION, no.shard(), "");
      block.writeNumber(no.position());
      block.writeNumber(no.wanted());
      out.writeBlock(block);
    } else if (refusal instanceof Refusal.TooStale no) {
      write(TOO_STALE, no.shard(), no.detail(), out);
    } else if (refusal instanceof Refusal.NoStandby no) {
      write(NO_STANDBY, no.shard(), "", out);
    } else if (refusal instanceof Refusal.NotReplicated no) {
      write(NOT_REPLICATED, no.shard(), no.detail(), out);
    } else if (refusal instanceof Refusal.ForeignPosition no) {
      write(FOREIGN_POSITION, 0, no.detail(), out);
    } else if (refusal instanceof Refusal.UnboundedSort no) {
      write(UNBOUNDED_SORT, no.collection(), no.advice(), out);
    } else if (refusal instanceof Refusal.ScanRefused no) {
      write(SCAN_REFUSED, no.collection(), no.advice(), out);
    } else if (refusal instanceof Refusal.UnknownIndex no) {
      FrameWriter block = block(UNKNOWN_INDEX, no.collection(), "");
      block.writeNumber(no.index());
      out.writeBlock(block);
    }
  }

  private static void write(int kind, int number, String text, FrameWriter out) {
    out.writeBlock(block(kind, number, text));
  }

  private static FrameWriter block(int kind, int number, String text) {
    FrameWriter block = new FrameWriter(16 + text.length());
    block.writeByte(kind);
    block.writeNumber(number);
    block.writeText(text);
    return block;
  }

  static Refusal read(FrameReader in) throws MalformedFrameException {
    FrameReader block = new FrameReader(in.readBytes());
    int kind = block.readByte();
    int number = block.readInt();
    String text = block.readText();
    return switch (kind) {
      case NOT_OWNER -> new Refusal.NotOwner(number);
      case REBALANCING -> new Refusal.Rebalancing(number, text);
      case STOPPED -> new Refusal.Stopped(number, text);
      case UNKNOWN_COLLECTION -> new Refusal.UnknownCollection(number);
      case OVERLOADED -> new Refusal.Overloaded(text);
      case UNREACHABLE -> new Refusal.Unreachable(number, text);
      case LOG_UNAVAILABLE -> new Refusal.LogUnavailable(text);
      case LOG_UNREACHABLE -> new Refusal.LogUnreachable(text);
      case BEHIND_POSITION ->
          new Refusal.BehindPosition(number, block.readNumber(), block.readNumber());
      case TOO_STALE -> new Refusal.TooStale(number, text);
      case NO_STANDBY -> new Refusal.NoStandby(number);
      case NOT_REPLICATED -> new Refusal.NotReplicated(number, text);
      case FOREIGN_POSITION -> new Refusal.ForeignPosition(text);
      case UNBOUNDED_SORT -> new Refusal.UnboundedSort(number, text);
      case SCAN_REFUSED -> new Refusal.ScanRefused(number, text);
      case UNKNOWN_INDEX -> new Refusal.UnknownIndex(number, block.readInt());
      default -> new Refusal.Overloaded("a newer node refused, for reason " + kind + ": " + text);
    };
  }
}
