package dev.weir.query.peer;

import dev.weir.store.IndexProgress;
import dev.weir.store.Position;
import dev.weir.store.Role;
import dev.weir.store.ShardStatus;
import java.util.List;

/** What a node holds, as fields of a frame: one block per shard. */
final class StatusCodec {
  private static final int ACTIVE = 1;
  private static final int STANDBY = 2;

  private StatusCodec() {}

  static void write(List<ShardStatus> shards, FrameWriter out) {
    out.writeNumber(shards.size());
    for (ShardStatus shard : shards) {
      FrameWriter block = new FrameWriter(64);
      block.writeNumber(shard.shard());
      block.writeByte(shard.role() == Role.ACTIVE ? ACTIVE : STANDBY);
      block.writeBoolean(shard.serving());
      AnswerCodec.writePosition(shard.position(), block);
      block.writeNumber(shard.logEnd());
      block.writeNumber(shard.catalogueRevision());
      block.writeNumber(shard.sizeBytes());
      block.writeNullableText(shard.stopReason());
      block.writeNumber(shard.building().size());
      for (IndexProgress index : shard.building()) {
        block.writeNumber(index.index());
        block.writeNumber(index.documents());
        block.writeNumber(index.of());
      }
      out.writeBlock(block);
    }
  }

  static List<ShardStatus> read(FrameReader in) throws MalformedFrameException {
    return in.readList(StatusCodec::readShard);
  }

  private static ShardStatus readShard(FrameReader in) throws MalformedFrameException {
    FrameReader block = new FrameReader(in.readBytes());
    int shard = block.readInt();
    Role role = block.readByte() == ACTIVE ? Role.ACTIVE : Role.STANDBY;
    boolean serving = block.readBoolean();
    Position position = AnswerCodec.readPosition(block);
    return new ShardStatus(
        shard,
        role,
        serving,
        position,
        block.readNumber(),
        block.readInt(),
        block.readNumber(),
        block.readNullableText(),
        readBuilding(block));
  }

  /** Nodes of older releases know no indexes. */
  private static List<IndexProgress> readBuilding(FrameReader block)
      throws MalformedFrameException {
    return block.remaining() == 0
        ? List.of()
        : block.readList(in -> new IndexProgress(in.readInt(), in.readNumber(), in.readNumber()));
  }
}
