package dev.weir.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EmbeddedKafkaTest {

  private static final String TOPIC = "events";

  @TempDir Path directory;

  @Test
  void keepsItsDataAndItsIdentityOverARestart() throws Exception {
    int port;
    String clusterId;
    try (EmbeddedKafka kafka = EmbeddedKafka.start(Options.in(directory))) {
      port = kafka.port();
      clusterId = kafka.clusterId();
      createTopic(kafka);
      send(kafka, "one", "two");
      assertThat(read(kafka, 2)).containsExactly("one", "two");
    }
    try (EmbeddedKafka kafka = EmbeddedKafka.start(Options.in(directory).withPort(port))) {
      assertThat(kafka.bootstrapServers()).isEqualTo("127.0.0.1:" + port);
      assertThat(kafka.clusterId()).isEqualTo(clusterId).isNotEmpty();
      send(kafka, "three");
      assertThat(read(kafka, 3)).containsExactly("one", "two", "three");
    }
  }

  @Test
  void takesBrokerSettingsAndRefusesASecondBrokerOnItsPortOrDirectory() throws Exception {
    Options options = Options.in(directory).withBrokerProperty("message.max.bytes", "123456");
    try (EmbeddedKafka kafka = EmbeddedKafka.start(options)) {
      createTopic(kafka);
      assertThat(topicNames(kafka)).containsExactly(TOPIC);

      Path other = directory.resolve("other");
      assertThatThrownBy(() -> EmbeddedKafka.start(Options.in(other).withPort(kafka.port())))
          .isInstanceOf(EmbeddedKafkaException.class)
          .hasMessageContaining("port " + kafka.port())
          .hasMessageContaining("choose another port");
      assertThatThrownBy(() -> EmbeddedKafka.start(Options.in(directory)))
          .isInstanceOf(EmbeddedKafkaException.class)
          .hasMessageContaining("in use")
          .hasMessageContaining("choose another directory");
    }
  }

  @Test
  void sendsClientsOfAnotherListenerToItsAdvertisedPort() throws Exception {
    int port = Ports.free();
    Options.Listener way = new Options.Listener("WAY", port, port);
    try (EmbeddedKafka kafka = EmbeddedKafka.start(Options.in(directory).withListener(way))) {
      createTopic(kafka);
      try (Admin admin =
          Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:" + port))) {
        assertThat(admin.describeCluster().nodes().get()).allMatch(node -> node.port() == port);
        assertThat(admin.listTopics().names().get()).containsExactly(TOPIC);
      }
    }
  }

  @Test
  void saysWhenThePortIsTakenBySomethingElse() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int taken = socket.getLocalPort();
      assertThatThrownBy(() -> EmbeddedKafka.start(Options.in(directory).withPort(taken)))
          .isInstanceOf(EmbeddedKafkaException.class)
          .hasMessageContaining("port " + taken);
    }
  }

  @Test
  void saysWhenTheDirectoryCannotBeWritten() throws IOException {
    // A file where a directory must be: fails for every user, root included.
    Path file = Files.writeString(directory.resolve("file"), "x");
    assertThatThrownBy(() -> EmbeddedKafka.start(Options.in(file.resolve("data"))))
        .isInstanceOf(EmbeddedKafkaException.class)
        .hasMessageContaining("cannot be written")
        .hasMessageContaining(file.toString());
  }

  @Test
  void leavesNothingRunningWhenTheSettingsAreRefused() {
    Options options = Options.in(directory);
    assertThatThrownBy(
            () -> EmbeddedKafka.start(options.withBrokerProperty("num.io.threads", "none")))
        .isInstanceOf(EmbeddedKafkaException.class)
        .hasMessageContaining("num.io.threads");
    try (EmbeddedKafka kafka = EmbeddedKafka.start(options)) {
      assertThat(kafka.clusterId()).isNotEmpty();
    }
  }

  @Test
  void aFatalFaultWhileStartingDoesNotEndThisProcess() throws IOException {
    Options options = Options.in(directory);
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      BrokerSettings settings = new BrokerSettings(Ports.free(), socket.getLocalPort());
      assertThatThrownBy(() -> EmbeddedKafka.start(options, settings))
          .isInstanceOf(EmbeddedKafkaException.class)
          .hasMessageContaining("start again");
    }
    try (EmbeddedKafka kafka = EmbeddedKafka.start(options)) {
      assertThat(kafka.clusterId()).isNotEmpty();
    }
  }

  private static void createTopic(EmbeddedKafka kafka) throws Exception {
    try (Admin admin = admin(kafka)) {
      admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1))).all().get();
    }
  }

  private static Set<String> topicNames(EmbeddedKafka kafka) throws Exception {
    try (Admin admin = admin(kafka)) {
      return admin.listTopics().names().get();
    }
  }

  private static Admin admin(EmbeddedKafka kafka) {
    return Admin.create(
        Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers()));
  }

  private static void send(EmbeddedKafka kafka, String... values) throws Exception {
    Map<String, Object> settings =
        Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
      for (String value : values) {
        producer.send(new ProducerRecord<>(TOPIC, "key", value)).get();
      }
    }
  }

  private static List<String> read(EmbeddedKafka kafka, int count) {
    Map<String, Object> settings =
        Map.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
            kafka.bootstrapServers(),
            ConsumerConfig.GROUP_ID_CONFIG,
            "reader-" + count,
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
            "earliest");
    List<String> values = new ArrayList<>();
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
      consumer.subscribe(List.of(TOPIC));
      while (values.size() < count && System.nanoTime() < deadline) {
        for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(200))) {
          values.add(record.value());
        }
      }
    }
    return values;
  }
}
