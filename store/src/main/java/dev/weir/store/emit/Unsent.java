package dev.weir.store.emit;

import dev.weir.store.read.ShardView;
import dev.weir.store.write.OutboxSpan;

/** What a shard has for other shards and their logs do not have yet. */
public final class Unsent {
  private Unsent() {}

  /** How many records that are. */
  public static long records(ShardView view) {
    long records = 0;
    try (ShardView.Walk walk = OutboxReader.spans(view)) {
      for (; walk.valid(); walk.next()) {
        OutboxSpan span = OutboxSpan.decode(walk.value());
        records += Math.max(0, span.last() - span.first() + 1);
      }
    }
    return records;
  }
}
