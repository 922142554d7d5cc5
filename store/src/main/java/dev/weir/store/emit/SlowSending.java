package dev.weir.store.emit;

import dev.weir.store.read.ShardView;
import dev.weir.store.write.OutboxSpan;
import dev.weir.store.write.StateKeys;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whether a shard has something for other shards that their logs have lacked for a while: what it
 * had when it was opened, as after a clone, or what it has had for {@link #PATIENCE}. Looks in
 * between do not matter. Confined to one thread.
 */
public final class SlowSending {
  /** What is on its way for less is as usual. */
  static final Duration PATIENCE = Duration.ofSeconds(2);

  private @Nullable Mark mark;

  /** The newest numbers by target that there were at a time. */
  private record Mark(Map<Integer, Long> newest, long atNanos) {

    boolean isBehind(Map<Integer, OutboxSpan> spans) {
      return newest.entrySet().stream()
          .anyMatch(
              e -> {
                OutboxSpan span = spans.get(e.getKey());
                return span != null && span.first() <= Math.min(e.getValue(), span.last());
              });
    }
  }

  /**
   * Looks.
   *
   * @param now as {@link System#nanoTime} gives it
   */
  public boolean look(ShardView view, long now) {
    Map<Integer, OutboxSpan> spans = new HashMap<>();
    try (ShardView.Walk walk = OutboxReader.spans(view)) {
      for (; walk.valid(); walk.next()) {
        spans.put(StateKeys.outboxTarget(walk.key()), OutboxSpan.decode(walk.value()));
      }
    }
    return look(spans, now);
  }

  boolean look(Map<Integer, OutboxSpan> spans, long now) {
    Mark last = mark;
    if (last == null) {
      last = new Mark(newest(spans), now - PATIENCE.toNanos());
    }
    if (last.isBehind(spans)) {
      mark = last;
      return now - last.atNanos() >= PATIENCE.toNanos();
    }
    mark = new Mark(newest(spans), now);
    return false;
  }

  private static Map<Integer, Long> newest(Map<Integer, OutboxSpan> spans) {
    Map<Integer, Long> newest = new HashMap<>();
    spans.forEach((target, span) -> newest.put(target, span.last()));
    return newest;
  }
}
