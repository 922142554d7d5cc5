package dev.weir.store.liveness;

import dev.weir.store.routing.NodeEntry;
import dev.weir.store.routing.RoutingTable;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a node's {@link Vigil}: pings the other nodes, asks about those that do not answer, and has
 * the dead evicted. All its state is confined to one thread, but for what it tells others. Safe
 * from any thread.
 */
public final class FailureDetector implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FailureDetector.class);

  private final LivenessSettings settings;
  private final Supplier<RoutingTable> table;
  private final PeerProbe probe;
  private final Evictor evictor;
  private final Vigil vigil;
  private final ScheduledExecutorService thread = daemon("weir-liveness");
  private final ExecutorService evictions = daemon("weir-eviction");
  private final ConcurrentHashMap<Session, Sight> said = new ConcurrentHashMap<>();

  private record Session(String node, long session) {}

  /**
   * A detector that does not run yet.
   *
   * @param self id of this node
   * @param table gives the newest routing table
   */
  public FailureDetector(
      LivenessSettings settings,
      String self,
      Supplier<RoutingTable> table,
      PeerProbe probe,
      Evictor evictor) {
    this.settings = settings;
    this.table = table;
    this.probe = probe;
    this.evictor = evictor;
    this.vigil = new Vigil(settings, self);
  }

  /** Begins to watch. */
  public void start() {
    long tick = settings.tick().toMillis();
    var unused = thread.scheduleWithFixedDelay(this::tick, tick, tick, TimeUnit.MILLISECONDS);
  }

  /** What this node can say of a session of another one, as of the last tick. */
  public Sight sight(String node, long session) {
    return said.getOrDefault(new Session(node, session), Sight.UNSURE);
  }

  private void tick() {
    try {
      long now = System.nanoTime();
      var nodes = table.get().nodes();
      List<Step> steps = vigil.tick(nodes, now);
      said.keySet()
          .removeIf(
              old -> {
                NodeEntry present = nodes.get(old.node());
                return present == null || present.session() != old.session();
              });
      nodes.values().forEach(this::publish);
      steps.forEach(this::take);
    } catch (RuntimeException e) {
      LOG.error("A look at the other nodes failed; the next one comes", e);
    }
  }

  private void publish(NodeEntry node) {
    said.put(
        new Session(node.node(), node.session()),
        vigil.sight(node.node(), node.session(), System.nanoTime()));
  }

  @SuppressWarnings("FutureReturnValueIgnored") // what is chained here does not throw
  private void take(Step step) {
    if (step instanceof Step.Ping ping) {
      probe
          .ping(ping.node())
          .thenAcceptAsync(
              echo -> {
                vigil.echo(ping.node(), echo, System.nanoTime());
                publish(ping.node());
              },
              onThread());
    } else if (step instanceof Step.Ask ask) {
      probe
          .sight(ask.witness(), ask.missed().node(), ask.missed().session())
          .thenAcceptAsync(
              sight ->
                  vigil
                      .testimony(ask.witness(), ask.missed(), sight, System.nanoTime())
                      .forEach(this::take),
              onThread());
    } else if (step instanceof Step.Evict evict) {
      LOG.warn("Node {} does not answer any more; evicting it", evict.node().node());
      run(evictions, () -> end(evict.node(), node -> evictor.evict(node, () -> misses(node))));
    } else if (step instanceof Step.Forget forget) {
      LOG.warn("Node {} has not answered for long", forget.node().node());
      run(evictions, () -> end(forget.node(), evictor::forget));
    }
  }

  private boolean misses(NodeEntry node) {
    return sight(node.node(), node.session()) == Sight.MISSED;
  }

  /** One of the ways to be rid of a node. */
  private interface Ending {
    boolean of(NodeEntry node) throws InterruptedException;
  }

  private void end(NodeEntry node, Ending ending) {
    boolean gone = false;
    try {
      gone = ending.of(node);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.warn("Node {} could not be evicted; trying again while it is silent", node.node(), e);
    }
    boolean isGone = gone;
    LOG.info("Node {} is {}", node.node(), isGone ? "out of the table" : "still in the table");
    run(thread, () -> vigil.evicted(node, isGone, System.nanoTime()));
  }

  /** Runs on the detector's thread; nothing happens once that is at its end. */
  private Executor onThread() {
    return task -> run(thread, task);
  }

  private static void run(ExecutorService where, Runnable task) {
    try {
      where.execute(task);
    } catch (RejectedExecutionException e) {
      LOG.debug("Not watching any more: the node is closing");
    }
  }

  private static ScheduledExecutorService daemon(String name) {
    return Executors.newSingleThreadScheduledExecutor(
        task -> {
          Thread thread = new Thread(task, name);
          thread.setDaemon(true);
          return thread;
        });
  }

  /** Stops to watch; an eviction that is under way is broken off. */
  @Override
  public void close() {
    thread.shutdownNow();
    evictions.shutdownNow();
  }
}
