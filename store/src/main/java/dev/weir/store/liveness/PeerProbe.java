package dev.weir.store.liveness;

import dev.weir.store.routing.NodeEntry;
import java.util.concurrent.CompletableFuture;

/** Asks other nodes for signs of life. No future completes exceptionally. Safe from any thread. */
public interface PeerProbe {

  /** What became of a ping. */
  enum Echo {
    /** The node answered. */
    HEARD,
    /** Its machine says that nothing listens there: it is down, or is just being started again. */
    REFUSED,
    /** No answer in time, or none that tells anything. */
    SILENCE
  }

  /** Asks a node for a sign of life; the answer comes within a second. */
  CompletableFuture<Echo> ping(NodeEntry node);

  /**
   * Asks a node what it sees of another one; the answer comes within a second.
   *
   * @param session of the node that is asked about
   * @return {@link Sight#UNSURE} also if it does not answer
   */
  CompletableFuture<Sight> sight(NodeEntry witness, String node, long session);
}
