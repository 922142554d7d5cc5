package dev.weir.query.http;

import java.time.Duration;

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
   * @param scans most pages and streams being written; more are refused as overloaded
   * @param pageBytes a page ends once its documents have this size together
   */
  public record Capacity(
      int connections, int threads, int bodyBytesPerSecond, int scans, int pageBytes) {
    /** 10,000 connections, 128 threads, 16 KiB/s, 32 scans, pages of 4 MiB. */
    public static Capacity defaults() {
      return new Capacity(10_000, 128, 16 << 10, 32, 4 << 20);
    }
  }
}
