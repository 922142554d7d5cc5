package dev.weir.store.write;

import dev.weir.store.Key;
import dev.weir.store.Operation;
import dev.weir.store.Operation.DropOut;
import dev.weir.store.Operation.LinkIn;
import dev.weir.store.Operation.UnlinkIn;
import org.jspecify.annotations.Nullable;

/** The parts of what the shards of an edge's two ends tell each other. */
final class EdgeFormat {

  private EdgeFormat() {}

  /** The key of the Kafka record; null = the operation is none of these. */
  static @Nullable Key key(Operation operation) {
    if (operation instanceof LinkIn link) {
      return link.entry();
    }
    if (operation instanceof UnlinkIn unlink) {
      return unlink.entry();
    }
    return operation instanceof DropOut drop ? drop.edge() : null;
  }

  static void writeLink(LinkIn link, EnvelopeWriter out) {
    writeEntry(link.collection(), link.entry(), link.head(), out);
    ConditionFormat.writeVersion(link.version(), out);
    out.putBytes(link.value());
  }

  static LinkIn readLink(EnvelopeReader in, Key key) throws UnreadableEnvelopeException {
    return new LinkIn(
        in.takeInt(), key, readHead(in, key), ConditionFormat.readVersion(in), in.takeBytes());
  }

  static void writeUnlink(UnlinkIn unlink, EnvelopeWriter out) {
    writeEntry(unlink.collection(), unlink.entry(), unlink.head(), out);
    ConditionFormat.writeVersion(unlink.version(), out);
  }

  static UnlinkIn readUnlink(EnvelopeReader in, Key key) throws UnreadableEnvelopeException {
    return new UnlinkIn(in.takeInt(), key, readHead(in, key), ConditionFormat.readVersion(in));
  }

  static void writeDrop(DropOut drop, EnvelopeWriter out) {
    out.putNumber(drop.collection(), "collection");
    ConditionFormat.writeVersion(drop.version(), out);
  }

  static DropOut readDrop(EnvelopeReader in, Key key) throws UnreadableEnvelopeException {
    return new DropOut(in.takeInt(), key, ConditionFormat.readVersion(in));
  }

  private static void writeEntry(int collection, Key entry, int head, EnvelopeWriter out) {
    if (head > entry.bytes().length) {
      throw new IllegalArgumentException("an end of " + head + " bytes in a shorter key");
    }
    out.putNumber(collection, "collection");
    out.putNumber(head, "head");
  }

  private static int readHead(EnvelopeReader in, Key key) throws UnreadableEnvelopeException {
    int head = in.takeInt();
    if (head > key.bytes().length) {
      throw UnreadableEnvelopeException.poison("an end that is longer than its key");
    }
    return head;
  }
}
