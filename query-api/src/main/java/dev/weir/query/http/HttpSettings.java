package dev.weir.query.http;

import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * How the HTTP server listens and what it lets in.
 *
 * @param host address to listen on; {@code 0.0.0.0} = all
 * @param port TCP port; 0 = any free one
 * @param limits of requests
 * @param timeouts of connections
 * @param capacity of the server
 */
public record HttpSettings(
    String host, int port, Limits limits, Timeouts timeouts, Capacity capacity) {

  /** Defaults on a port. */
  public static HttpSettings defaults(String host, int port) {
    return new HttpSettings(
        host, port, Limits.defaults(), Timeouts.defaults(), Capacity.defaults());
  }

  /**
   * What a request may hold.
   *
   * @param documentBytes largest body of a put
   * @param requestBytes largest body of any other operation
   * @param keyBytes longest encoded key
   * @param urlBytes longest URL as sent
   * @param headBytes largest request line and header fields together; above {@code urlBytes}
   * @param pageItems most items of a page that a caller can ask for
   * @param batchKeys most keys of a batch-get
   */
  public record Limits(
      int documentBytes,
      int requestBytes,
      int keyBytes,
      int urlBytes,
      int headBytes,
      int pageItems,
      int batchKeys) {
    /** Most bytes of the documents that a batch-get answers: 16 requests. */
    public long batchBytes() {
      return 16L * requestBytes;
    }

    /** 1 MiB, 4 MiB, 32 KiB, 40 KiB, 56 KiB, 10,000 and 1,000. */
    public static Limits defaults() {
      return new Limits(1 << 20, 4 << 20, 32 << 10, 40 << 10, 56 << 10, 10_000, 1_000);
    }
  }

  /**
   * How long the server waits.
   *
   * @param idle a connection on which nothing moves is closed after this
   * @param head from the first byte of a request to the end of its header fields
   * @param drain on closing, for requests that are being answered
   */
  public record Timeouts(Duration idle, Duration head, Duration drain) {
    /** 30 s, 10 s and 10 s. */
    public static Timeouts defaults() {
      return new Timeouts(Duration.ofSeconds(30), Duration.ofSeconds(10), Duration.ofSeconds(10));
    }
  }

  /**
   * How much is done at once.
   *
   * @param connections most open connections; more wait to be accepted
   * @param threads most threads
   * @param bodyBytesPerSecond a body that comes more slowly than this is cut off; positive
   * @param bodyBytes most memory of request bodies together
   * @param pageBytes a page ends once its documents have this size together
   * @param doorPatience how long a get may wait for one of the threads before it is refused
   * @param lanes what each kind of work may take, for every lane
   */
  public record Capacity(
      int connections,
      int threads,
      int bodyBytesPerSecond,
      long bodyBytes,
      int pageBytes,
      Duration doorPatience,
      Map<Lane, Queue> lanes) {
    public Capacity {
      lanes = Collections.unmodifiableMap(new EnumMap<>(lanes));
      if (lanes.size() < Lane.values().length) {
        throw new IllegalArgumentException("a lane is missing in " + lanes.keySet());
      }
    }

    /** 12,000 connections, 128 threads, 16 KiB/s, 1/8 of the heap, pages of 4 MiB, 100 ms. */
    public static Capacity defaults() {
      return new Capacity(
          12_000,
          128,
          16 << 10,
          Math.max(16 << 20, Runtime.getRuntime().maxMemory() / 8),
          4 << 20,
          Duration.ofMillis(100),
          Map.of(
              Lane.BATCH, new Queue(32, 256, Duration.ofMillis(500)),
              Lane.SCATTER, new Queue(32, 128, Duration.ofSeconds(1)),
              Lane.GRAPHQL, new Queue(32, 128, Duration.ofSeconds(1)),
              Lane.WRITE, new Queue(512, 1024, Duration.ofMillis(500)),
              Lane.OTHER, new Queue(16, 64, Duration.ofSeconds(2))));
    }

    /** The same with another bound on the wait for a thread. */
    public Capacity with(Duration patience) {
      return new Capacity(
          connections, threads, bodyBytesPerSecond, bodyBytes, pageBytes, patience, lanes);
    }

    /** The same with other bounds on some lanes. */
    public Capacity with(Map<Lane, Queue> others) {
      Map<Lane, Queue> changed = new EnumMap<>(lanes);
      changed.putAll(others);
      return new Capacity(
          connections, threads, bodyBytesPerSecond, bodyBytes, pageBytes, doorPatience, changed);
    }

    /** The same with another bound on one lane. */
    public Capacity with(Lane lane, Queue queue) {
      return with(Map.of(lane, queue));
    }
  }

  /**
   * What a kind of work may take.
   *
   * @param running requests that are worked on at once, at least 1
   * @param waiting requests that wait beside them; more are refused as overloaded
   * @param patience after which a waiting request is refused too
   */
  public record Queue(int running, int waiting, Duration patience) {}
}
