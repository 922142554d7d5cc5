package dev.weir.store.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TopicPlanTest {

  private final TopicPlan plan = new TopicPlan("shop", 0, 12);

  @Test
  void putsTheGenerationIntoEveryNameThatBelongsToOne() {
    TopicPlan next = new TopicPlan("shop", 1, 24);
    assertThat(plan.logTopic()).isEqualTo("shop.log.g0");
    assertThat(next.logTopic()).isEqualTo("shop.log.g1");
    assertThat(next.streamsApplicationId()).isEqualTo("shop.store.g1");
    assertThat(next.ingestGroup("orders")).isEqualTo("shop.ingest.orders.g1");
    assertThat(next.routingTopic()).isEqualTo(plan.routingTopic()).isEqualTo("shop.routing");
    assertThat(next.deadLetterTopic())
        .isEqualTo(plan.deadLetterTopic())
        .isEqualTo("shop.dead-letters");
  }

  @Test
  void asksForALogThatKeepsEverything() {
    TopicSpec log = plan.topics(3).get(0);
    assertThat(log.partitions()).isEqualTo(12);
    assertThat(settings(log))
        .containsEntry("cleanup.policy", "delete")
        .containsEntry("retention.ms", "-1")
        .containsEntry("retention.bytes", "-1")
        .containsEntry("unclean.leader.election.enable", "false")
        .containsEntry("min.insync.replicas", "2");
    assertThat(settings(plan.topics(1).get(0))).containsEntry("min.insync.replicas", "1");
  }

  @Test
  void hasAPartitionForEachShardOfAGraphAndOneForAll() {
    TopicSpec graph = plan.topics(1).get(3);
    assertThat(graph.name()).isEqualTo(plan.graphTopic()).isEqualTo("shop.graph.g0");
    assertThat(graph.partitions()).isEqualTo(13);
    assertThat(settings(graph)).containsEntry("retention.ms", "86400000");
  }

  @Test
  void printsACommandThatCreatesATopic() {
    assertThat(plan.topics(2).get(1).createCommand("broker:9092"))
        .isEqualTo(
            """
            kafka-topics.sh --create --topic shop.routing \\
              --bootstrap-server broker:9092 \\
              --partitions 1 --replication-factor 2 \\
              --config cleanup.policy=compact \\
              --config max.message.bytes=8388608 \\
              --config min.cleanable.dirty.ratio=0.1 \\
              --config min.insync.replicas=1 \\
              --config segment.bytes=16777216\
            """);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a/b", "ä", ".hidden", "-x"})
  void refusesAnApplicationThatCannotNameATopic(String application) {
    assertThatThrownBy(() -> new TopicPlan(application, 0, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1 to 100 letters");
  }

  @Test
  void listsSettingsInOneOrder() {
    for (TopicSpec spec : plan.topics(3)) {
      List<String> names = spec.settings().stream().map(TopicSetting::name).toList();
      assertThat(names).isSorted().doesNotHaveDuplicates();
    }
  }

  private static Map<String, String> settings(TopicSpec spec) {
    return spec.settings().stream()
        .collect(Collectors.toMap(TopicSetting::name, TopicSetting::value));
  }
}
