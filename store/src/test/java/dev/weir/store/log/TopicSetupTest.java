package dev.weir.store.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.kafka.EmbeddedKafka;
import dev.weir.kafka.Options;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TopicSetupTest {

  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  @TempDir static Path directory;
  private static EmbeddedKafka kafka;
  private static Admin admin;

  @BeforeAll
  static void start() {
    kafka = EmbeddedKafka.start(Options.in(directory));
    admin = admin(kafka.bootstrapServers());
  }

  @AfterAll
  static void stop() {
    admin.close();
    kafka.close();
  }

  @Test
  void createsWhatIsMissingAndThenFindsItAsItMustBe() throws Exception {
    TopicPlan plan = new TopicPlan("fresh", 0, 3);
    TopicReport.Ready first = ready(setup().ensure(plan, OptionalInt.empty()));
    assertThat(first.created())
        .containsExactly(
            "fresh.log.g0",
            "fresh.routing",
            "fresh.dead-letters",
            "fresh.graph.g0",
            "fresh.checkpoints.g0");
    assertThat(first.ids())
        .containsOnlyKeys(
            "fresh.checkpoints.g0",
            "fresh.dead-letters",
            "fresh.graph.g0",
            "fresh.log.g0",
            "fresh.routing");
    assertThat(first.advice()).isEmpty();

    TopicReport.Ready second = ready(setup().ensure(plan, OptionalInt.of(1)));
    assertThat(second.created()).isEmpty();
    assertThat(second.ids()).isEqualTo(first.ids());
  }

  @Test
  void createsEachTopicOnceWhenNodesStartTogether() throws Exception {
    TopicPlan plan = new TopicPlan("together", 0, 2);
    Callable<TopicReport> node = () -> setup().ensure(plan, OptionalInt.empty());
    ExecutorService nodes = Executors.newFixedThreadPool(3);
    try {
      List<Future<TopicReport>> reports = nodes.invokeAll(List.of(node, node, node));
      List<String> created =
          List.of(
                  ready(reports.get(0).get()),
                  ready(reports.get(1).get()),
                  ready(reports.get(2).get()))
              .stream()
              .flatMap(r -> r.created().stream())
              .toList();
      assertThat(created)
          .containsExactlyInAnyOrder(
              "together.log.g0",
              "together.routing",
              "together.dead-letters",
              "together.graph.g0",
              "together.checkpoints.g0");
    } finally {
      nodes.shutdownNow();
    }
  }

  @Test
  void namesEveryFaultOfExistingTopicsAtOnce() throws Exception {
    TopicPlan plan = new TopicPlan("wrong", 0, 4);
    create(
        new NewTopic("wrong.log.g0", 3, (short) 1)
            .configs(
                Map.of(
                    "cleanup.policy", "compact",
                    "retention.ms", "60000",
                    "max.message.bytes", "1000",
                    "segment.bytes", "1048576")));
    create(new NewTopic("wrong.routing", 1, (short) 1));

    TopicReport report = setup().ensure(plan, OptionalInt.of(1));

    assertThat(report).isInstanceOf(TopicReport.Faulty.class);
    List<String> faults = ((TopicReport.Faulty) report).faults();
    assertThat(faults).anyMatch(f -> f.contains("3 partitions instead of 4"));
    assertThat(faults)
        .anyMatch(f -> f.contains("cleanup.policy=compact") && f.contains("may already be gone"));
    assertThat(faults).anyMatch(f -> f.contains("retention.ms=60000"));
    assertThat(faults).anyMatch(f -> f.contains("max.message.bytes=1000 instead of at least"));
    assertThat(faults).anyMatch(f -> f.contains("message.timestamp.after.max.ms"));
    assertThat(faults)
        .anyMatch(f -> f.contains("wrong.routing has cleanup.policy=delete instead of compact"));
    assertThat(faults).noneMatch(f -> f.contains("segment.bytes"));
  }

  @Test
  void onlyAdvisesWhereAnotherValueLosesNothing() throws Exception {
    TopicPlan plan = new TopicPlan("advised", 0, 1);
    TopicSpec log = plan.topics(1).get(0);
    NewTopic topic = log.newTopic();
    topic.configs().put("segment.bytes", "1048576");
    topic.configs().put("max.message.bytes", "3000000");
    create(topic);

    TopicReport.Ready report = ready(setup().ensure(plan, OptionalInt.empty()));

    assertThat(report.advice()).singleElement().asString().contains("segment.bytes=1048576");
  }

  @Test
  void saysWhyATopicCouldNotBeCreatedAndHowToCreateIt() throws Exception {
    TopicReport report = setup().ensure(new TopicPlan("many", 0, 1), OptionalInt.of(3));
    assertThat(report).isInstanceOf(TopicReport.Faulty.class);
    assertThat(((TopicReport.Faulty) report).faults())
        .hasSize(5)
        .allMatch(f -> f.contains("eplication factor") && f.contains("kafka-topics.sh --create"));
  }

  @Test
  void saysWhenKafkaDoesNotAnswer() throws Exception {
    Admin nobody = admin("127.0.0.1:1");
    try {
      TopicReport report =
          new TopicSetup(nobody, Duration.ofMillis(500))
              .ensure(new TopicPlan("a", 0, 1), OptionalInt.empty());
      assertThat(report).isInstanceOf(TopicReport.Unreachable.class);
      assertThat(((TopicReport.Unreachable) report).detail())
          .contains("check the bootstrap servers");
    } finally {
      nobody.close(Duration.ZERO);
    }
  }

  private static TopicSetup setup() {
    return new TopicSetup(admin, TIMEOUT);
  }

  private static TopicReport.Ready ready(TopicReport report) {
    assertThat(report).isInstanceOf(TopicReport.Ready.class);
    return (TopicReport.Ready) report;
  }

  private static void create(NewTopic topic) throws Exception {
    admin.createTopics(List.of(topic)).all().get();
  }

  private static Admin admin(String servers) {
    return Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, servers));
  }
}
