package dev.weir.cli.main;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RemoteCommandsTest {

  private FakeNode node;

  @BeforeEach
  void start() throws IOException {
    node = new FakeNode();
  }

  @AfterEach
  void stop() {
    node.close();
  }

  private Shell.Outcome run(String command, String... rest) {
    return runWithInput("", command, rest);
  }

  private Shell.Outcome runWithInput(String input, String command, String... rest) {
    String[] arguments = new String[rest.length + 3];
    arguments[0] = command;
    arguments[1] = "--url";
    arguments[2] = node.url();
    System.arraycopy(rest, 0, arguments, 3, rest.length);
    return Shell.runWithInput(input, arguments);
  }

  @Test
  void putsGetsAndDeletes() {
    assertThat(run("put", "note", "a/b c", "{\"x\":1}"))
        .isEqualTo(new Shell.Outcome(0, "created version 0-9 at node-2\n", ""));
    assertThat(runWithInput("{\"x\":2}", "put", "note", "a/b c").out()).startsWith("replaced");
    assertThat(node.notes).containsEntry("a/b c", "{\"x\":2}");
    assertThat(run("get", "note", "a/b c").out()).isEqualTo("{\"x\":2}\n");
    assertThat(run("get", "note", "a/b c", "--meta").out()).contains("\"document\":{\"x\":2}");
    assertThat(run("delete", "note", "a/b c").code()).isZero();
    assertThat(run("get", "note", "a/b c"))
        .isEqualTo(
            new Shell.Outcome(1, "", "weir: there is no document under 'a/b c' in 'note'\n"));
  }

  @Test
  void writesOnTerms() {
    assertThat(run("put", "note", "t", "1", "--if-match", "*").err())
        .contains("precondition-failed");
    assertThat(run("put", "note", "t", "1", "--if-absent").code()).isZero();
    assertThat(run("put", "note", "t", "2", "--if-absent").code()).isEqualTo(1);
    assertThat(run("patch", "note", "t", "{}", "--if-match", "0-9", "--idempotency-key", "k"))
        .isEqualTo(new Shell.Outcome(0, "patched version 0-10 at node-2\n", ""));
    assertThat(node.notes).containsEntry("t", "1{}");
    assertThat(run("delete", "note", "t", "--if-match", "\"0-8\"").code()).isEqualTo(1);
    assertThat(run("delete", "note", "t", "--if-match", "0-9", "--if-absent").err())
        .contains("not both");
    assertThat(run("delete", "note", "t", "--if-match", "0-9").code()).isZero();
    assertThat(node.notes).doesNotContainKey("t");
  }

  @Test
  void aDocumentComesFromOnePlaceOnly(@TempDir Path directory) throws IOException {
    Path file = Files.writeString(directory.resolve("d"), "7");
    assertThat(run("put", "note", "k", "--file", file.toString()).code()).isZero();
    assertThat(node.notes).containsEntry("k", "7");
    assertThat(run("put", "note", "k", "8", "--file", file.toString()).code()).isEqualTo(1);
    assertThat(run("put", "note", "k", "8", "--as", "xml").err()).contains("json, string or bytes");
  }

  @Test
  void asksByContents() {
    run("put", "note", "k1", "{\"n\":1}");
    assertThat(run("query", "note", "n == 1", "--order-by", "n").out()).contains("k1");
    assertThat(run("query", "note", "n == 1", "-o", "json").out())
        .contains("{\"key\":\"k1\",\"document\":{\"n\":1}}");
    assertThat(run("query", "note", "--group-by", "kind").out())
        .isEqualTo("{\"key\":\"a\",\"count\":2}\n");
    assertThat(run("query", "note", "--limit", "-2").code()).isEqualTo(1);
  }

  @Test
  void scansAsTableAndAsLines() {
    node.notes.put("a", "{\"text\":\"one\"}");
    node.notes.put("evil", "{\"text\":\"\\u001b[2J\"}");
    assertThat(run("scan", "note").out())
        .startsWith("KEY   VERSION  DOCUMENT\na     0-1      {\"text\":\"one\"}\n")
        .doesNotContain("\u001b");
    assertThat(run("scan", "note", "-o", "json", "--limit", "1").out())
        .isEqualTo(
            "{\"key\":\"a\",\"document\":{\"text\":\"one\"},\"version\":\"0-1\",\"timestamp\":5}\n");
    assertThat(run("scan", "note", "--limit", "1").out()).contains("and more");
  }

  @Test
  void whatScanPrintsLoadTakes() {
    node.notes.put("a", "{\"n\":1}");
    node.notes.put("b\"", "[2]");
    String lines = run("scan", "note", "-o", "json").out();
    node.notes.clear();
    assertThat(runWithInput(lines, "load", "note"))
        .isEqualTo(new Shell.Outcome(0, "2 stored, 0 bad\n", ""));
    assertThat(node.notes).containsEntry("a", "{\"n\":1}").containsEntry("b\"", "[2]");
  }

  @Test
  void loadReportsBadLinesAndGoesOn() {
    String lines =
        """
        {"id":"a","n":1}
        nonsense

        {"n":2}
        {"id":"b","n":12345678901234567890.5}
        """;
    Shell.Outcome outcome = runWithInput(lines, "load", "note", "--key", "id");
    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.out()).isEqualTo("2 stored, 2 bad\n");
    assertThat(outcome.err()).contains("line 2: not JSON", "line 4: no field 'id' in it");
    assertThat(node.notes).containsEntry("b", "{\"id\":\"b\",\"n\":12345678901234567890.5}");
  }

  @Test
  void loadGivesUpAfterTooManyBadLines() {
    Shell.Outcome outcome =
        runWithInput("x\n".repeat(50), "load", "note", "--key", "id", "--max-errors", "3");
    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err()).contains("given up after more than 3").doesNotContain("line 6");
  }

  @Test
  void loadTriesAgainWhatCannotBeTakenNow(@TempDir Path directory) throws IOException {
    node.refusals.set(3);
    Path file = Files.writeString(directory.resolve("f"), "{\"a\":\"x\",\"b\":1}\n".repeat(20));
    assertThat(run("load", "note", file.toString(), "-k", "a", "-k", "b").out())
        .isEqualTo("20 stored, 0 bad\n");
    assertThat(node.notes).containsKey("[\"x\",1]");
  }

  @Test
  void theLastLineOfAKeyWins() {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 200; i++) {
      lines.append("{\"id\":\"k\",\"n\":").append(i).append("}\n");
    }
    assertThat(runWithInput(lines.toString(), "load", "note", "-k", "id").code()).isZero();
    assertThat(node.notes).containsEntry("k", "{\"id\":\"k\",\"n\":199}");
  }

  @Test
  void showsTheStateOfNodesAndShards() {
    assertThat(run("status").out().lines())
        .contains(
            "application shop, generation 0, log abc",
            "NODE    URL            RACK  PID  LIVE  SHARDS",
            "node-1  http://a:7071  -      41  yes   0 1",
            "node-2  http://b:7072  west   42  no    2",
            "    0  node-1  serving                 1234    0  3.0 MiB  node-2 (lag 3)",
            "    2  -       no active                  -    -        -  -",
            "note        string  json   api            12",
            "orders       shop.orders  running  0 3           5    70             1")
        .contains("under-replicated: shards 1; see 'weir placement explain'")
        .anyMatch(line -> line.contains("stopped: gap at 10"))
        .anyMatch(
            line -> line.matches("node-1 +3 +node node-2 +1.0 MiB +4.0 MiB +0.5 MiB/s +6 s.*"));
    assertThat(run("status", "-o", "json").out())
        .startsWith("{\"cluster\":{\"application\":\"shop\"")
        .contains("\"collections\":[", "\"sources\":[");
  }

  @Test
  void aSnapshotThatCouldNotBeMadeIsTold() {
    node.address = node.url();
    Shell.Outcome created = Shell.run("snapshot", "create", "--url", node.url());
    assertThat(created.out()).contains("20261121T100000Z-1", "failed");
    assertThat(created.code()).isEqualTo(1);
    assertThat(created.err())
        .contains("shard 1: the disk is full", "no node is the serving active of shards [2]");
  }

  @Test
  void explainsWhereCopiesStand() {
    String all = Shell.run("placement", "explain", "--url", node.url()).out();
    assertThat(all.lines())
        .contains(
            "2 copies of each shard in different racks, strict; 2 shards lack copies, 0 have some"
                + " side by side",
            "node-2  no rack           1       1",
            "    0  placed            node-1 (z/a)  node-2 (no rack)",
            "shards 1 2:",
            "  One rack.",
            "  Start a node.");
    String one = Shell.run("placement", "explain", "0", "--url", node.url()).out();
    assertThat(one).contains("shard 0:").doesNotContain("under-replicated");
    assertThat(Shell.run("placement", "explain", "-o", "json", "--url", node.url()).out())
        .startsWith("{\"placement\":\"strict\"");
  }

  @Test
  void namesEdgesWhoseEndsDoNotAgree() {
    Shell.Outcome check = Shell.run("graph", "check", "--patience", "0", "--url", node.url());
    assertThat(check.out().lines())
        .contains(
            "knows [\"a\",\"b\"]: missing where it ends",
            "knows in of b: the degree is 3, the edges are 2")
        .anyMatch(line -> line.matches("likes +7 +0 +0"));
    assertThat(check.code()).isEqualTo(1);
    assertThat(check.err()).contains("do not agree");
  }

  @Test
  void appliesTheDefinitionsOfAFile(@TempDir Path directory) throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("weir.yaml"),
            """
            application: shop
            collections: [{name: note, key: string}]
            """);
    Shell.Outcome outcome = run("apply", "-c", file.toString(), "--dry-run");
    assertThat(outcome).isEqualTo(new Shell.Outcome(0, "would add source s\nrevision 4\n", ""));
    assertThat(node.applied.get(0).path("dryRun").asBoolean()).isTrue();
    assertThat(node.applied.get(0).at("/collections/0/name").asText()).isEqualTo("note");
    assertThat(node.applied.get(0).has("dropCollections")).isFalse();

    assertThat(run("apply", "-c", file.toString(), "--prune").code()).isZero();
    assertThat(node.applied.get(1).path("dropCollections").toString()).isEqualTo("[\"old\"]");
    assertThat(node.applied.get(1).path("dropSources").toString()).isEqualTo("[\"gone\"]");
  }

  @Test
  void aNodeThatIsNotThereIsNamed() {
    String url = node.url();
    node.close();
    Shell.Outcome outcome = Shell.run("status", "--url", url);
    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err()).startsWith("weir: no answer from " + url);
    assertThat(Shell.run("status", "--url", "localhost:7070").err()).contains("http://host:port");
  }
}
