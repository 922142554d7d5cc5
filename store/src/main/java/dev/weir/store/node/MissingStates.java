package dev.weir.store.node;

import dev.weir.store.Position;
import dev.weir.store.bootstrap.Bootstrap;
import dev.weir.store.bootstrap.Leftovers;
import dev.weir.store.routing.RoutingTable;
import dev.weir.store.snapshot.Download;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The states that a node lacks when it starts. Those of shards that it is about to get are fetched
 * before it joins the group, so that it is given them as a node that has them; but as soon as a
 * shard has no active, joining goes first.
 */
final class MissingStates implements StreamsRunner.Provision {
  private static final Logger LOG = LoggerFactory.getLogger(MissingStates.class);

  private final StoreConfig config;
  private final Preflight.Prepared prepared;
  private final ShardDirectories directories;
  private final Bootstrap bootstrap;
  private final Supplier<RoutingTable> routing;
  private final FoundStates found;
  private final Set<Integer> expected = new TreeSet<>();

  MissingStates(
      StoreConfig config,
      Preflight.Prepared prepared,
      Bootstrap bootstrap,
      Supplier<RoutingTable> routing,
      FoundStates found) {
    this.config = config;
    this.prepared = prepared;
    this.directories = new ShardDirectories(prepared.directory().streamsDir(), prepared.topics());
    this.bootstrap = bootstrap;
    this.routing = routing;
    this.found = found;
  }

  /**
   * Finds out whether somebody has what the log cannot give any more, and sets aside what the log
   * cannot be folded onto.
   *
   * @throws NodeStartException if nobody is known who has it; nothing is changed then
   */
  void check() throws NodeStartException {
    NeededState.check(prepared.truncated(), this::outdated, bootstrap, config.definitions());
    for (int shard : prepared.truncated().keySet()) {
      if (outdated(shard)) {
        setAside(shard);
      }
    }
    bootstrap.look(shard -> !prepared.local().containsKey(shard), prepared.topics().shards());
  }

  private boolean outdated(int shard) {
    return Files.exists(directories.database(shard));
  }

  private void setAside(int shard) throws NodeStartException {
    Path database = directories.database(shard);
    Path aside = new Leftovers(prepared.directory().arrivals()).replaced(shard);
    try {
      if (Files.exists(aside)) {
        Download.discard(aside);
      }
      Files.createDirectories(aside.resolveSibling(""));
      Files.move(database, aside, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new NodeStartException(
          List.of(
              "shard %d: its state cannot be moved from %s to %s (%s): check the disk"
                  .formatted(shard, database, aside, e)));
    }
    LOG.warn(
        "The state of shard {} ends before the log begins: another one is fetched, and this one is"
            + " kept in {} until then",
        shard,
        aside);
  }

  /** Begins to fetch what this node is about to get; whether that is anything. */
  boolean expect() {
    RoutingTable table = routing.get();
    if (!everyShardHasAnActive(table)) {
      return false; // it may be needed at once
    }
    Set<Integer> local = prepared.local().keySet();
    int nodes = Math.max(1, table.nodes().size());
    if (local.size() >= (long) config.shards() * config.replicas() / nodes) {
      return false; // it has its share: no need to plan
    }
    for (int shard : ComingShards.of(config, table, prepared.directory().nodeId(), local)) {
      if (bootstrap.expect(shard)) {
        expected.add(shard);
      }
    }
    if (!expected.isEmpty()) {
      LOG.info("The states of shards {} are fetched before this node joins", expected);
    }
    return !expected.isEmpty();
  }

  @Override
  public boolean ready() {
    return bootstrap.settled() || !everyShardHasAnActive(routing.get());
  }

  @Override
  public void settle() {
    for (int shard : expected) {
      Optional<Position> state = bootstrap.hasArrived(shard);
      if (state.isPresent() && bootstrap.awaited(shard, directories.database(shard)).isEmpty()) {
        found.put(shard, state.get());
      }
    }
  }

  private boolean everyShardHasAnActive(RoutingTable table) {
    return IntStream.range(0, config.shards()).allMatch(shard -> table.active(shard).isPresent());
  }
}
