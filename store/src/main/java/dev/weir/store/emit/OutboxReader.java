package dev.weir.store.emit;

import dev.weir.store.KeyRange;
import dev.weir.store.read.ShardView;
import dev.weir.store.write.LogRecord;
import dev.weir.store.write.OutboxEntry;
import dev.weir.store.write.OutboxSpan;
import dev.weir.store.write.StateKeys;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Reads from a shard's state what there is to send. */
final class OutboxReader {
  private OutboxReader() {}

  /**
   * A record to append.
   *
   * @param target the shard whose log it goes to
   * @param number of an outbox entry, or step of a continuation
   * @param record what to append
   * @param timestamp of the event behind it; -1 = none of its own
   */
  record Item(int target, long number, LogRecord record, long timestamp) {}

  /** Outbox entries above what {@code acknowledged} says, at most {@code limit}, in order. */
  static List<Item> outbox(ShardView view, int shard, Map<Integer, Long> acknowledged, int limit) {
    List<Item> items = new ArrayList<>();
    try (ShardView.Walk walk = spans(view)) {
      while (walk.valid() && items.size() < limit) {
        int target = StateKeys.outboxTarget(walk.key());
        OutboxSpan span = OutboxSpan.decode(walk.value());
        long from = Math.max(span.first(), acknowledged.getOrDefault(target, 0L) + 1);
        for (long number = from; number <= span.last() && items.size() < limit; number++) {
          byte[] stored = view.get(StateKeys.outbox(target, number));
          if (stored == null) {
            break; // trimmed since the span was read
          }
          OutboxEntry entry = OutboxEntry.decode(stored);
          LogRecord record = new LogRecord.Emitted(shard, number, entry.operation());
          items.add(new Item(target, number, record, entry.timestamp()));
        }
        walk.next();
      }
    }
    return items;
  }

  /** Which entries there are, by target; to be closed. */
  static ShardView.Walk spans(ShardView view) {
    byte[] prefix = StateKeys.outboxSpans();
    return view.walk(prefix, end(prefix), false);
  }

  /** The next steps of all continuations. */
  static List<Item> continuations(ShardView view, int shard) {
    List<Item> items = new ArrayList<>();
    byte[] prefix = StateKeys.continuations();
    try (ShardView.Walk walk = view.walk(prefix, end(prefix), false)) {
      for (; walk.valid(); walk.next()) {
        long number = StateKeys.continuationNumber(walk.key());
        long step = ByteBuffer.wrap(walk.value()).getLong();
        items.add(new Item(shard, step, new LogRecord.Continue(number, step), -1));
      }
    }
    return items;
  }

  private static byte[] end(byte[] prefix) {
    return Objects.requireNonNull(KeyRange.successor(prefix));
  }
}
