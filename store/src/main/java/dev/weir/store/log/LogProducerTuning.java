package dev.weir.store.log;

import java.time.Duration;

/**
 * How a {@link LogProducer} trades latency for size.
 *
 * @param clientId its name in Kafka's logs, metrics and quotas
 * @param linger how long a record may wait for others; zero = not at all
 * @param compression {@code none}, {@code lz4}, {@code zstd}, {@code snappy} or {@code gzip}
 * @param batchBytes size at which a batch goes without waiting longer, at least 1
 * @param deliveryTimeout after this an unacknowledged record counts as lost; positive
 * @param room how long an append may wait for the log's partitions and for room in the buffer;
 *     positive. If it is shorter than the delivery timeout, nobody waits behind one who waits
 */
public record LogProducerTuning(
    String clientId,
    Duration linger,
    String compression,
    int batchBytes,
    Duration deliveryTimeout,
    Duration room) {

  private static final Duration DELIVERY_TIMEOUT = Duration.ofSeconds(30);

  /** Below the time after which a caller gives up waiting. */
  private static final Duration COMMAND_DELIVERY_TIMEOUT = Duration.ofSeconds(8);

  /** Threads that serve reads too must not all end up waiting for a log that does not answer. */
  private static final Duration COMMAND_ROOM = Duration.ofSeconds(1);

  /** For sources: many records, small on disk and wire. */
  public static LogProducerTuning ingest(String clientId) {
    return new LogProducerTuning(
        clientId, Duration.ofMillis(10), "lz4", 128 * 1024, DELIVERY_TIMEOUT, DELIVERY_TIMEOUT);
  }

  /** For commands, where somebody waits for every record. */
  public static LogProducerTuning commands(String clientId) {
    return new LogProducerTuning(
        clientId, Duration.ZERO, "none", 32 * 1024, COMMAND_DELIVERY_TIMEOUT, COMMAND_ROOM);
  }
}
