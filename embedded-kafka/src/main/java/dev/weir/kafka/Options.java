package dev.weir.kafka;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How an {@link EmbeddedKafka} is started. Immutable; the {@code with} methods return copies.
 *
 * @param directory where the broker keeps its data between runs; created if it is missing
 * @param port port of the listener on 127.0.0.1, 1 to 65535, or 0 for any free one
 * @param brokerProperties broker settings by their Kafka names; they win over the defaults of this
 *     class, but not over identity, listeners and directories
 * @param listeners more ways in, besides {@code port}
 * @param closeTimeout how long {@link EmbeddedKafka#close()} waits for an orderly end; positive
 */
public record Options(
    Path directory,
    int port,
    Map<String, String> brokerProperties,
    List<Listener> listeners,
    Duration closeTimeout) {

  private static final Duration DEFAULT_CLOSE_TIMEOUT = Duration.ofSeconds(30);

  public Options {
    if (port < 0 || port > 65535) {
      throw new IllegalArgumentException(
          "port " + port + " is not between 0 and 65535 (0 chooses a free one)");
    }
    if (closeTimeout.isZero() || closeTimeout.isNegative()) {
      throw new IllegalArgumentException("close timeout " + closeTimeout + " is not positive");
    }
    brokerProperties = Map.copyOf(brokerProperties);
    listeners = List.copyOf(listeners);
  }

  /**
   * Another port of the broker, for clients that come through something in between: they are told
   * to come back to the advertised port.
   *
   * @param name letters and digits, in capitals; not {@code PLAINTEXT} or {@code CONTROLLER}
   * @param port on 127.0.0.1 that the broker listens on
   * @param advertised port on 127.0.0.1 that clients of this listener are sent to
   */
  public record Listener(String name, int port, int advertised) {}

  /**
   * A free port, no extra broker settings, 30 seconds to close.
   *
   * @param directory where the broker keeps its data between runs
   */
  public static Options in(Path directory) {
    return new Options(directory, 0, Map.of(), List.of(), DEFAULT_CLOSE_TIMEOUT);
  }

  /**
   * These options with another port.
   *
   * @param newPort 1 to 65535, or 0 for any free one
   */
  public Options withPort(int newPort) {
    return new Options(directory, newPort, brokerProperties, listeners, closeTimeout);
  }

  /**
   * These options with one more broker setting.
   *
   * @param name Kafka's name of a broker setting
   * @param value its value
   */
  public Options withBrokerProperty(String name, String value) {
    Map<String, String> properties = new TreeMap<>(brokerProperties);
    properties.put(name, value);
    return new Options(directory, port, properties, listeners, closeTimeout);
  }

  /** These options with one more listener. */
  public Options withListener(Listener listener) {
    List<Listener> more = new ArrayList<>(listeners);
    more.add(listener);
    return new Options(directory, port, brokerProperties, more, closeTimeout);
  }

  /**
   * These options with another bound on {@link EmbeddedKafka#close()}.
   *
   * @param newCloseTimeout positive
   */
  public Options withCloseTimeout(Duration newCloseTimeout) {
    return new Options(directory, port, brokerProperties, listeners, newCloseTimeout);
  }
}
