package dev.weir.cli.main;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.kafka.EmbeddedKafka;
import dev.weir.kafka.Options;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A node that cannot have its ports says so, ends, and leaves nothing behind. */
class BadStartTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final List<String> OURS =
      List.of("weir", "bad-start", "kafka-admin-client", "kafka-producer-network", "Jetty");

  @TempDir private static Path brokerDirectory;
  private static EmbeddedKafka kafka;
  @TempDir private Path directory;

  @BeforeAll
  static void startBroker() {
    kafka = EmbeddedKafka.start(Options.in(brokerDirectory));
  }

  @AfterAll
  static void stopBroker() {
    kafka.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"listen", "peer.listen"})
  void aTakenPortEndsTheStartAndLeavesNothingBehind(String setting) throws Exception {
    String file =
        Files.writeString(
                directory.resolve("weir.yaml"),
                """
                application: bad-start
                shards: 2
                stateDirectory: '%s'
                listen: 127.0.0.1:0
                kafka: {bootstrap.servers: '%s'}
                """
                    .formatted(directory.resolve("state"), kafka.bootstrapServers()))
            .toString();
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String address = "127.0.0.1:" + taken.getLocalPort();
      Shell.Outcome outcome =
          Shell.run("serve", "-c", file, "--end-with-stdin", "--set", setting + "=" + address);
      assertThat(outcome.code()).isEqualTo(1);
      assertThat(outcome.err())
          .startsWith("weir: " + address + " cannot be listened on")
          .contains("stop the process that has it", "set " + setting)
          .doesNotContain("Exception")
          .hasLineCount(1);
      assertThat(outcome.out()).doesNotContain("READY");
    }
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(startedSince(before)).isEmpty());

    Shell.Outcome again = Shell.run("serve", "-c", file, "--end-with-stdin");
    assertThat(again.err()).isEmpty();
    assertThat(again.code()).isZero();
    assertThat(again.out()).startsWith("READY http://127.0.0.1:");
  }

  /** Names of the threads of a node that are alive now and were not before. */
  private static Stream<String> startedSince(Set<Thread> before) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> !before.contains(thread))
        .map(Thread::getName)
        .filter(name -> OURS.stream().anyMatch(name::contains));
  }
}
