package dev.weir.chaos.check;

import dev.weir.chaos.Answer;
import dev.weir.chaos.Call;
import dev.weir.chaos.Level;
import dev.weir.chaos.Op;
import dev.weir.chaos.Version;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * One document of a correct database, with clients that call it at the same time, replicas that
 * lag, and calls whose fate nobody learns. Each call has its effect at one random moment between
 * its start and its end; an unknown one at any later moment, or never.
 */
final class RandomRegister {

  static final long MILLI = 1_000_000;
  static final long BOUND = 30 * MILLI;

  private final Random random;
  private final String key;
  private final List<Op> ops = new ArrayList<>();
  private final List<State> states = new ArrayList<>();
  private final Map<Integer, Integer> known = new HashMap<>();
  private final Map<Integer, Long> lastSeen = new HashMap<>();
  private long now;
  private long values;
  private long offset;

  /** What the document was from a moment on. */
  private record State(long from, long base, long value, Optional<Version> version) {}

  /** A call that is going to take effect at a moment; -1 = never. */
  private record Planned(int client, long start, long point, long end, boolean told) {}

  RandomRegister(String key, Random random) {
    this.key = key;
    this.random = random;
    states.add(new State(-1, Call.ABSENT, Call.ABSENT, Optional.empty()));
  }

  List<Op> ops() {
    return ops;
  }

  long newValue() {
    return ++values;
  }

  /** Lets clients make random calls at the same time. */
  void run(int clients, int callsEach) {
    List<Planned> plan = new ArrayList<>();
    long latest = now;
    for (int client = 1; client <= clients; client++) {
      long time = now;
      for (int i = 0; i < callsEach; i++) {
        long start = time + 1 + random.nextInt(20) * MILLI + random.nextInt(1000);
        long point = start + random.nextInt(15) * MILLI + random.nextInt(1000);
        long end = point + random.nextInt(15) * MILLI + random.nextInt(1000);
        boolean told = random.nextInt(8) > 0;
        if (!told) {
          long delay = random.nextInt(200) * MILLI;
          point = random.nextBoolean() ? -1 : start + delay;
        }
        plan.add(new Planned(client, start, point, end, told));
        time = end;
      }
      latest = Math.max(latest, time);
    }
    plan.sort(
        Comparator.comparingLong((Planned p) -> p.point() < 0 ? p.start() : p.point())
            .thenComparingInt(Planned::client));
    plan.forEach(this::happen);
    now = latest + MILLI;
  }

  private void happen(Planned planned) {
    Call call = planned.told() ? anyCall(planned.client()) : anyWrite(planned.client());
    Answer answer = planned.point() < 0 ? new Answer.Unknown("never") : effect(planned, call);
    add(
        planned.client(),
        call,
        planned.start(),
        planned.end(),
        planned.told() ? answer : new Answer.Unknown("lost"));
  }

  private Call anyCall(int client) {
    return switch (random.nextInt(8)) {
      case 0, 1, 2 -> new Call.Read(Level.STRONG);
      case 3 -> new Call.Read(Level.SESSION);
      case 4 -> new Call.Read(Level.bounded(BOUND));
      case 5 -> new Call.Read(Level.EVENTUAL);
      default -> anyWrite(client);
    };
  }

  private Call anyWrite(int client) {
    return switch (random.nextInt(5)) {
      case 0 -> new Call.Delete();
      case 2 -> new Call.Patch(newValue());
      case 1 -> {
        long seen = lastSeen.getOrDefault(client, Call.ABSENT);
        yield new Call.Swap(random.nextBoolean() ? seen : current().value(), newValue());
      }
      default -> new Call.Put(newValue());
    };
  }

  private Answer effect(Planned planned, Call call) {
    if (call instanceof Call.Read read) {
      return read(planned, read.level());
    }
    boolean created = current().value() == Call.ABSENT;
    if (call instanceof Call.Swap swap && swap.expected() != current().value()) {
      return new Answer.Mismatch();
    }
    if (call instanceof Call.Patch && created) {
      return new Answer.Mismatch();
    }
    Optional<Version> version = Optional.of(new Version(0, ++offset));
    boolean there = call.value() != Call.ABSENT;
    long base = call instanceof Call.Patch ? current().base() : call.value();
    states.add(new State(planned.point(), base, call.value(), there ? version : Optional.empty()));
    know(planned, states.size() - 1);
    return new Answer.Done(
        there ? version : Optional.empty(), there ? Optional.of(created) : Optional.empty());
  }

  private Answer read(Planned planned, Level level) {
    int newest = states.size() - 1;
    int oldest =
        switch (level.kind()) {
          case STRONG -> newest;
          case BOUNDED -> lastBefore(planned.start() - level.boundNanos());
          case SESSION -> Math.max(0, known.getOrDefault(planned.client(), 0));
          case EVENTUAL -> 0;
        };
    int seen = oldest + random.nextInt(newest - oldest + 1);
    know(planned, seen);
    State state = states.get(seen);
    lastSeen.put(planned.client(), state.value());
    return new Answer.Seen(state.value(), state.base(), state.version(), "");
  }

  private void know(Planned planned, int state) {
    if (planned.told()) {
      known.merge(planned.client(), state, Math::max);
    }
  }

  private int lastBefore(long time) {
    int index = 0;
    while (index + 1 < states.size() && states.get(index + 1).from() <= time) {
      index++;
    }
    return index;
  }

  private State current() {
    return states.get(states.size() - 1);
  }

  /** A call by itself, with an answer that the caller makes up. */
  RandomRegister alone(int client, Call call, Answer answer) {
    add(client, call, now + MILLI, now + 2 * MILLI, answer);
    now += 3 * MILLI;
    return this;
  }

  /** Two calls at the same time. */
  RandomRegister together(Call one, Answer first, Call other, Answer second) {
    add(1, one, now + MILLI, now + 3 * MILLI, first);
    add(2, other, now + MILLI, now + 3 * MILLI, second);
    now += 4 * MILLI;
    return this;
  }

  /** A correct put by itself; returns its value. */
  long put(int client) {
    long value = newValue();
    Call call = new Call.Put(value);
    Planned planned = new Planned(client, now + MILLI, now + MILLI, now + 2 * MILLI, true);
    Answer answer = effect(planned, call);
    alone(client, call, answer);
    return value;
  }

  /** A correct strong read by itself. */
  RandomRegister look(int client) {
    return alone(client, new Call.Read(Level.STRONG), seen(current().value()));
  }

  /** The answer of a read, without a version. */
  static Answer seen(long value) {
    return new Answer.Seen(value, Optional.empty(), "");
  }

  /** The answer of a write, without a version. */
  static Answer done() {
    return new Answer.Done(Optional.empty(), Optional.empty());
  }

  /** Lets time pass. */
  void pause(long nanos) {
    now += nanos;
  }

  private void add(int client, Call call, long start, long end, Answer answer) {
    ops.add(new Op(client, key, call, start, end, answer));
  }
}
