package dev.weir.store.write;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * Long work in small steps: removing all entries under a prefix, at most {@link #STEP} a log
 * record. The active appends the records that carry it on.
 */
final class Continuations {
  /** Entries removed by one step. */
  static final int STEP = 1000;

  private final StateMap state;
  private final FoldEffects effects;

  Continuations(StateMap state, FoldEffects effects) {
    this.state = state;
    this.effects = effects;
  }

  void removeAll(byte[] prefix) {
    byte[] lastKey = StateKeys.lastContinuation();
    long number = StateValues.number(state.get(lastKey), 0) + 1;
    state.put(lastKey, StateValues.number(number));
    state.put(StateKeys.continuation(number), encode(0, prefix));
    effects.somethingToSend();
  }

  void step(long number, long step) {
    byte[] key = StateKeys.continuation(number);
    byte[] stored = state.get(key);
    if (stored == null || ByteBuffer.wrap(stored).getLong() != step) {
      return;
    }
    byte[] prefix = Arrays.copyOfRange(stored, 8, stored.length);
    List<byte[]> doomed = state.keys(prefix, STEP);
    doomed.forEach(state::delete);
    if (doomed.size() < STEP) {
      state.delete(key);
    } else {
      state.put(key, encode(step + 1, prefix));
      effects.somethingToSend();
    }
  }

  private static byte[] encode(long step, byte[] prefix) {
    return ByteBuffer.allocate(8 + prefix.length).putLong(step).put(prefix).array();
  }
}
