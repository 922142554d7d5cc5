package dev.weir.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.cli.CommandException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoPartsTest {

  @Test
  void oneWrongAnswerFailsTheWholeCheck() {
    CheckTable table = new CheckTable();
    assertThat(table.allRight()).isFalse();
    CheckTable.Check good = table.check("good");
    good.answer(true, "");
    good.end();
    assertThat(table.allRight()).isTrue();
    CheckTable.Check bad = table.check("bad");
    bad.answer(true, "");
    bad.answer(false, "two is not three");
    bad.end();
    assertThat(table.allRight()).isFalse();
    StringWriter out = new StringWriter();
    table.print(new PrintWriter(out, true));
    assertThat(out.toString())
        .contains("good       1      1  ok", "bad        2      1  WRONG")
        .contains("wrong: bad: two is not three", "Some checks failed.");
  }

  @Test
  void aCheckThatAskedNothingHasNotPassed() {
    CheckTable table = new CheckTable();
    table.check("empty").end();
    assertThat(table.allRight()).isFalse();
  }

  @Test
  void takenPortsAreSteppedOver() throws IOException {
    int first = FreePorts.from(42_000, 1, 1).get(0);
    try (ServerSocket taken = new ServerSocket(first, 1, InetAddress.getLoopbackAddress())) {
      assertThat(taken.isBound()).isTrue();
      assertThat(FreePorts.from(first, 3, 10)).hasSize(3).doesNotContain(first).isSorted();
    }
  }

  @Test
  void tellsOtherProgramsWhichProcessesThereAre(@TempDir Path root) throws IOException {
    DemoDirectory directory = DemoDirectory.create(root.resolve("a/b"));
    directory.writeProcesses(
        "127.0.0.1:1",
        List.of(
            new DemoDirectory.Told("broker", 7, "127.0.0.1:1"),
            new DemoDirectory.Told("node", 8, "http://127.0.0.1:7071")));
    assertThat(root.resolve("a/b/demo.json"))
        .hasContent(
            "{\"bootstrapServers\":\"127.0.0.1:1\",\"processes\":["
                + "{\"role\":\"broker\",\"pid\":7,\"url\":\"127.0.0.1:1\"},"
                + "{\"role\":\"node\",\"pid\":8,\"url\":\"http://127.0.0.1:7071\"}]}");
    directory.removeProcesses();
    assertThat(root.resolve("a/b/demo.json")).doesNotExist();
    assertThat(Files.readString(directory.writeConfig())).contains("application: social");
  }

  @Test
  void queriesAreShownAsCommands() {
    List<DemoQuery> queries = DemoQuery.all(List.of("http://a", "http://b", "http://c"));
    assertThat(queries).hasSize(11);
    assertThat(queries.get(0).command())
        .isEqualTo("curl -s 'http://a/v1/collections/tagclass/documents/349'");
    assertThat(queries.get(5).command()).contains("-d '{\"query\":\"{ person(key: ");
    assertThat(queries.get(10).body()).contains("edges: \\\"knows\\\"");
  }

  @Test
  void aProcessThatDoesNotStartIsToldWithItsLog(@TempDir Path logs) {
    ChildProcess child =
        ChildProcess.start("broken", logs, List.of("-XX:NoSuchOption"), List.of("version"));
    assertThatThrownBy(() -> child.awaitReady(Duration.ofMinutes(1)))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("broken did not start")
        .hasMessageContaining(logs.resolve("broken.log").toString());
  }

  @Test
  void aProcessEndsWithItsParentsPipe(@TempDir Path logs, @TempDir Path data)
      throws InterruptedException {
    ChildProcess broker =
        ChildProcess.start(
            "broker", logs, List.of("-Xmx256m"), List.of("broker", "--data-dir", data.toString()));
    assertThat(broker.awaitReady(Duration.ofMinutes(2))).startsWith("127.0.0.1:");
    assertThat(broker.isAlive()).isTrue();
    broker.requestEnd();
    broker.awaitEnd(Duration.ofMinutes(1));
    assertThat(broker.isAlive()).isFalse();
    assertThat(ProcessHandle.of(broker.pid())).isEmpty();
  }

  @Test
  void waitingEndsWithTheCondition() {
    int[] asked = new int[1];
    Waiting.until("three", Duration.ofMinutes(1), () -> ++asked[0] == 3);
    assertThat(asked[0]).isEqualTo(3);
    assertThatThrownBy(() -> Waiting.until("never", Duration.ofMillis(1), () -> false))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("never did not happen");
  }
}
