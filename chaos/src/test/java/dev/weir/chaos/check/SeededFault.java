package dev.weir.chaos.check;

import static dev.weir.chaos.check.RandomRegister.done;
import static dev.weir.chaos.check.RandomRegister.seen;

import dev.weir.chaos.Answer;
import dev.weir.chaos.Call;
import dev.weir.chaos.Level;
import dev.weir.chaos.Version;
import java.util.Optional;
import java.util.function.Consumer;

/** What a broken database might do, put into the middle of a history that is right otherwise. */
@SuppressWarnings("ImmutableEnumChecker") // the lambdas hold nothing
enum SeededFault {
  STALE_READ(
      "linearisability",
      register -> {
        long old = register.put(1);
        register.put(2);
        register.look(3).alone(1, strong(), seen(old));
      }),
  LOST_UPDATE(
      "linearisability",
      register -> {
        long kept = register.put(1);
        register.look(3).alone(2, new Call.Put(register.newValue()), done());
        register.alone(3, strong(), seen(kept));
      }),
  RESURRECTION(
      "no resurrection",
      register -> {
        long old = register.put(1);
        register.alone(2, new Call.Delete(), done()).alone(3, strong(), seen(Call.ABSENT));
        register.alone(3, strong(), seen(old));
      }),
  INVENTED_VALUE("reads of writes", register -> register.alone(3, strong(), seen(1_000_000_000))),
  APPLIED_TWICE(
      "linearisability",
      register -> {
        long first = register.put(1);
        register.look(3);
        register.put(2);
        register.look(3).alone(3, strong(), seen(first)).alone(4, strong(), seen(first));
      }),
  TWO_SWAPS_OF_ONE_STATE(
      "linearisability",
      register -> {
        long state = register.put(1);
        register.together(
            new Call.Swap(state, register.newValue()),
            done(),
            new Call.Swap(state, register.newValue()),
            done());
      }),
  REFUSED_BUT_APPLIED(
      "reads of writes",
      register -> {
        long value = register.newValue();
        register.alone(1, new Call.Put(value), new Answer.Refused("no"));
        register.alone(3, strong(), seen(value));
      }),
  CONDITION_DENIED(
      "linearisability",
      register -> {
        long state = register.put(1);
        register.look(3);
        register.alone(2, new Call.Swap(state, register.newValue()), new Answer.Mismatch());
        register.look(3);
      }),
  PATCH_OF_AN_OLD_DOCUMENT(
      "linearisability",
      register -> {
        long old = register.put(1);
        register.put(2);
        long patch = register.newValue();
        register.alone(1, new Call.Patch(patch), done());
        register.alone(3, strong(), new Answer.Seen(patch, old, Optional.empty(), ""));
      }),
  REPLICAS_DISAGREE_ON_A_PATCH(
      "wholeness",
      register -> {
        long base = register.put(1);
        long other = register.put(2);
        long patch = register.newValue();
        Call weak = new Call.Read(Level.EVENTUAL);
        register.alone(1, new Call.Patch(patch), new Answer.Unknown("lost"));
        register.alone(3, weak, new Answer.Seen(patch, other, Optional.empty(), ""));
        register.alone(3, weak, new Answer.Seen(patch, base, Optional.empty(), ""));
      }),
  HALF_A_BATCH(
      "wholeness",
      register -> {
        long old = register.put(1);
        Answer torn = new Answer.Torn(register.put(2), old);
        register.alone(3, new Call.Read(Level.EVENTUAL), torn);
      }),
  BATCH_IN_PART(
      "reads of writes",
      register -> {
        long value = register.newValue();
        register.alone(1, new Call.Swap(Call.Swap.NEVER, value), new Answer.Mismatch());
        register.alone(3, new Call.Read(Level.EVENTUAL), seen(value));
      }),
  REPEATED_ANEW("repeats", register -> register.alone(1, new Call.Repeat(1, doneAt(1)), doneAt(2))),
  OWN_WRITE_MISSING(
      "read your writes",
      register -> {
        long old = register.put(1);
        register.put(2);
        register.alone(2, new Call.Read(Level.SESSION), seen(old));
      }),
  GOING_BACK(
      "monotonic reads",
      register -> {
        long old = register.put(1);
        register.put(2);
        register.look(3).alone(3, new Call.Read(Level.SESSION), seen(old));
      }),
  TOO_STALE(
      "staleness bound",
      register -> {
        long old = register.put(1);
        register.put(2);
        register.pause(RandomRegister.BOUND);
        register.alone(3, new Call.Read(Level.bounded(RandomRegister.BOUND)), seen(old));
      });

  private final String check;
  private final Consumer<RandomRegister> episode;

  SeededFault(String check, Consumer<RandomRegister> episode) {
    this.check = check;
    this.episode = episode;
  }

  /** The check that must find it; others may as well. */
  String check() {
    return check;
  }

  void happenTo(RandomRegister register) {
    episode.accept(register);
  }

  private static Answer.Done doneAt(long offset) {
    return new Answer.Done(Optional.of(new Version(0, offset)), Optional.empty());
  }

  private static Call strong() {
    return new Call.Read(Level.STRONG);
  }
}
