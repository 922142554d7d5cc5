package dev.weir.cli.demo;

import dev.weir.client.Change;
import dev.weir.client.ChangeStream;
import dev.weir.client.Scan;
import dev.weir.client.WeirClientException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Follows the notes at one node and, whenever the connection ends, goes on at the next one, where
 * the last one had got.
 */
final class NoteFollower implements AutoCloseable {
  private final List<DemoCluster.Node> nodes;
  private final Map<String, Integer> told = new ConcurrentHashMap<>();
  private final Thread thread = new Thread(this::run, "note-follower");
  private volatile boolean over;
  private volatile String failure = "";

  /** Begins at the first of some nodes. */
  NoteFollower(List<DemoCluster.Node> nodes) {
    this.nodes = List.copyOf(nodes);
    thread.setDaemon(true);
    thread.start();
  }

  /** How often a note was told as stored or there. */
  int told(String key) {
    return told.getOrDefault(key, 0);
  }

  /** Why it had to go on at another node last. */
  String failure() {
    return failure;
  }

  private void run() {
    String place = "";
    for (int turn = 0; !over; turn++) {
      DemoCluster.Node node = nodes.get(turn % nodes.size());
      try (ChangeStream stream = node.client().follow("note", Scan.all(), place)) {
        while (!over) {
          Change change = stream.next();
          place = change.place();
          if (change.kind() == Change.Kind.ROW || change.kind() == Change.Kind.PUT) {
            told.merge(change.key().asText(), 1, Integer::sum);
          }
        }
      } catch (WeirClientException e) {
        failure = String.valueOf(e.getMessage()); // a node that died: the next one goes on
      }
    }
  }

  @Override
  public void close() {
    over = true;
  }
}
