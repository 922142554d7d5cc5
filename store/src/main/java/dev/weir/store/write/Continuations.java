package dev.weir.store.write;

import dev.weir.store.Version;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Long work in small steps, about {@link #STEP} entries a log record. The active appends the
 * records that carry it on. What is left to do is in the state: a removal has the prefix of all
 * that is removed, whose first byte is below {@link #FIRST_KIND}; other work begins with the byte
 * that stands for its kind.
 */
final class Continuations {
  /** Entries that one step removes or looks at. */
  static final int STEP = 1000;

  private static final int FIRST_KIND = 0x80;

  private final StateMap state;
  private final FoldEffects effects;
  private final Map<Byte, Work> kinds = new TreeMap<>();

  Continuations(StateMap state, FoldEffects effects) {
    this.state = state;
    this.effects = effects;
  }

  /** Work of one kind. */
  @FunctionalInterface
  interface Work {
    /**
     * Makes one step.
     *
     * @param task what is left, with the byte of its kind
     * @param at the record that carries it on
     * @return what is left then; null = nothing
     */
    byte @Nullable [] step(byte[] task, Version at);
  }

  /** Names who does work of a kind. */
  void on(byte kind, Work work) {
    if ((kind & 0xff) < FIRST_KIND) {
      throw new IllegalArgumentException("kinds begin at " + FIRST_KIND + ", not at " + kind);
    }
    kinds.put(kind, work);
  }

  void removeAll(byte[] prefix) {
    start(prefix);
  }

  /** Begins work of a kind that {@link #on} has, or a removal. */
  void start(byte[] task) {
    byte[] lastKey = StateKeys.lastContinuation();
    long number = StateValues.number(state.get(lastKey), 0) + 1;
    state.put(lastKey, StateValues.number(number));
    state.put(StateKeys.continuation(number), encode(0, task));
    effects.somethingToSend();
  }

  void step(long number, long step, Version at) {
    byte[] key = StateKeys.continuation(number);
    byte[] stored = state.get(key);
    if (stored == null || ByteBuffer.wrap(stored).getLong() != step) {
      return;
    }
    byte[] left = carryOn(Arrays.copyOfRange(stored, 8, stored.length), at);
    if (left == null) {
      state.delete(key);
    } else {
      state.put(key, encode(step + 1, left));
      effects.somethingToSend();
    }
  }

  /** All that is left to do, by number. */
  List<byte[]> open() {
    return state.keys(StateKeys.continuations(), Integer.MAX_VALUE);
  }

  private byte @Nullable [] carryOn(byte[] task, Version at) {
    Work work = kinds.get(task[0]);
    return work == null ? remove(task) : work.step(task, at);
  }

  private byte @Nullable [] remove(byte[] prefix) {
    List<byte[]> doomed = state.keys(prefix, STEP);
    doomed.forEach(state::delete);
    return doomed.size() < STEP ? null : prefix;
  }

  private static byte[] encode(long step, byte[] task) {
    return ByteBuffer.allocate(8 + task.length).putLong(step).put(task).array();
  }
}
