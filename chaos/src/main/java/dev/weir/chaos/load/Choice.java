package dev.weir.chaos.load;

import dev.weir.chaos.Call;
import dev.weir.chaos.Level;
import dev.weir.chaos.load.Session.Sight;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Chooses what a client calls next. */
final class Choice {

  private static final Level BOUNDED = Level.bounded(TimeUnit.MILLISECONDS.toNanos(1_000));

  private final Random random;
  private final Features features;
  private final Keys keys;
  private final Recorder recorder;

  Choice(Random random, Features features, Keys keys, Recorder recorder) {
    this.random = random;
    this.features = features;
    this.keys = keys;
    this.recorder = recorder;
  }

  /**
   * A call.
   *
   * @param request to send
   * @param repeatable whether it may be sent again without happening twice
   */
  record Chosen(Request request, boolean repeatable) {}

  Chosen next(Session session) {
    boolean counter = features.conditions() && random.nextInt(4) == 0;
    String key = counter ? keys.counter(random) : keys.register(random);
    Call call = counter ? counterCall(session.sight(key)) : registerCall(session.sight(key));
    Sight sight = session.sight(key);
    String etag = call instanceof Call.Swap && sight != null ? sight.etag() : "";
    // Most writes are made once; some are sent again if nobody knows what has become of them.
    boolean repeatable = features.conditions() && call.writes() && random.nextInt(3) == 0;
    String once = repeatable ? "once-" + call.value() + "-" + random.nextLong() : "";
    String token = needsToken(call) ? session.token() : "";
    boolean replicated = features.conditions() && call.writes() && random.nextInt(8) == 0;
    Request.Terms terms = new Request.Terms(once, replicated);
    return new Chosen(new Request(key, call, etag, token, terms), repeatable);
  }

  private static boolean needsToken(Call call) {
    return call instanceof Call.Read read && read.level().kind() == Level.Kind.SESSION;
  }

  private Call registerCall(@Nullable Sight sight) {
    int dice = random.nextInt(100);
    if (dice < 50) {
      return read();
    }
    if (dice < 64 && features.conditions() && isSwappable(sight)) {
      return swap(sight);
    }
    return dice < 90 ? new Call.Put(recorder.newValue()) : new Call.Delete();
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
    if (!features.levels()) {
      return new Call.Read(Level.EVENTUAL);
    }
    int dice = random.nextInt(100);
    if (dice < 40) {
      return new Call.Read(Level.STRONG);
    }
    return new Call.Read(dice < 70 ? Level.SESSION : dice < 85 ? BOUNDED : Level.EVENTUAL);
  }
}
