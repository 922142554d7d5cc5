package dev.weir.kafka;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Properties;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.storage.Formatter;

/** The broker's directory: a lock that keeps a second broker out, and Kafka's data in a child. */
final class BrokerDirectory implements AutoCloseable {

  private static final String LOCK = "broker.lock";
  private static final String LOG = "log";
  private static final String META = "meta.properties";

  private final Path path;
  private final FileChannel lock;

  private BrokerDirectory(Path path, FileChannel lock) {
    this.path = path;
    this.lock = lock;
  }

  static BrokerDirectory open(Path given) {
    Path path = given.toAbsolutePath().normalize();
    FileChannel channel;
    try {
      Files.createDirectories(path.resolve(LOG));
      channel =
          FileChannel.open(path.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new EmbeddedKafkaException(
          "the broker's directory "
              + path
              + " cannot be written ("
              + e
              + "): give this user the right to write there, or choose another directory",
          e);
    }
    BrokerDirectory directory = new BrokerDirectory(path, channel);
    if (!directory.tryLock()) {
      directory.close();
      throw new EmbeddedKafkaException(
          "the broker's directory "
              + path
              + " is in use by a running broker: stop that one, or choose another directory",
          null);
    }
    return directory;
  }

  private boolean tryLock() {
    try {
      return lock.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false;
    } catch (IOException e) {
      close();
      throw new EmbeddedKafkaException(
          "the broker's directory " + path + " cannot be locked: choose one on a local disk", e);
    }
  }

  Path path() {
    return path;
  }

  Path log() {
    return path.resolve(LOG);
  }

  void formatIfEmpty() {
    if (Files.exists(log().resolve(META))) {
      return;
    }
    Formatter formatter =
        new Formatter()
            .setPrintStream(
                new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
            .setNodeId(BrokerSettings.NODE_ID)
            .setClusterId(Uuid.randomUuid().toString())
            .setControllerListenerName(BrokerSettings.CONTROLLER)
            .setMetadataLogDirectory(log().toString())
            .addDirectory(log().toString());
    try {
      formatter.run();
    } catch (Exception e) {
      throw new EmbeddedKafkaException(
          "the broker's directory "
              + path
              + " cannot be prepared ("
              + e.getMessage()
              + "): delete it, or choose another directory",
          e);
    }
  }

  String clusterId() {
    Properties properties = new Properties();
    try (InputStream in = Files.newInputStream(log().resolve(META))) {
      properties.load(in);
    } catch (IOException e) {
      throw new EmbeddedKafkaException(
          "the broker's directory " + path + " cannot be read: was it deleted?", e);
    }
    return properties.getProperty("cluster.id", "");
  }

  /** Gives the directory free for the next broker. */
  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException e) {
      throw new EmbeddedKafkaException(
          "the lock of the broker's directory " + path + " was not given back: end the process", e);
    }
  }
}
