package dev.weir.cli.graph;

import dev.weir.cli.CommandException;
import dev.weir.kafka.EmbeddedKafka;
import dev.weir.kafka.Options;
import dev.weir.store.log.TopicPlan;
import dev.weir.store.log.TopicReport;
import dev.weir.store.log.TopicSetup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;

/** A broker of this process whose data are gone when it is closed. */
final class BrokerInTemporaryDirectory implements AutoCloseable {

  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final Path directory;
  private final EmbeddedKafka broker;

  BrokerInTemporaryDirectory() throws IOException {
    directory = Files.createTempDirectory("weir-graph");
    broker = EmbeddedKafka.start(Options.in(directory));
  }

  /** Settings of its clients. */
  Map<String, Object> client() {
    return Map.of("bootstrap.servers", broker.bootstrapServers());
  }

  /** Makes the topic through which shards talk, and names it. */
  String topic(int shards) {
    TopicPlan plan = new TopicPlan("graph-run", 0, shards);
    try (Admin admin = Admin.create(client())) {
      TopicReport report = new TopicSetup(admin, TIMEOUT).ensure(plan, OptionalInt.of(1));
      if (!(report instanceof TopicReport.Ready)) {
        throw new CommandException("the embedded broker has no topics: " + report);
      }
      return plan.graphTopic();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandException("interrupted", e);
    }
  }

  @Override
  public void close() {
    broker.close();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(directory + " could not be deleted", e);
    }
  }
}
