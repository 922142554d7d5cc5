package dev.weir.store.write;

/** Counts in the state. */
final class Counters {
  private final StateMap state;

  Counters(StateMap state) {
    this.state = state;
  }

  long get(byte[] key) {
    return StateValues.number(state.get(key), 0);
  }

  /** Changes a count that stays there when it is 0. */
  void add(byte[] key, long change) {
    state.put(key, StateValues.number(get(key) + change));
  }

  /** Changes a count of which there are many, and which is not there when it is 0. */
  void addOrForget(byte[] key, long change) {
    long now = get(key) + change;
    if (now == 0) {
      state.delete(key);
    } else {
      state.put(key, StateValues.number(now));
    }
  }
}
