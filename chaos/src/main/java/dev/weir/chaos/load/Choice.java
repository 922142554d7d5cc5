package dev.weir.chaos.load;

import dev.weir.chaos.Call;
import dev.weir.chaos.Level;
import dev.weir.chaos.load.Session.Sight;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Chooses what a client calls next. */
final class Choice {

  private static final Level BOUNDED = Level.bounded(TimeUnit.MILLISECONDS.toNanos(1_000));
  private static final Duration PATIENCE = Duration.ofSeconds(6);

  private static final Wire REST = new RestWire();
  private static final Wire GRAPHQL = new GraphQlWire();
  private static final List<Wire> PAIRS =
      List.of(
          new PairWire(PairWire.Look.FIRST),
          new PairWire(PairWire.Look.SECOND),
          new PairWire(PairWire.Look.BOTH));

  private final Random random;
  private final Keys keys;
  private final Recorder recorder;

  Choice(Random random, Keys keys, Recorder recorder) {
    this.random = random;
    this.keys = keys;
    this.recorder = recorder;
  }

  /**
   * A call.
   *
   * @param request to send
   * @param patience with the first attempt
   */
  record Chosen(Request request, Duration patience) {

    /** Whether it may be sent again without happening twice. */
    boolean repeatable() {
      return !request.write().once().isEmpty();
    }
  }

  Chosen next(Session session) {
    int dice = random.nextInt(100);
    boolean counter = dice < 25;
    boolean pair = dice >= 80;
    String key = counter ? keys.counter(random) : pair ? keys.pair(random) : keys.register(random);
    Sight sight = session.sight(key);
    Call call = counter ? counterCall(sight) : pair ? pairCall(sight) : registerCall(sight);
    Wire wire = pair ? anyPair() : random.nextInt(4) == 0 ? GRAPHQL : REST;
    String token = needsToken(call) ? session.token() : "";
    return chosen(
        key, call, call instanceof Call.Swap && sight != null ? sight.etag() : "", token, wire);
  }

  private Chosen chosen(String key, Call call, String etag, String token, Wire wire) {
    // Most writes are made once; some are sent again if nobody knows what has become of them.
    boolean repeatable = call.writes() && random.nextInt(3) == 0;
    String once = repeatable ? "once-" + call.value() + "-" + random.nextLong() : "";
    boolean replicated = call.writes() && wire != GRAPHQL && random.nextInt(8) == 0;
    // And some callers turn away before the answer is there.
    Duration patience =
        repeatable && random.nextInt(4) == 0 ? Duration.ofMillis(2 + random.nextInt(30)) : PATIENCE;
    Request.Terms terms = new Request.Terms(once, replicated);
    return new Chosen(new Request(key, call, etag, token, terms, wire), patience);
  }

  /** A strong read, by the REST API. */
  static Chosen strongRead(String key) {
    Wire wire = Keys.isPair(key) ? PAIRS.get(2) : REST;
    Request.Terms plain = Request.Terms.PLAIN;
    return new Chosen(new Request(key, new Call.Read(Level.STRONG), "", "", plain, wire), PATIENCE);
  }

  private Wire anyPair() {
    return PAIRS.get(random.nextInt(PAIRS.size()));
  }

  private static boolean needsToken(Call call) {
    return call instanceof Call.Read read && read.level().kind() == Level.Kind.SESSION;
  }

  private Call registerCall(@Nullable Sight sight) {
    int dice = random.nextInt(100);
    if (dice < 50) {
      return read();
    }
    if (dice < 60 && isSwappable(sight)) {
      return swap(sight);
    }
    if (dice < 75) {
      return new Call.Patch(recorder.newValue());
    }
    return dice < 92 ? new Call.Put(recorder.newValue()) : new Call.Delete();
  }

  private Call pairCall(@Nullable Sight sight) {
    return random.nextInt(10) == 0
        ? new Call.Swap(Call.Swap.NEVER, recorder.newValue())
        : registerCall(sight);
  }

  private Call counterCall(@Nullable Sight sight) {
    return isSwappable(sight) && random.nextInt(10) < 6 ? swap(sight) : read();
  }

  private static boolean isSwappable(@Nullable Sight sight) {
    return sight != null && (sight.value() == Call.ABSENT) == sight.etag().isEmpty();
  }

  private Call swap(@Nullable Sight sight) {
    long expected = sight == null ? Call.ABSENT : sight.value();
    return new Call.Swap(expected, recorder.newValue());
  }

  private Call read() {
    int dice = random.nextInt(100);
    if (dice < 40) {
      return new Call.Read(Level.STRONG);
    }
    return new Call.Read(dice < 70 ? Level.SESSION : dice < 85 ? BOUNDED : Level.EVENTUAL);
  }
}
