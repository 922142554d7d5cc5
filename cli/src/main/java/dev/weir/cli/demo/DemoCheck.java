package dev.weir.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.weir.cli.CommandException;
import dev.weir.client.WeirClient;
import dev.weir.client.WeirClientException;
import dev.weir.examples.social.check.IndependentReading;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Asks every question at every node and compares with an independent reading of the files, writes
 * notes, kills a node, and asks again.
 */
final class DemoCheck {

  private static final Duration FAILOVER = Duration.ofSeconds(90);
  private static final int NOTES = 60;

  private final DemoCluster cluster;
  private final PrintWriter out;
  private final CheckTable table = new CheckTable();
  private final GraphQuestions graph = new GraphQuestions(table);
  private final ContentQuestions contents = new ContentQuestions(table);
  private final Questions questions = new Questions(IndependentReading.read(), table);
  private final Map<String, JsonNode> acknowledged = new TreeMap<>();
  private final Map<String, String> written = new TreeMap<>(); // positions, by the node written at

  DemoCheck(DemoCluster cluster, PrintWriter out) {
    this.cluster = cluster;
    this.out = out;
  }

  /** Runs all checks and prints their table; returns whether all were right. */
  boolean run() {
    List<DemoCluster.Node> all = cluster.nodes();
    out.println("Asking every question at three nodes …");
    questions.ask(all, "");
    questions.values(all, "");
    graph.await(all);
    graph.ask(all, "");
    contents.ask(all, "");
    GraphJobs.check(all, table, "");
    DemoCluster.Node victim = all.get(all.size() - 1);
    List<DemoCluster.Node> victimFirst = new ArrayList<>(all);
    Collections.reverse(victimFirst);
    NoteFollower follower = new NoteFollower(victimFirst);
    writeNotes(all);
    readNotes(all, "notes read at every node");
    expectTold(follower, "notes told to a follower");

    victim.process().kill();
    List<DemoCluster.Node> left = cluster.alive();
    out.printf("Killed %s (SIGKILL); waiting for the others …%n", victim.process().name());
    Duration failover =
        Waiting.until(
            "the failover",
            FAILOVER,
            () -> left.stream().allMatch(Applied::isServed) && left.stream().allMatch(this::reads));
    out.printf("Every shard is served again after %.1f s%n", failover.toMillis() / 1000.0);

    questions.ask(left, ", after the kill");
    questions.values(left, ", after the kill");
    graph.ask(left, ", after the kill");
    contents.ask(left, ", after the kill");
    GraphJobs.check(left, table, ", after the kill");
    readNotes(left, "notes acknowledged before the kill");
    writeNotes(left);
    readNotes(left, "notes of before and after the kill");
    expectTold(follower, "notes told once, over the kill of the node that told them");
    SourceAudits.check(left.get(0), table);
    follower.close();
    out.println();
    table.print(out);
    return table.allRight();
  }

  private void expectTold(NoteFollower follower, String name) {
    CheckTable.Check check = table.check(name);
    try {
      Waiting.until(
          "the follower",
          FAILOVER,
          () -> acknowledged.keySet().stream().allMatch(key -> follower.told(key) > 0));
    } catch (CommandException e) {
      check.answer(false, "not all were told; " + follower.failure());
    }
    for (String key : acknowledged.keySet()) {
      check.answer(follower.told(key) == 1, key + " was told " + follower.told(key) + " times");
    }
    check.end();
  }

  private boolean reads(DemoCluster.Node node) {
    return Applied.documents(node) >= 0;
  }

  private void writeNotes(List<DemoCluster.Node> nodes) {
    CheckTable.Check check = table.check("notes written at " + nodes.size() + " nodes");
    String run = Long.toHexString(System.nanoTime());
    List<String> keys = new ArrayList<>();
    for (int i = 0; i < NOTES; i++) {
      keys.add("check/" + run + "/é%" + i);
    }
    for (int i = 0; i < NOTES; i++) {
      DemoCluster.Node node = nodes.get(i % nodes.size());
      JsonNode note =
          JsonNodeFactory.instance
              .objectNode()
              .put("text", "note " + i + " of " + run)
              .put("writtenAt", node.process().name());
      try {
        node.client().put("note", keys.get(i), note);
        acknowledged.put(keys.get(i), note);
        written.put(node.url(), node.client().position());
        check.answer(true, "");
      } catch (WeirClientException e) {
        check.answer(false, keys.get(i) + " at " + node.url() + ": " + e.getMessage());
      }
    }
    check.end();
  }

  private void readNotes(List<DemoCluster.Node> nodes, String name) {
    CheckTable.Check check = table.check(name);
    for (DemoCluster.Node node : nodes) {
      // Only who says what was written before may ask for all of it from any replica.
      WeirClient reader = node.client().from(String.join(",", written.values()));
      acknowledged.forEach(
          (key, note) -> {
            try {
              var found = reader.get("note", key).map(d -> d.json());
              check.answer(
                  found.filter(note::equals).isPresent(), key + " at " + node.url() + ": " + found);
            } catch (WeirClientException e) {
              check.answer(false, key + " at " + node.url() + ": " + e.getMessage());
            }
          });
    }
    check.end();
  }
}
