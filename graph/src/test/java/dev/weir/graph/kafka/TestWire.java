package dev.weir.graph.kafka;

import dev.weir.kafka.EmbeddedKafka;
import dev.weir.kafka.Options;
import dev.weir.store.log.TopicPlan;
import dev.weir.store.log.TopicReport;
import dev.weir.store.log.TopicSetup;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;
import org.apache.kafka.clients.admin.Admin;

/** A broker for tests, with topics for graphs of different numbers of shards. */
public final class TestWire implements AutoCloseable {

  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final EmbeddedKafka broker;
  private final Admin admin;

  public TestWire(Path directory) {
    broker = EmbeddedKafka.start(Options.in(directory));
    admin = Admin.create(Map.copyOf(client()));
  }

  public Map<String, Object> client() {
    return Map.of("bootstrap.servers", broker.bootstrapServers());
  }

  /** Creates the topics of an application, if they are not there, and names the graph's. */
  public String topic(String application, int shards) {
    TopicPlan plan = new TopicPlan(application, 0, shards);
    try {
      TopicReport report = new TopicSetup(admin, TIMEOUT).ensure(plan, OptionalInt.of(1));
      if (!(report instanceof TopicReport.Ready)) {
        throw new IllegalStateException(report.toString());
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return plan.graphTopic();
  }

  public Admin admin() {
    return admin;
  }

  @Override
  public void close() {
    admin.close();
    broker.close();
  }
}
