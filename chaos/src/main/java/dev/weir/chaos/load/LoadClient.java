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

  private static final long AVOID_NANOS = 1_000_000_000L;

  private final int number;
  private final Random random;
  private final Shared shared;
  private final BooleanSupplier stopped;
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

  LoadClient(int number, Random random, Shared shared, BooleanSupplier stopped) {
    this.number = number;
    this.random = random;
    this.shared = shared;
    this.stopped = stopped;
  }

  @Override
  public void run() {
    while (!stopped.getAsBoolean()) {
      call();
      long pause = shared.pause().toNanos();
      Waiting.pass(Duration.ofNanos((long) (pause * 2 * random.nextDouble())));
    }
  }

  private void call() {
    String key = shared.keys().register(random);
    perform(url(), key, choose());
  }

  private Call choose() {
    int dice = random.nextInt(100);
    if (dice < 50) {
      return new Call.Read(Level.EVENTUAL);
    }
    return dice < 88 ? new Call.Put(shared.recorder().newValue()) : new Call.Delete();
  }

  private Answer perform(String url, String key, Call call) {
    NodeApi.Request request = new NodeApi.Request(url, key, call, "", "");
    long start = shared.recorder().now();
    NodeApi.Reply reply = shared.api().call(request);
    long end = shared.recorder().now();
    shared.recorder().add(new Op(number, key, call, start, end, reply.answer()));
    if (!reply.reached()) {
      avoidedUntil.put(url, end + AVOID_NANOS);
    }
    return reply.answer();
  }

  /** A node, mostly one that has not failed just now. */
  private String url() {
    List<String> urls = shared.urls().get();
    String url = urls.get(random.nextInt(urls.size()));
    boolean avoided = avoidedUntil.getOrDefault(url, 0L) > shared.recorder().now();
    return avoided && random.nextInt(10) > 0 ? urls.get(random.nextInt(urls.size())) : url;
  }

  /** A strong read of a key, tried until some node answers; false if none did in time. */
  boolean readAtLast(String key, Duration patience) {
    return Waiting.until(
        patience, () -> perform(url(), key, new Call.Read(Level.STRONG)) instanceof Answer.Seen);
  }
}
