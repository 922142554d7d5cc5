package dev.weir.cli.main;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {

  private static final String CONFIG =
      """
      application: shop
      shards: 2
      kafka: {bootstrap.servers: 'a:9092', sasl.jaas.config: hidden}
      collections: [{name: order, key: long, writer: source}]
      sources: [{name: orders, topic: shop.orders, collection: order}]
      """;

  @ParameterizedTest
  @ValueSource(
      strings = {"", "nonsense", "get", "get a", "config", "scan a --limit x", "status --wrong"})
  void aWrongCallIsTwoAndSaysWhereHelpIs(String line) {
    Shell.Outcome outcome = Shell.run(line.isEmpty() ? new String[0] : line.split(" "));
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err()).startsWith("weir: ").doesNotContain("Exception");
    assertThat(outcome.out()).isEmpty();
  }

  @Test
  void aMisspeltCommandIsGuessed() {
    assertThat(Shell.run("stauts").err()).contains("status");
  }

  @Test
  void helpNamesEveryCommand() {
    assertThat(Shell.run("--help").out())
        .contains("status", "get", "put", "delete", "scan", "load", "apply", "topics", "config");
    assertThat(Shell.run("version").out()).startsWith("weir ");
    assertThat(Shell.run("completion").out()).contains("_complete_weir", "apply");
  }

  @Test
  void printsTheTopicsForSomebodyElse(@TempDir Path directory) throws IOException {
    String file = Files.writeString(directory.resolve("c"), CONFIG).toString();
    assertThat(Shell.run("topics", "-c", file).out())
        .contains("kafka-topics.sh --create --topic shop.log.g0", "--bootstrap-server a:9092")
        .contains("--partitions 2 --replication-factor 3", "--config retention.ms=-1")
        .contains("# Source orders reads topic shop.orders");
    assertThat(Shell.run("topics", "-c", file, "-o", "json", "--set", "topics.replication=1").out())
        .contains("\"replication\":1", "\"reads\":[\"shop.orders\"]");
  }

  @Test
  void printsTheConfigurationWithoutItsSecrets(@TempDir Path directory) throws IOException {
    String file = Files.writeString(directory.resolve("c"), CONFIG).toString();
    assertThat(Shell.run("config", "print", "-c", file, "--effective", "-s", "shards=9").out())
        .contains("shards: 9", "sasl.jaas.config: ", "********")
        .doesNotContain("hidden");
    assertThat(Shell.run("config", "print", "-c", file).out()).contains("is good");
    assertThat(Shell.run("config", "settings").out())
        .contains("WEIR_STATE_DIRECTORY", "WEIR_KAFKA_<PROPERTY>");
  }

  @Test
  void aFaultyConfigurationIsAFailureThatListsEverything(@TempDir Path directory)
      throws IOException {
    String file = Files.writeString(directory.resolve("c"), "shrads: 3\nlisten: x").toString();
    Shell.Outcome outcome = Shell.run("config", "print", "-c", file);
    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err())
        .contains("did you mean 'shards'?", "listen: 'x'", "application: missing");
    assertThat(Shell.run("config", "print", "-c", directory + "/none").err())
        .contains("there is no such file");
  }
}
