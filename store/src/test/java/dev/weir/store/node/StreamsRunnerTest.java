package dev.weir.store.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.kafka.EmbeddedKafka;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Named;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** Instances of Kafka Streams whose threads die, on a real broker. */
class StreamsRunnerTest {
  @TempDir private static Path directory;
  private static EmbeddedKafka kafka;

  private final List<String> folded = new CopyOnWriteArrayList<>();
  private final List<KafkaStreams> instances = new CopyOnWriteArrayList<>();
  private final AtomicReference<RuntimeException> trouble = new AtomicReference<>();
  private final Other other = new Other();
  private String name;

  @BeforeAll
  static void start() {
    kafka = TestStores.broker(directory.resolve("kafka"));
  }

  @AfterAll
  static void stop() {
    kafka.close();
  }

  @BeforeEach
  void topic(TestInfo test) throws Exception {
    name = test.getTestMethod().orElseThrow().getName();
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      admin.createTopics(List.of(new NewTopic(name, 1, (short) 1))).all().get(30, TimeUnit.SECONDS);
    }
  }

  /** A process that a test lets come and go. */
  private static final class Other implements StreamsRunner.Rival {
    volatile boolean there;
    volatile boolean silenced;

    @Override
    public Optional<String> present() {
      return there ? Optional.of("another process is here") : Optional.empty();
    }

    @Override
    public void standBack(boolean silent) {
      silenced = silent;
    }
  }

  private KafkaStreams instance() {
    Properties settings = new Properties();
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, name);
    settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
    settings.put(StreamsConfig.STATE_DIR_CONFIG, directory.resolve(name).toString());
    settings.put("main.consumer.group.instance.id", "n1");
    settings.put("consumer.session.timeout.ms", 6_000);
    StreamsBuilder builder = new StreamsBuilder();
    builder.stream(name, Consumed.with(Serdes.String(), Serdes.String()).withName("source"))
        .foreach((key, value) -> fold(value), Named.as("fold"));
    KafkaStreams made = new KafkaStreams(builder.build(), settings);
    instances.add(made);
    return made;
  }

  private void fold(String value) {
    RuntimeException now = trouble.getAndSet(null);
    if (now != null) {
      throw now;
    }
    folded.add(value);
  }

  private void send(String value) throws Exception {
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers()),
            new StringSerializer(),
            new StringSerializer())) {
      producer.send(new ProducerRecord<>(name, value)).get(30, TimeUnit.SECONDS);
    }
  }

  private StreamsRunner runner() {
    return new StreamsRunner(instance(), this::instance, other);
  }

  private static void until(java.util.concurrent.Callable<Boolean> condition) {
    await().atMost(TestStores.PATIENCE).until(condition);
  }

  /** spring-cloud-stream-binder-kafka #1150. */
  @Test
  void aDeadThreadIsFollowedByANewInstanceThatGoesOn() throws Exception {
    StreamsRunner runner = runner();
    List<KafkaStreams> seen = new CopyOnWriteArrayList<>();
    runner.onStreams(seen::add);
    runner.start();
    send("a");
    until(() -> folded.contains("a"));

    trouble.set(new IllegalStateException("the disk is full"));
    send("b");
    until(() -> folded.contains("b"));
    until(() -> runner.failure().isEmpty());
    assertThat(seen).hasSize(2).isEqualTo(instances);
    assertThat(runner.streams()).isSameAs(instances.get(1));
    assertThat(instances.get(0).state()).isEqualTo(KafkaStreams.State.ERROR);
    assertThat(runner.standsBack()).isFalse();
    runner.close(CloseOptions.timeout(Duration.ofSeconds(20)));
    assertThat(runner.streams().state()).isEqualTo(KafkaStreams.State.NOT_RUNNING);
  }

  @Test
  void whileNothingIsFoldedItSaysWhy() throws Exception {
    StreamsRunner runner = runner();
    runner.start();
    trouble.set(new FencedInstanceIdException("taken"));
    other.there = true;
    send("a");
    until(() -> runner.failure().filter("another process is here"::equals).isPresent());
    assertThat(other.silenced).isTrue();
    assertThat(runner.standsBack()).isTrue();
    assertThat(instances).hasSize(1);

    other.there = false;
    until(() -> folded.contains("a"));
    until(() -> runner.failure().isEmpty());
    assertThat(other.silenced).isFalse();
    assertThat(runner.standsBack()).isFalse();
    assertThat(instances).hasSize(2);
    runner.close(CloseOptions.timeout(Duration.ofSeconds(20)));
  }

  @Test
  void whoeverIsFencedWithoutAnybodyElseComesBack() throws Exception {
    StreamsRunner runner = runner();
    runner.start();
    trouble.set(new FencedInstanceIdException("taken"));
    send("a");
    until(() -> folded.contains("a"));
    assertThat(instances).hasSize(2);
    assertThat(other.silenced).isFalse();
    runner.close(CloseOptions.timeout(Duration.ofSeconds(20)));
  }
}
