package dev.weir.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.cli.CommandException;
import dev.weir.client.Item;
import dev.weir.client.Scan;
import dev.weir.client.WeirClient;
import dev.weir.client.WeirClientException;
import dev.weir.examples.social.check.FriendGraph;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Runs algorithms over the friendships on all nodes. */
final class GraphJobs {

  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final int PAGE = 1_000;
  private static final int ROUNDS = 20;
  private static final double ROUNDING = 1e-9;

  private GraphJobs() {}

  /**
   * An algorithm as the demo runs it.
   *
   * @param algorithm its name
   * @param title what it finds
   * @param parameters what is set
   * @param result collection of the values
   */
  private record Job(
      String algorithm, String title, Map<String, String> parameters, String result) {
    static final Job RANKS =
        new Job(
            "pr",
            "PageRank of the friendships",
            Map.of("iterations", Integer.toString(ROUNDS)),
            "friend-rank");
    static final Job CIRCLES =
        new Job("wcc", "Components of the friendships", Map.of(), "friend-circle");

    ObjectNode request() {
      ObjectNode request = JsonNodeFactory.instance.objectNode().put("algorithm", algorithm);
      parameters.forEach(request.putObject("parameters")::put);
      request.putArray("edges").addObject().put("type", "knows").put("reversed", false);
      return request.put("result", result);
    }

    String command(String url) {
      StringBuilder command = new StringBuilder("weir graph submit ").append(algorithm);
      parameters.forEach((name, value) -> command.append(" --param ").append(name + "=" + value));
      return command + " --edges knows --result " + result + " --url " + url;
    }
  }

  /** Runs both and prints what they find. */
  static void show(DemoCluster.Node node, PrintWriter out) {
    out.println();
    out.println("# " + Job.RANKS.title() + ", on all nodes");
    out.println(Job.RANKS.command(node.url()));
    values(node, Job.RANKS).entrySet().stream()
        .sorted((a, b) -> Double.compare(b.getValue().asDouble(), a.getValue().asDouble()))
        .limit(3)
        .forEach(
            top ->
                out.printf(
                    Locale.ROOT, "person %d: %.6f%n", top.getKey(), top.getValue().asDouble()));
    out.println();
    out.println("# " + Job.CIRCLES.title() + ", on all nodes");
    out.println(Job.CIRCLES.command(node.url()));
    SortedMap<Long, JsonNode> circles = values(node, Job.CIRCLES);
    out.printf(
        "%d persons in %d circles%n", circles.size(), new HashSet<>(circles.values()).size());
  }

  /** Runs both and compares every value with another computation. */
  static void check(List<DemoCluster.Node> nodes, CheckTable table, String when) {
    FriendGraph friends = FriendGraph.read();
    CheckTable.Check ranks = table.check(Job.RANKS.title() + when);
    compare(
        ranks,
        friends.ranks(ROUNDS),
        () -> values(nodes.get(0), Job.RANKS),
        (found, rank) -> Math.abs(found.asDouble() - rank) <= ROUNDING * rank);
    CheckTable.Check circles = table.check(Job.CIRCLES.title() + when);
    compare(
        circles,
        friends.components(),
        () -> values(nodes.get(nodes.size() - 1), Job.CIRCLES),
        (found, circle) -> found.asLong() == circle);
  }

  /** Whether a value found is the one expected. */
  private interface Same<T> {
    boolean test(JsonNode found, T expected);
  }

  /** Runs a job. */
  private interface Run {
    SortedMap<Long, JsonNode> values();
  }

  private static <T> void compare(
      CheckTable.Check check, Map<Long, T> expected, Run run, Same<T> same) {
    try {
      SortedMap<Long, JsonNode> found = run.values();
      check.answer(
          found.keySet().equals(expected.keySet()),
          found.size() + " persons, not " + expected.size());
      expected.forEach(
          (person, value) -> {
            JsonNode here = found.get(person);
            check.answer(
                here != null && same.test(here, value),
                "person " + person + ": " + here + ", not " + value);
          });
    } catch (WeirClientException | CommandException e) {
      check.answer(false, String.valueOf(e.getMessage()));
    }
    check.end();
  }

  private static SortedMap<Long, JsonNode> values(DemoCluster.Node node, Job job) {
    WeirClient client = node.client();
    String id = client.jobs().submit(job.request()).path("id").asText();
    JsonNode ended = client.jobs().await(id, PATIENCE, now -> {});
    if (!ended.path("state").asText().equals("done")) {
      throw new CommandException(job.algorithm() + " ended as " + ended);
    }
    Scan run = Scan.all().prefix("[\"" + ended.path("run").asText() + "\"]").pageSize(PAGE);
    SortedMap<Long, JsonNode> values = new TreeMap<>();
    for (Item item : client.scan(job.result(), run)) {
      values.put(item.key().path(1).asLong(), item.document().path("value"));
    }
    return values;
  }
}
