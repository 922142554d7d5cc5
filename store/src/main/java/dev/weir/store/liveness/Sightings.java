package dev.weir.store.liveness;

import dev.weir.store.liveness.PeerProbe.Echo;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What this node has seen of each other one. Only who was heard once, since it started and since
 * this node did, can be missed: an address that never worked says nothing about its node. Without a
 * clock or threads of its own; not thread-safe.
 */
final class Sightings {
  private final LivenessSettings settings;
  private final Map<String, Watched> nodes = new TreeMap<>();
  private long lastTick;
  private boolean ticked;

  private static final class Watched {
    private final long session;
    private boolean heard;
    private long lastHeard; // or when it was first looked for
    private int refusals;

    private Watched(long session, long now) {
      this.session = session;
      this.lastHeard = now;
    }
  }

  Sightings(LivenessSettings settings) {
    this.settings = settings;
  }

  /**
   * Time goes on.
   *
   * @param now a clock that never goes back, nanoseconds
   */
  void tick(long now) {
    long gap = now - lastTick;
    if (ticked && gap > settings.pause().toNanos()) {
      // It was this node that was asleep: what it did not hear meanwhile is nobody's fault.
      for (Watched watched : nodes.values()) {
        watched.lastHeard += gap;
        watched.refusals = 0;
      }
    }
    ticked = true;
    lastTick = now;
  }

  /** Has exactly these nodes watched, by id with their sessions; a new session begins unheard. */
  void watch(Map<String, Long> sessions) {
    nodes.entrySet().removeIf(e -> !sessions.containsKey(e.getKey()));
    sessions.forEach(
        (node, session) ->
            nodes.compute(
                node,
                (id, watched) ->
                    watched != null && watched.session == session
                        ? watched
                        : new Watched(session, lastTick)));
  }

  /** A ping of a node's session came to its end. */
  void echo(String node, long session, Echo echo, long now) {
    Watched watched = watched(node, session);
    if (watched == null) {
      return;
    }
    if (echo == Echo.HEARD) {
      watched.heard = true;
      watched.lastHeard = now;
      watched.refusals = 0;
    } else if (echo == Echo.REFUSED) {
      watched.refusals++;
    }
  }

  /** Makes a node's session one that was never heard, and is looked for from now on. */
  void forget(String node, long session, long now) {
    Watched watched = watched(node, session);
    if (watched != null) {
      watched.heard = false;
      watched.lastHeard = now;
      watched.refusals = 0;
    }
  }

  /** Whether a node's session has not answered for a long time, heard before or not. */
  boolean lost(String node, long session, long now) {
    Watched watched = watched(node, session);
    return watched != null && now - watched.lastHeard > settings.loss().toNanos();
  }

  /** What can be said of a node's session. */
  Sight sight(String node, long session, long now) {
    Watched watched = watched(node, session);
    if (watched == null || !watched.heard) {
      return Sight.UNSURE;
    }
    if (watched.refusals >= settings.refusals()
        || now - watched.lastHeard > settings.silence().toNanos()) {
      return Sight.MISSED;
    }
    return watched.refusals == 0 ? Sight.SEEN : Sight.UNSURE;
  }

  private @Nullable Watched watched(String node, long session) {
    Watched watched = nodes.get(node);
    return watched == null || watched.session != session ? null : watched;
  }
}
