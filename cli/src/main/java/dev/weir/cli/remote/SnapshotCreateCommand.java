package dev.weir.cli.remote;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.cli.CommandException;
import dev.weir.cli.ExitCode;
import dev.weir.cli.TextTable;
import dev.weir.client.WeirClient;
import java.io.PrintWriter;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Has all nodes make snapshots of the shards they are active of, and waits for them. */
@Command(
    name = "create",
    description = {
      "Make a snapshot of every shard, each at the node that is active of it, and wait for them.",
      "The nodes need snapshots.repository in their configuration."
    },
    mixinStandardHelpOptions = true)
public final class SnapshotCreateCommand implements Callable<Integer> {
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  @Mixin private Connection connection = new Connection();

  @Spec private CommandSpec spec = CommandSpec.create();

  private record Node(String id, WeirClient client) {}

  @Override
  public Integer call() {
    JsonNode cluster = connection.client().cluster();
    List<Node> nodes = nodes(cluster);
    for (Node node : nodes) {
      if (node.client().createSnapshots().path("repository").asText().isEmpty()) {
        throw new CommandException(
            "node "
                + node.id()
                + " has no repository: set snapshots.repository in its configuration");
      }
    }
    TextTable table = new TextTable("SHARD", "NODE", "SNAPSHOT", "FILES STORED", "BYTES STORED");
    List<String> failures = new ArrayList<>();
    Set<Integer> left = new TreeSet<>();
    cluster.path("shards").forEach(shard -> left.add(shard.path("shard").asInt()));
    for (Node node : nodes) {
      for (JsonNode shard : finished(node).path("shards")) {
        left.remove(shard.path("shard").asInt());
        String failure = shard.path("failure").asText();
        if (!failure.isEmpty()) {
          failures.add("shard " + shard.path("shard").asInt() + ": " + failure);
        }
        table.row(
            shard.path("shard").asText(),
            node.id(),
            failure.isEmpty() ? shard.path("id").asText() : "failed",
            shard.path("files").asText(),
            shard.path("bytes").asText());
      }
    }
    if (!left.isEmpty()) {
      failures.add("no node is the serving active of shards " + left + ": see 'weir status'");
    }
    PrintWriter out = spec.commandLine().getOut();
    table.print(out);
    if (!failures.isEmpty()) {
      throw new CommandException(String.join("; ", failures));
    }
    return ExitCode.OK;
  }

  private List<Node> nodes(JsonNode cluster) {
    List<Node> nodes = new ArrayList<>();
    for (JsonNode node : cluster.path("nodes")) {
      if (node.path("live").asBoolean()) {
        nodes.add(
            new Node(
                node.path("id").asText(),
                WeirClient.at(
                    URI.create(node.path("url").asText()),
                    Duration.ofSeconds(connection.timeoutSeconds))));
      }
    }
    return nodes;
  }

  private static JsonNode finished(Node node) {
    for (; ; ) {
      JsonNode snapshots = node.client().snapshots();
      boolean running = false;
      for (JsonNode shard : snapshots.path("shards")) {
        running |= shard.path("running").asBoolean();
      }
      if (!running || Thread.currentThread().isInterrupted()) {
        return snapshots;
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }
}
