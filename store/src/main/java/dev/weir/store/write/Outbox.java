package dev.weir.store.write;

import dev.weir.store.Operation;

/**
 * What this shard has for other shards: entries numbered 1, 2, 3 … for each target, kept until the
 * target's log has them. Each target's {@link OutboxSpan} says which numbers are there, so that
 * nobody has to search among the removed ones.
 */
final class Outbox {
  private final StateMap state;
  private final FoldEffects effects;

  Outbox(StateMap state, FoldEffects effects) {
    this.state = state;
    this.effects = effects;
  }

  void emit(int toShard, Operation operation, long timestamp) {
    OutboxSpan span = span(toShard);
    long number = span.last() + 1;
    put(toShard, new OutboxSpan(span.first(), number));
    state.put(
        StateKeys.outbox(toShard, number), OutboxEntry.encode(operation, Math.max(0, timestamp)));
    effects.somethingToSend();
  }

  /** Removes the entries of a target up to a number. */
  void trim(int toShard, long upTo) {
    OutboxSpan span = span(toShard);
    if (upTo < span.first() || upTo > span.last()) {
      return;
    }
    for (long number = span.first(); number <= upTo; number++) {
      state.delete(StateKeys.outbox(toShard, number));
    }
    put(toShard, new OutboxSpan(upTo + 1, span.last()));
  }

  private OutboxSpan span(int toShard) {
    byte[] stored = state.get(StateKeys.outboxSpan(toShard));
    return stored == null ? OutboxSpan.EMPTY : OutboxSpan.decode(stored);
  }

  private void put(int toShard, OutboxSpan span) {
    state.put(StateKeys.outboxSpan(toShard), span.encode());
  }
}
