package dev.weir.store.node;

import dev.weir.store.liveness.Evictor;
import dev.weir.store.liveness.FailureDetector;
import dev.weir.store.liveness.LivenessSettings;
import dev.weir.store.liveness.PeerProbe;
import dev.weir.store.liveness.Sight;
import dev.weir.store.routing.Membership;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node's part in the failover of the others, and the announcements that spare it its own while it
 * stops in order. Safe from any thread.
 */
public final class Failover {
  private static final Logger LOG = LoggerFactory.getLogger(Failover.class);

  /** How long a stop may take before the others may think that it went wrong. */
  private static final Duration STOP = Duration.ofSeconds(20);

  private final String self;
  private final Membership membership;
  private final Evictor evictor;
  private final Duration sessionTimeout;
  private volatile @Nullable FailureDetector detector;
  private volatile boolean stopping;
  private volatile boolean returning;

  /**
   * The part of one node.
   *
   * @param sessionTimeout for how long Kafka keeps the place of a node that is away
   */
  Failover(String self, Membership membership, Evictor evictor, Duration sessionTimeout) {
    this.self = self;
    this.membership = membership;
    this.evictor = evictor;
    this.sessionTimeout = sessionTimeout;
  }

  /**
   * Begins to watch the other nodes, and to evict the dead ones so that their shards move at once.
   * Without it they move when Kafka ends their sessions.
   *
   * @param probe the way to the other nodes
   */
  public void start(PeerProbe probe) {
    FailureDetector started =
        new FailureDetector(LivenessSettings.standard(), self, membership::table, probe, evictor);
    detector = started;
    started.start();
  }

  /** What this node can say of a session of another one; for those who ask before they evict. */
  public Sight sight(String node, long session) {
    FailureDetector running = detector;
    return running == null ? Sight.UNSURE : running.sight(node, session);
  }

  /**
   * Tells the others that this node is about to stop, so that nobody takes it for dead when its
   * endpoints are closed. To be called first of all when stopping; waits some seconds at most.
   */
  public void announceStop() {
    announce(false);
  }

  /**
   * The same, and the node comes back within the session timeout: closing it keeps its place in the
   * group, its shards wait for it, and nothing is moved. If it is late it is taken for dead.
   */
  public void announceRestart() {
    announce(true);
  }

  /** Whether the node has said that it comes back. */
  boolean returning() {
    return returning;
  }

  private void announce(boolean comesBack) {
    if (stopping) {
      return;
    }
    stopping = true;
    FailureDetector running = detector;
    if (running != null) {
      running.close();
    }
    try {
      // Who could not say that it comes back is evicted, and must not rely on its place.
      returning = membership.announceAway(comesBack ? sessionTimeout : STOP) && comesBack;
      LOG.debug("The stop is announced; coming back: {}", returning);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
