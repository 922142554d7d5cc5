package dev.weir.store.node;

import dev.weir.store.Position;
import dev.weir.store.bootstrap.Bootstrap;
import dev.weir.store.bootstrap.BootstrapSettings;
import dev.weir.store.bootstrap.LogCheck;
import dev.weir.store.bootstrap.Neighbours;
import dev.weir.store.log.LogInspector;
import dev.weir.store.routing.Membership;
import dev.weir.store.routing.MembershipTiming;
import dev.weir.store.routing.Ownership;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a node does first: it learns what the others hold, and begins to fetch what it lacks, while
 * all the rest of it is still being made. It says nothing of itself yet.
 */
final class FirstContact implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FirstContact.class);
  private static final Duration LOG_TIMEOUT = Duration.ofSeconds(30);
  private static final Duration ROUTING_TIMEOUT = Duration.ofSeconds(5);

  final long session = new SecureRandom().nextLong();
  final KnownDefinitions definitions = new KnownDefinitions();
  final Ownership ownership;
  final Membership membership;
  final Bootstrap bootstrap;
  final FoundStates found;
  final MissingStates missing;

  private final ExecutorService threads = NodeThreads.pool("weir-first-contact", 2);
  private @Nullable Future<Boolean> plan;

  FirstContact(StoreConfig config, Preflight.Prepared prepared, BootstrapSettings settings) {
    String node = prepared.directory().nodeId();
    this.ownership = new Ownership(config.shards());
    this.membership =
        new Membership(
            config.kafka(),
            prepared.topics(),
            SelfEntry.of(config, prepared.topics(), node, session),
            ownership,
            definitions,
            MembershipTiming.standard());
    this.bootstrap =
        new Bootstrap(
            new Bootstrap.Here(
                node, config.local().rack(), prepared.directory().arrivals(), prepared.log()),
            config.application(),
            settings,
            membership::table,
            new LogCheck(
                new LogInspector(config.kafka(), LOG_TIMEOUT, prepared::admin), prepared.topics()),
            config.meters());
    this.found = new FoundStates(prepared.local());
    this.missing = new MissingStates(config, prepared, bootstrap, membership::table, found);
  }

  /** Begins; returns at once. */
  void begin(Optional<Neighbours> neighbours, String node, Position log) {
    membership.follow();
    neighbours.ifPresent(
        way -> {
          Future<?> unused = threads.submit(() -> reach(way, node, log));
        });
    plan = threads.submit((Callable<Boolean>) this::plan);
  }

  private void reach(Neighbours way, String node, Position log) {
    try {
      bootstrap.askThrough(way.reach(node, log));
    } catch (RuntimeException e) {
      LOG.warn("Other nodes cannot be asked for files", e);
      bootstrap.askNobody(e);
    }
  }

  private boolean plan() throws NodeStartException, InterruptedException {
    // Before it knows what the others hold it could not tell whether a log is worth folding.
    var unused = membership.await(table -> membership.caughtUp(), ROUTING_TIMEOUT);
    missing.check();
    return missing.expect();
  }

  /**
   * Waits until it is known whether anything is fetched before the node joins.
   *
   * @throws NodeStartException if nobody is known who has what it lacks
   */
  boolean fetches() throws NodeStartException, InterruptedException {
    Future<Boolean> begun = plan;
    if (begun == null) {
      return false;
    }
    try {
      return begun.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof NodeStartException refused) {
        throw refused;
      } else if (e.getCause() instanceof InterruptedException) {
        throw new InterruptedException();
      }
      throw new IllegalStateException("what this node lacks could not be found out", e.getCause());
    }
  }

  /** Ends what is under way; not what it has made. */
  void end() {
    threads.shutdownNow();
  }

  /** Ends everything, if the node is not made after all. */
  @Override
  public void close() {
    end();
    bootstrap.close();
    try {
      membership.closeForRestart();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
