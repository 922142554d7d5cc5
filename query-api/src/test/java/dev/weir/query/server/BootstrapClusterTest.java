package dev.weir.query.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.IntNode;
import dev.weir.kafka.EmbeddedKafka;
import dev.weir.kafka.Options;
import dev.weir.query.SharedKey;
import dev.weir.query.peer.PeerIdentity;
import dev.weir.query.peer.PeerReplicas;
import dev.weir.query.peer.PeerSettings;
import dev.weir.store.KeyType;
import dev.weir.store.ShardStatus;
import dev.weir.store.log.TopicPlan;
import dev.weir.store.routing.NodeEntry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whole nodes: a second one joins after the log has lost its beginning, and the first one goes. */
@Timeout(300)
class BootstrapClusterTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String APPLICATION = "bootstrap-test";
  private static final int SHARDS = 3;
  private static final int NOTES = 200;

  @TempDir private static Path directory;
  private static EmbeddedKafka kafka;

  @BeforeAll
  static void start() {
    kafka = EmbeddedKafka.start(Options.in(directory.resolve("kafka")));
  }

  @AfterAll
  static void stop() {
    kafka.close();
  }

  private static Weir node(String name) {
    return Weir.builder()
        .application(APPLICATION)
        .bootstrapServers(kafka.bootstrapServers())
        .listen("127.0.0.1:0")
        .stateDirectory(directory.resolve(name))
        .shards(SHARDS)
        .set(Setting.REPLICAS, "2")
        .set(Setting.NODE, name)
        .set(Setting.MEMORY, "64MiB")
        .set(Setting.BOOTSTRAP_LEAST_RECORDS, "10")
        .collection("note", KeyType.Scalar.STRING)
        .start();
  }

  @Test
  void aNewNodeFetchesWhatTheLogDoesNotHaveAndTakesOver() throws Exception {
    Weir first = node("one");
    try {
      first.awaitReady(PATIENCE);
      WeirCollection<String> notes = first.collection("note", String.class);
      for (int i = 0; i < NOTES; i++) {
        notes.put("k" + i, IntNode.valueOf(i));
      }
      deleteLogOf(first);
      refuseStrangers(first);
      try (Weir second = node("two")) {
        await()
            .atMost(PATIENCE)
            .until(
                () ->
                    second.store().shards().size() == SHARDS
                        && second.store().shards().stream().allMatch(ShardStatus::serving));
        assertThat(metrics(second))
            .containsPattern("weir_bootstrap_arrived_bytes_total [1-9]")
            .containsPattern("weir_bootstrap_spared_records_total [1-9]")
            .contains("weir_bootstrap_transfer_seconds_count " + SHARDS);
        notes.put("k0", IntNode.valueOf(1000));
        first.close();
        WeirCollection<String> there = second.collection("note", String.class);
        second.awaitReady(PATIENCE);
        await()
            .atMost(PATIENCE)
            .ignoreExceptions()
            .until(() -> there.get("k0").orElseThrow().value().intValue() == 1000);
        for (int i = 1; i < NOTES; i++) {
          int number = i;
          await()
              .pollDelay(Duration.ZERO)
              .atMost(PATIENCE)
              .ignoreExceptions()
              .untilAsserted(
                  () ->
                      assertThat(there.get("k" + number).orElseThrow().value())
                          .isEqualTo(IntNode.valueOf(number)));
        }
      }
    } finally {
      first.close();
    }
  }

  private static String metrics(Weir node) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create(node.url() + "/metrics")).build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
  }

  /** Who does not know the key gets nothing. */
  private static void refuseStrangers(Weir node) {
    NodeEntry entry = node.store().membership().table().nodes().get("one");
    SharedKey wrong = SharedKey.of("another key of 16".getBytes(StandardCharsets.UTF_8));
    PeerIdentity stranger = new PeerIdentity("x", APPLICATION, node.store().logId(), 0, wrong);
    try (PeerReplicas replicas = new PeerReplicas(stranger, PeerSettings.defaults())) {
      Assertions.assertThatThrownBy(() -> replicas.borrow(entry, 0))
          .isInstanceOf(IOException.class);
    }
    assertThat(node.store().lender().lent()).isZero();
  }

  private static void deleteLogOf(Weir node) throws Exception {
    String topic = new TopicPlan(APPLICATION, 0, SHARDS).logTopic();
    Map<TopicPartition, RecordsToDelete> deleted = new HashMap<>();
    for (ShardStatus shard : node.store().shards()) {
      deleted.put(
          new TopicPartition(topic, shard.shard()),
          RecordsToDelete.beforeOffset(shard.position().offset()));
    }
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      admin.deleteRecords(deleted).all().get();
    }
  }
}
