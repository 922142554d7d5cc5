package dev.weir.store.write;

import dev.weir.store.IdempotencyKey;
import dev.weir.store.Operation.Once;
import dev.weir.store.Outcome;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The outcomes of commands with an idempotency key, kept in the state so that the same command
 * takes effect once, on every replica and after every failover.
 *
 * <p>Keys are numbered in the order of the log. An outcome goes when its {@link KeyedTime} is a day
 * away <em>and</em> {@link #LEAST_KEPT} newer ones are there, so that even wrong clocks cannot end
 * a key's time soon; or when there are too many. Each keyed command removes at most {@link
 * #MOST_EXPIRED}.
 */
final class KeptOutcomes {
  /** How long an outcome is kept at least, unless there are too many: 24 hours. */
  static final long WINDOW = 24L * 60 * 60 * 1000;

  /** Outcomes that a shard keeps however old they are. */
  static final long LEAST_KEPT = 10_000;

  /** Outcomes that a shard keeps; the oldest goes first. */
  static final long MOST_KEPT = 1_000_000;

  /** Outcomes that one command removes: more than the one it adds. */
  static final int MOST_EXPIRED = 4;

  private final StateMap state;
  private final long leastKept;
  private final long mostKept;
  private final KeyedTime clock;
  private long first;
  private long last;

  /** What is kept under a key. */
  private record Kept(long number, long time, byte[] fingerprint, Outcome outcome) {}

  KeptOutcomes(StateMap state) {
    this(state, LEAST_KEPT, MOST_KEPT);
  }

  KeptOutcomes(StateMap state, long leastKept, long mostKept) {
    this.state = state;
    this.leastKept = leastKept;
    this.mostKept = mostKept;
    byte[] stored = state.get(StateKeys.keptSpan());
    ByteBuffer in = stored == null ? null : ByteBuffer.wrap(stored);
    this.first = in == null ? 1 : in.getLong();
    this.last = in == null ? 0 : in.getLong();
    this.clock = in == null ? new KeyedTime() : new KeyedTime(in.getLong(), in.getInt());
  }

  /**
   * The outcome of a command with a key.
   *
   * @param decide decides and makes its change, unless it was decided before
   */
  Outcome of(Once once, long timestamp, Supplier<Outcome> decide) {
    clock.heard(timestamp);
    expire();
    Outcome outcome = known(once.key());
    if (outcome == null) {
      outcome = decide.get();
      if (OutcomeFormat.isKept(outcome)) {
        last++;
        state.put(StateKeys.kept(once.key().text()), encode(once.key(), outcome));
        state.put(StateKeys.keptOrder(last), utf8(once.key().text()));
      }
    }
    state.put(
        StateKeys.keptSpan(),
        ByteBuffer.allocate(28)
            .putLong(first)
            .putLong(last)
            .putLong(clock.millis())
            .putInt(clock.agreeing())
            .array());
    return outcome;
  }

  private @Nullable Outcome known(IdempotencyKey key) {
    Kept kept = kept(StateKeys.kept(key.text()));
    if (kept == null || isOver(kept)) {
      return null;
    }
    return Arrays.equals(kept.fingerprint(), key.fingerprint())
        ? new Outcome.Repeated(kept.outcome())
        : new Outcome.Rejected(
            Outcome.Reason.KEY_REUSED,
            "the idempotency key belongs to another request: choose a new key for each request");
  }

  /** A time that lies far ahead is one of a wrong clock that has been corrected since. */
  private boolean isOver(Kept kept) {
    return last - kept.number() >= leastKept && Math.abs(clock.millis() - kept.time()) >= WINDOW;
  }

  private void expire() {
    for (int i = 0; i < MOST_EXPIRED && first <= last; i++) {
      byte[] order = StateKeys.keptOrder(first);
      byte[] text = state.get(order);
      if (text == null) {
        throw new IllegalStateException("idempotency key " + first + " has no place in the order");
      }
      byte[] key = StateKeys.kept(text);
      Kept kept = kept(key);
      // A key that was used again after its time has a later number, and stays.
      if (kept != null && kept.number() == first) {
        if (!isOver(kept) && last - first + 1 < mostKept) {
          return;
        }
        state.delete(key);
      }
      state.delete(order);
      first++;
    }
  }

  private byte[] encode(IdempotencyKey key, Outcome outcome) {
    EnvelopeWriter out = new EnvelopeWriter(64);
    out.putFixed(last);
    out.putFixed(clock.millis());
    out.putRaw(key.fingerprint());
    OutcomeFormat.write(outcome, out);
    return out.toBytes();
  }

  private @Nullable Kept kept(byte[] stateKey) {
    byte[] stored = state.get(stateKey);
    if (stored == null) {
      return null;
    }
    EnvelopeReader in = new EnvelopeReader(stored);
    try {
      return new Kept(
          in.takeFixed(),
          in.takeFixed(),
          in.takeRaw(IdempotencyKey.FINGERPRINT_BYTES),
          OutcomeFormat.read(in));
    } catch (UnreadableEnvelopeException e) {
      throw new IllegalStateException("a kept outcome cannot be read: " + e.decoded(), e);
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
