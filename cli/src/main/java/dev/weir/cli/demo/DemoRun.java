package dev.weir.cli.demo;

import dev.weir.cli.Progress;
import dev.weir.examples.social.Publisher;
import dev.weir.examples.social.SocialNetwork;
import dev.weir.examples.social.check.IndependentReading;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;

/** Fills the demo's database and shows what it answers. */
final class DemoRun {

  private static final int EVENTS = SocialNetwork.SNAPSHOT_EVENTS + SocialNetwork.UPDATE_EVENTS;
  private static final Duration PATIENCE = Duration.ofMinutes(4);
  private static final int LONGEST_ANSWER = 600;

  private final DemoCluster cluster;
  private final PrintWriter out;
  private final PrintStream terminal;
  private final long start = System.nanoTime();
  private double firstAnswer;

  DemoRun(DemoCluster cluster, PrintWriter out, PrintStream terminal) {
    this.cluster = cluster;
    this.out = out;
    this.terminal = terminal;
  }

  /**
   * Publishes what is not published yet, starts the nodes, and waits until all of it is applied.
   */
  void fill(int firstPort) throws InterruptedException {
    out.println("Kafka broker at " + cluster.bootstrapServers());
    Publisher publisher = new Publisher(cluster.kafka());
    cluster.startNodes(firstPort);
    publisher.createTopics();
    try (Progress progress = Progress.start(terminal, "publish", EVENTS)) {
      long published = publisher.publish(progress::at);
      if (published == 0) {
        out.println("All events were published by an earlier run");
      }
    }
    cluster.awaitNodes();
    cluster
        .nodes()
        .forEach(
            node ->
                out.printf(
                    "%s at %s (pid %d)%n",
                    node.process().name(), node.url(), node.process().pid()));
    long documents =
        IndependentReading.read().counts().values().stream().mapToLong(count -> count).sum();
    try (Progress progress = Progress.start(terminal, "apply", documents)) {
      Waiting.until(
          "taking in all events",
          PATIENCE,
          () -> {
            long readable = Math.max(0, Applied.documents(cluster.nodes().get(0)));
            if (readable > 0 && firstAnswer == 0) {
              firstAnswer = seconds();
            }
            progress.at(readable);
            return Applied.everything(cluster.nodes());
          });
    }
    out.printf(
        "First documents answered %.1f s after the broker's start, everything applied after %.1f s%n",
        firstAnswer, seconds());
  }

  /** Prints queries with their answers. */
  void show() throws InterruptedException {
    List<String> urls = cluster.nodes().stream().map(DemoCluster.Node::url).toList();
    for (DemoQuery query : DemoQuery.all(urls)) {
      out.println();
      out.println("# " + query.title());
      out.println(query.command());
      out.println(shortened(query.ask()));
    }
    GraphJobs.show(cluster.nodes().get(0), out);
    out.println();
    out.println("# Write a note at one node, read it at another");
    out.printf(
        "curl -s -X PUT '%s/v1/collections/note/documents/hello'"
            + " -H 'content-type: application/json' -d '{\"text\":\"Hello\"}'%n",
        urls.get(0));
    out.printf("curl -s '%s/v1/collections/note/documents/hello'%n", urls.get(2));
    out.println();
    out.println("More: weir status --url " + urls.get(0) + "   Ctrl-C ends all processes.");
  }

  private double seconds() {
    return (System.nanoTime() - start) / 1e9;
  }

  private static String shortened(String text) {
    String line = text.strip();
    return line.length() <= LONGEST_ANSWER ? line : line.substring(0, LONGEST_ANSWER) + " …";
  }
}
