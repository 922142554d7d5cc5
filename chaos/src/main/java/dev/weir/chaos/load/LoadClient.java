package dev.weir.chaos.load;

import dev.weir.chaos.Answer;
import dev.weir.chaos.Call;
import dev.weir.chaos.Op;
import dev.weir.chaos.process.Waiting;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One client, one session: makes one call after the other, at nodes of its choice. */
final class LoadClient implements Runnable {

  private static final long AVOID_NANOS = 2_000_000_000L;
  private static final int ATTEMPTS = 3;
  private static final Duration PATIENCE = Duration.ofSeconds(6);

  private final int number;
  private final Random random;
  private final Shared shared;
  private final Choice choice;
  private final BooleanSupplier stopped;
  private final Session session = new Session();
  private final Map<String, Long> avoidedUntil = new HashMap<>();
  private @Nullable Acknowledged kept;

  /** A write that can be sent again. */
  private record Acknowledged(Request request, Answer.Done told) {}

  /**
   * What all clients share.
   *
   * @param urls of the nodes at the moment
   * @param keys to call
   * @param api to call with
   * @param recorder of all calls
   * @param pause between two calls of a client, on average
   */
  record Shared(
      Supplier<List<String>> urls, Keys keys, NodeApi api, Recorder recorder, Duration pause) {}

  LoadClient(int number, Random random, Shared shared, BooleanSupplier stopped) {
    this.number = number;
    this.random = random;
    this.shared = shared;
    this.choice = new Choice(random, shared.keys(), shared.recorder());
    this.stopped = stopped;
  }

  @Override
  public void run() {
    while (!stopped.getAsBoolean()) {
      if (kept != null && random.nextInt(20) == 0) {
        repeat(kept);
      } else {
        var unused = perform(choice.next(session));
      }
      long pause = shared.pause().toNanos();
      Waiting.pass(Duration.ofNanos((long) (pause * 2 * random.nextDouble())));
    }
  }

  /** Makes a call, one with an idempotency key again while its fate is unknown; one entry. */
  private Answer perform(Choice.Chosen chosen) {
    Request request = chosen.request();
    long start = shared.recorder().now();
    Reply reply = send(request, chosen.patience());
    Answer answer = reply.answer();
    int attempts = chosen.repeatable() ? ATTEMPTS : 1;
    for (int i = 1; i < attempts && answer instanceof Answer.Unknown; i++) {
      reply = send(request, PATIENCE);
      // What was refused this time may still come of an earlier attempt.
      answer = reply.answer() instanceof Answer.Refused ? answer : reply.answer();
    }
    record(request, request.call(), start, answer);
    session.learn(request.key(), request.call(), reply);
    if (chosen.repeatable() && answer instanceof Answer.Done done && request.call().value() > 0) {
      kept = new Acknowledged(request, done);
    }
    return answer;
  }

  /** Sends a write again, maybe long after others have followed it. */
  private void repeat(Acknowledged write) {
    long start = shared.recorder().now();
    Answer answer = send(write.request(), PATIENCE).answer();
    Call call = new Call.Repeat(write.request().call().value(), write.told());
    record(write.request(), call, start, answer);
  }

  private void record(Request request, Call call, long start, Answer answer) {
    long end = shared.recorder().now();
    shared.recorder().add(new Op(number, request.key(), call, start, end, answer));
  }

  private Reply send(Request request, Duration patience) {
    String url = url();
    Reply reply = shared.api().call(url, request, patience);
    if (!reply.reached() && patience.equals(PATIENCE)) {
      avoidedUntil.put(url, shared.recorder().now() + AVOID_NANOS);
    }
    return reply;
  }

  /** A node, mostly one that has not failed just now. */
  private String url() {
    List<String> urls = shared.urls().get();
    long now = shared.recorder().now();
    List<String> good =
        urls.stream().filter(url -> avoidedUntil.getOrDefault(url, 0L) <= now).toList();
    List<String> among = good.isEmpty() || random.nextInt(20) == 0 ? urls : good;
    return among.get(random.nextInt(among.size()));
  }

  /** A strong read of a key, tried until some node answers; false if none did in time. */
  boolean readAtLast(String key, Duration patience) {
    return Waiting.until(patience, () -> perform(Choice.strongRead(key)) instanceof Answer.Seen);
  }
}
