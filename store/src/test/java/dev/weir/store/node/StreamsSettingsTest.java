package dev.weir.store.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.store.log.TopicPlan;
import dev.weir.store.placement.RackTaskAssignor;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;

class StreamsSettingsTest {

  /** Kafka Streams adds it to the clock: a sum below zero is a deadline that has passed. */
  @Test
  void aTaskMayWaitForKafkaForYearsButNotPastTheEndOfTime() {
    long timeout = (long) settings(Map.of()).get(StreamsConfig.TASK_TIMEOUT_MS_CONFIG);
    assertThat(System.currentTimeMillis() + timeout)
        .isGreaterThan(Duration.ofDays(3650).toMillis());
  }

  @Test
  void everyThreadIsAStaticMemberUnderThePublishedName() {
    StreamsConfig config = new StreamsConfig(settings(Map.of()));
    for (int thread = 1; thread <= 3; thread++) {
      Map<String, Object> consumer = config.getMainConsumerConfigs("group", "client", thread);
      assertThat(consumer.get(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG))
          .isEqualTo(StreamsSettings.instances("n1", 3).get(thread - 1));
    }
  }

  @Test
  void theSessionTimeoutIsTheUsersOrTheShortestOfAStockBroker() {
    assertThat(StreamsSettings.sessionTimeout(Map.of())).isEqualTo(Duration.ofSeconds(6));
    for (String name : List.of("session.timeout.ms", "consumer.session.timeout.ms")) {
      Map<String, Object> kafka = Map.of(name, "9000");
      assertThat(StreamsSettings.sessionTimeout(kafka)).isEqualTo(Duration.ofSeconds(9));
    }
  }

  @Test
  void whereTheNodeStandsIsKnownToTheAssignor() {
    StreamsConfig config = new StreamsConfig(settings(Map.of()));
    assertThat(config.getClientTags()).isEqualTo(Map.of("zone", "z1", "rack", "r1"));
    assertThat(config.getString(StreamsConfig.TASK_ASSIGNOR_CLASS_CONFIG))
        .isEqualTo(RackTaskAssignor.class.getName());
  }

  @Test
  void theOtherGroupProtocolIsRefusedWithAllThatItCosts() {
    assertThat(StreamsSettings.faults(Map.of("group.protocol", "streams")))
        .singleElement()
        .asString()
        .contains("placement by rack", "replicas", "static members", "short sessions", "warm-ups");
    assertThat(StreamsSettings.faults(Map.of("group.protocol", "classic"))).isEmpty();
    assertThat(StreamsSettings.faults(Map.of("task.assignor.class", "mine"))).hasSize(1);
  }

  private static Properties settings(Map<String, Object> kafka) {
    Map<String, Object> client = new HashMap<>(kafka);
    client.put("bootstrap.servers", "localhost:1");
    StoreConfig config =
        new StoreConfig(
            "app",
            client,
            4,
            2,
            OptionalInt.empty(),
            new StoreConfig.Local(Path.of("x"), Optional.of("n1"), "z1/r1", "", "", 3, 1 << 20),
            List.of(),
            new SimpleMeterRegistry());
    return StreamsSettings.of(config, new TopicPlan("app", 0, 4), Path.of("x"), "n1");
  }
}
