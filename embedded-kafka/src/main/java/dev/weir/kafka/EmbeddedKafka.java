package dev.weir.kafka;

import java.util.concurrent.atomic.AtomicBoolean;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One Kafka broker inside this process, for tests, development and the demo: KRaft, broker and
 * controller in one, one replica of everything, listening on 127.0.0.1 only. Topics are never
 * created on the fly.
 *
 * <p>Its directory outlives it: a later start in the same directory has the same cluster id,
 * topics, records and group offsets. One directory belongs to one running broker at a time.
 *
 * <p>Kafka ends the JVM when a broker loses its disk; a process that must outlive that uses a
 * broker of its own. Thread-safe.
 */
public final class EmbeddedKafka implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedKafka.class);

  private final Options options;
  private final BrokerDirectory directory;
  private final KafkaRaftServer server;
  private final int port;
  private final AtomicBoolean closed = new AtomicBoolean();

  private EmbeddedKafka(
      Options options, BrokerDirectory directory, KafkaRaftServer server, int port) {
    this.options = options;
    this.directory = directory;
    this.server = server;
    this.port = port;
  }

  /**
   * Starts a broker and returns when it takes requests, usually after about two seconds.
   *
   * @throws EmbeddedKafkaException if the directory cannot be written or is in use, if the port is
   *     taken, or if Kafka refuses the settings or the data; nothing is left running then
   */
  public static EmbeddedKafka start(Options options) {
    int port = options.port() == 0 ? Ports.free() : Ports.requireFree(options.port());
    return start(options, new BrokerSettings(port, Ports.freeExcept(port)));
  }

  static EmbeddedKafka start(Options options, BrokerSettings settings) {
    BrokerDirectory directory = BrokerDirectory.open(options.directory());
    try {
      KafkaRaftServer server = startServer(options, directory, settings);
      LOG.info(
          "Kafka listens on 127.0.0.1:{}, data in {}", settings.brokerPort(), directory.path());
      return new EmbeddedKafka(options, directory, server, settings.brokerPort());
    } catch (RuntimeException | Error e) {
      directory.close();
      throw e;
    }
  }

  private static KafkaRaftServer startServer(
      Options options, BrokerDirectory directory, BrokerSettings settings) {
    KafkaRaftServer server;
    try {
      KafkaConfig config =
          new KafkaConfig(
              settings.properties(directory.log(), options.brokerProperties(), options.listeners()),
              false);
      directory.formatIfEmpty();
      server = new KafkaRaftServer(config, Time.SYSTEM);
    } catch (Exception e) { // Scala throws checked exceptions undeclared.
      throw notStarted(directory, e);
    }
    try {
      HaltGuard.run(server::startup);
      return server;
    } catch (Exception e) {
      stopQuietly(server, options);
      throw notStarted(directory, e);
    }
  }

  private static EmbeddedKafkaException notStarted(BrokerDirectory directory, Exception e) {
    return e instanceof EmbeddedKafkaException alreadyClear
        ? alreadyClear
        : new EmbeddedKafkaException(
            "Kafka did not start on the data in "
                + directory.path()
                + " ("
                + e.getMessage()
                + "): correct the broker settings, start again if a port was taken meanwhile,"
                + " or start in an empty directory",
            e);
  }

  private static void stopQuietly(KafkaRaftServer server, Options options) {
    try {
      BoundedShutdown.run(server, options.closeTimeout());
    } catch (EmbeddedKafkaException e) {
      LOG.warn("A broker that failed to start did not stop either", e);
    }
  }

  /** Where clients connect, as Kafka's {@code bootstrap.servers} wants it. */
  public String bootstrapServers() {
    return "127.0.0.1:" + port;
  }

  /** The port of the listener; a restart that asks for it finds the same clients again. */
  public int port() {
    return port;
  }

  /** The cluster id, made at the first start in this directory and kept from then on. */
  public String clusterId() {
    return directory.clusterId();
  }

  /**
   * Stops the broker in order, so that the next start needs no recovery. Further calls do nothing.
   *
   * @throws EmbeddedKafkaException if it did not end within the close timeout; its directory then
   *     stays locked until this process ends
   */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    BoundedShutdown.run(server, options.closeTimeout());
    directory.close();
  }
}
