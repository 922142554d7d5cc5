package dev.weir.cli.main;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.kafka.EmbeddedKafka;
import dev.weir.query.server.ConfigFile;
import dev.weir.query.server.Weir;
import dev.weir.query.server.WeirCollection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** An application on a broker of its own, with the topics that it reads. */
final class CloneFixture implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofMinutes(2);
  static final int SHARDS = 3;
  private static final int MOST = 10_000;

  private final Path config;
  private final EmbeddedKafka kafka;
  private final KafkaProducer<byte[], byte[]> producer;

  CloneFixture(Path directory, String application, EmbeddedKafka kafka) throws Exception {
    this(directory, application, kafka, "snapshots");
  }

  /**
   * An application.
   *
   * @param repository of its snapshots
   */
  CloneFixture(Path directory, String application, EmbeddedKafka kafka, String repository)
      throws Exception {
    this.kafka = kafka;
    Map<String, Object> client = Map.of("bootstrap.servers", kafka.bootstrapServers());
    try (Admin admin = Admin.create(client)) {
      admin
          .createTopics(
              List.of(new NewTopic("people", 2, (short) 1), new NewTopic("products", 2, (short) 1)))
          .all()
          .get();
    }
    this.producer =
        new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer());
    this.config =
        Files.writeString(
            Files.createDirectories(directory).resolve("weir.yaml"),
            """
            application: %s
            kafka: {bootstrap.servers: "%s"}
            listen: 127.0.0.1:0
            node: n1
            shards: %d
            memory: 64MiB
            stateDirectory: state
            snapshots: {repository: "%s", keep: 50}
            collections:
              - {name: note, key: string}
              - {name: person, key: string, writer: source}
              - {name: product, key: string, writer: source}
            sources:
              - {name: people, topic: people, collection: person, key: {fields: [mail]}}
              - {name: products, topic: products, collection: product}
            """
                .formatted(application, kafka.bootstrapServers(), SHARDS, repository));
  }

  String configFile() {
    return config.toString();
  }

  Path file(String name) {
    return config.resolveSibling(name);
  }

  String bootstrapServers() {
    return kafka.bootstrapServers();
  }

  Weir start() {
    Weir node = Weir.start(ConfigFile.read(config, Map.of(), Map.of()));
    node.awaitReady(PATIENCE);
    return node;
  }

  String weir(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("-c", config.toString()));
    Shell.Outcome outcome = Shell.run(all.toArray(String[]::new));
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.code()).isZero();
    return outcome.out();
  }

  /** A person whose document is under the mail address. */
  void person(String id, String mail, int age) {
    send("people", id, "{\"mail\":\"%s\",\"age\":%d}".formatted(mail, age));
  }

  void product(String id, int price) {
    send("products", id, Integer.toString(price));
  }

  private void send(String topic, String key, String value) {
    Future<?> unused =
        producer.send(new ProducerRecord<>(topic, key.getBytes(UTF_8), value.getBytes(UTF_8)));
  }

  /** All documents of a collection as text, by key. */
  static Map<String, String> documents(Weir node, String collection) {
    Map<String, String> found = new TreeMap<>();
    for (WeirCollection.Entry<String> entry :
        node.collection(collection, String.class).range(null, null, MOST)) {
      found.put(entry.key(), entry.value().toString());
    }
    return found;
  }

  void deleteState() throws IOException {
    try (var paths = Files.walk(file("state"))) {
      for (Path path : paths.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  @Override
  public void close() {
    producer.close();
  }
}
