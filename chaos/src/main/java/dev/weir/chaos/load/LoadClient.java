package dev.weir.chaos.load;

import dev.weir.chaos.Answer;
import dev.weir.chaos.Call;
import dev.weir.chaos.Level;
import dev.weir.chaos.Op;
import dev.weir.chaos.process.Waiting;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** One client, one session: makes one call after the other, at nodes of its choice. */
final class LoadClient implements Runnable {

  private static final long AVOID_NANOS = 2_000_000_000L;
  private static final int ATTEMPTS = 3;

  private final int number;
  private final Random random;
  private final Shared shared;
  private final Choice choice;
  private final BooleanSupplier stopped;
  private final Session session = new Session();
  private final Map<String, Long> avoidedUntil = new HashMap<>();

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

  LoadClient(int number, Random random, Features features, Shared shared, BooleanSupplier stopped) {
    this.number = number;
    this.random = random;
    this.shared = shared;
    this.choice = new Choice(random, features, shared.keys(), shared.recorder());
    this.stopped = stopped;
  }

  @Override
  public void run() {
    while (!stopped.getAsBoolean()) {
      Choice.Chosen chosen = choice.next(session);
      var unused = perform(chosen);
      long pause = shared.pause().toNanos();
      Waiting.pass(Duration.ofNanos((long) (pause * 2 * random.nextDouble())));
    }
  }

  /** Makes a call, one with an idempotency key again while its fate is unknown; one entry. */
  private Answer perform(Choice.Chosen chosen) {
    Request request = chosen.request();
    long start = shared.recorder().now();
    NodeApi.Reply reply = send(request);
    Answer answer = reply.answer();
    int attempts = chosen.repeatable() ? ATTEMPTS : 1;
    for (int i = 1; i < attempts && answer instanceof Answer.Unknown; i++) {
      reply = send(request);
      // What was refused this time may still come of an earlier attempt.
      answer = reply.answer() instanceof Answer.Refused ? answer : reply.answer();
    }
    long end = shared.recorder().now();
    shared.recorder().add(new Op(number, request.key(), request.call(), start, end, answer));
    session.learn(request.key(), request.call(), reply);
    return answer;
  }

  private NodeApi.Reply send(Request request) {
    String url = url();
    NodeApi.Reply reply = shared.api().call(url, request);
    if (!reply.reached()) {
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
    Request request = new Request(key, new Call.Read(Level.STRONG), "", "", Request.Terms.PLAIN);
    return Waiting.until(
        patience, () -> perform(new Choice.Chosen(request, false)) instanceof Answer.Seen);
  }
}
