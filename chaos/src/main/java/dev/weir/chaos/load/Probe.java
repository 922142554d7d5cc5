package dev.weir.chaos.load;

import dev.weir.chaos.cluster.KeyShards;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Asks at a fixed rate, whatever becomes of the calls before: what a failover feels like. Reads go
 * to documents of every shard in turn, at the next node that has not failed just now; nothing is
 * asked twice, so that every failure shows. Thread-safe.
 */
public final class Probe implements AutoCloseable {

  private static final long INTERVAL_MILLIS = 12;
  private static final Duration PATIENCE = Duration.ofSeconds(12);
  private static final Kind[] KINDS = Kind.values();
  private static final long AVOID_NANOS = 1_000_000_000L;

  private final HttpClient http = AnyNode.client();
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final ConcurrentLinkedQueue<Sample> samples = new ConcurrentLinkedQueue<>();
  private final Map<String, Long> avoidedUntil = new ConcurrentHashMap<>();
  private final Supplier<List<String>> urls;
  private final LongSupplier clock;
  private final List<String> keys;
  private final OldTokens tokens;
  private long calls; // only by the timer

  /** What is asked for. */
  public enum Kind {
    EVENTUAL,
    /** A session read with a token that is older than two commit intervals. */
    SESSION,
    STRONG,
    WRITE
  }

  /**
   * A call.
   *
   * @param kind of it
   * @param shard of the document
   * @param start when it was due, in nanoseconds of the history
   * @param end when it was answered
   * @param problem why there was no success; empty = there was
   * @param answered whether the node that was asked has answered, or should have
   */
  public record Sample(
      Kind kind, int shard, long start, long end, String problem, boolean answered) {

    /** Whether it had success. */
    public boolean ok() {
      return problem.isEmpty();
    }

    /** How long it took. */
    public long millis() {
      return (end - start) / 1_000_000;
    }
  }

  /**
   * A probe that asks nothing yet.
   *
   * @param urls of the nodes at the moment
   * @param clock of the history
   * @param shards of the database
   */
  public Probe(Supplier<List<String>> urls, LongSupplier clock, int shards) {
    this.urls = urls;
    this.clock = clock;
    this.tokens = new OldTokens(shards);
    this.keys =
        IntStream.range(0, shards)
            .mapToObj(
                shard ->
                    IntStream.iterate(0, i -> i + 1)
                        .mapToObj(i -> "probe" + i)
                        .filter(key -> KeyShards.shardOf(key) == shard)
                        .findFirst()
                        .orElseThrow())
            .toList();
  }

  /** Begins to ask. */
  public void start() {
    Future<?> unused =
        timer.scheduleAtFixedRate(this::next, 0, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void next() {
    long call = calls++;
    Kind kind = KINDS[(int) (call % KINDS.length)];
    int shard = (int) (call / KINDS.length % keys.size());
    String token = tokens.old(shard);
    if (kind == Kind.SESSION && token.isEmpty()) {
      return; // nothing was written yet
    }
    send(kind, shard, token);
  }

  private void send(Kind kind, int shard, String token) {
    long start = clock.getAsLong();
    String url = url(start);
    URI uri = URI.create(url + "/v1/collections/probe/documents/" + keys.get(shard));
    HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(PATIENCE);
    if (kind == Kind.WRITE) {
      request
          .header("Content-Type", "application/json")
          .PUT(BodyPublishers.ofString("{\"at\":" + start + "}"));
    } else {
      request.header("Weir-Consistency", kind.name().toLowerCase(Locale.ROOT));
    }
    if (kind == Kind.SESSION) {
      request.header("Weir-Position", token);
    }
    CompletableFuture<?> unused =
        http.sendAsync(request.build(), BodyHandlers.ofString())
            .whenComplete((answer, failure) -> take(kind, shard, start, url, answer, failure));
  }

  private void take(
      Kind kind,
      int shard,
      long start,
      String url,
      @Nullable HttpResponse<String> answer,
      @Nullable Throwable failure) {
    long end = clock.getAsLong();
    if (answer == null) {
      avoidedUntil.put(url, end + AVOID_NANOS);
      Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
      boolean late =
          cause instanceof HttpTimeoutException && !(cause instanceof HttpConnectTimeoutException);
      String name = cause == null ? "no answer" : cause.getClass().getSimpleName();
      samples.add(new Sample(kind, shard, start, end, name, late));
      return;
    }
    boolean unwritten = kind != Kind.WRITE && answer.statusCode() == 404;
    String problem = answer.statusCode() < 300 || unwritten ? "" : RestWire.problem(answer);
    samples.add(new Sample(kind, shard, start, end, problem, true));
    if (kind == Kind.WRITE && problem.isEmpty()) {
      tokens.learn(shard, Texts.header(answer, "Weir-Position"), end);
    }
  }

  private String url(long now) {
    List<String> all = urls.get();
    List<String> good =
        all.stream().filter(url -> avoidedUntil.getOrDefault(url, 0L) <= now).toList();
    List<String> among = good.isEmpty() ? all : good;
    return among.get((int) (calls / 3 % among.size()));
  }

  /** What was asked so far and is answered. */
  public List<Sample> samples() {
    return List.copyOf(samples);
  }

  /** Asks nothing any more. */
  @Override
  public void close() {
    timer.shutdownNow();
  }
}
