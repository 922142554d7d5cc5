package dev.weir.query.routing;

import dev.weir.store.routing.RoutingTable;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Waits until the actives of shards show a revision of the definitions. */
final class RevisionWait {
  private final List<Integer> shards;
  private final TableSource tables;
  private final RouterTime time;
  private final int revision;
  private final CompletableFuture<List<Integer>> result = new CompletableFuture<>();

  RevisionWait(List<Integer> shards, TableSource tables, RouterTime time, int revision) {
    this.shards = shards;
    this.tables = tables;
    this.time = time;
    this.revision = revision;
  }

  CompletableFuture<List<Integer>> result() {
    return result;
  }

  void start(Duration timeout) {
    look();
    if (!result.isDone()) {
      time.after(timeout, () -> result.complete(behind(tables.table())));
    }
  }

  private void look() {
    RoutingTable table = tables.table();
    List<Integer> behind = behind(table);
    if (behind.isEmpty()) {
      result.complete(behind);
    } else if (!result.isDone()) {
      tables.whenAbove(table.version(), this::look);
    }
  }

  private List<Integer> behind(RoutingTable table) {
    return shards.stream().filter(shard -> !table.showsAt(revision, shard)).toList();
  }
}
