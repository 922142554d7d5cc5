package dev.weir.query.server;

import dev.weir.graph.job.LiveJobs;
import dev.weir.graph.traverse.Traversals;
import dev.weir.query.Database;
import dev.weir.query.ReadOptions;
import dev.weir.query.changes.Subscriptions;
import dev.weir.query.graph.DatabaseGraph;
import dev.weir.query.routing.HandedOver;
import dev.weir.store.CollectionDefinition;
import dev.weir.store.node.NodeStartException;
import dev.weir.store.node.StoreNode;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * A running node inside this process: its shards, its HTTP API, and typed reads and writes of the
 * whole database, wherever the data is. Safe from any thread.
 *
 * <p>{@link #close} answers what has been asked, then hands the shards over to the other nodes.
 */
public final class Weir implements AutoCloseable {

  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private final Assembly assembly;
  private final AtomicBoolean closed = new AtomicBoolean();

  private Weir(Assembly assembly) {
    this.assembly = assembly;
  }

  /** Begins a configuration in code. */
  public static Builder builder() {
    return WeirConfig.builder();
  }

  /**
   * Starts a node. It answers at once; its shards arrive a little later, see {@link #awaitReady}.
   *
   * @throws WeirStartException with every reason; nothing is left running then
   */
  public static Weir start(WeirConfig config) {
    try {
      return new Weir(Assembly.of(config));
    } catch (NodeStartException e) {
      throw new WeirStartException(String.valueOf(e.getMessage()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new WeirStartException("interrupted while starting", e);
    }
  }

  /** Id of this node in the application. */
  public String nodeId() {
    return assembly.store().nodeId();
  }

  StoreNode store() {
    return assembly.store();
  }

  /** Base of this node's HTTP API, as others reach it. */
  public String url() {
    return assembly.url();
  }

  /** The database in its own words: encoded keys, queries and results as values. */
  public Database database() {
    return new HandedOver(assembly.database());
  }

  /**
   * A collection with Java values for keys and JSON trees for documents.
   *
   * @param keys {@code String}, {@code Long}, {@code UUID}, {@code byte[]}, or {@code List} for
   *     tuples, as the collection's keys are
   * @throws IllegalArgumentException if there is no such collection, or its keys are of another
   *     type
   */
  public <K> WeirCollection<K> collection(String name, Class<K> keys) {
    CollectionDefinition definition =
        database()
            .catalogue()
            .collection(name)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "there is no collection '"
                            + name
                            + "': declare it, or wait until the node is ready"));
    return new WeirCollection<>(database(), definition, keys);
  }

  /** Algorithms over the graph of the application. */
  public LiveJobs jobs() {
    return assembly.jobs();
  }

  /** Follows collections: what is there, then what changes. */
  public Subscriptions subscriptions() {
    return assembly.subscriptions();
  }

  /** Walks over the graph of the whole database; for one thread at a time. */
  public Traversals traversals() {
    return traversals(ReadOptions.DEFAULTS);
  }

  /**
   * Walks over the graph of the whole database; for one thread at a time.
   *
   * @param options how it is read; no walk is from before what an earlier one has seen
   */
  public Traversals traversals(ReadOptions options) {
    return new Traversals(new DatabaseGraph(assembly.database(), options));
  }

  /** Whether the node knows who owns every shard and serves its own, and its collections exist. */
  public boolean isReady() {
    return assembly.report().readiness().ready() && assembly.hasDefinitions();
  }

  /**
   * Waits until the node is ready.
   *
   * @throws WeirStartException if it is not within that time, with the reasons
   */
  public void awaitReady(Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!isReady()) {
      if (System.nanoTime() - deadline > 0 || Thread.currentThread().isInterrupted()) {
        List<String> reasons = assembly.report().readiness().reasons();
        throw new WeirStartException(
            "not ready within "
                + patience.toSeconds()
                + " s: "
                + (reasons.isEmpty() ? "the collections are missing" : String.join("; ", reasons)),
            null);
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  /** Stops in order. Further calls do nothing. */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      assembly.close();
    }
  }
}
