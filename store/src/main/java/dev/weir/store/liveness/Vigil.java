package dev.weir.store.liveness;

import dev.weir.store.liveness.PeerProbe.Echo;
import dev.weir.store.routing.NodeEntry;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Watches over the other nodes of the routing table: whom to ping, whom to ask about a node that
 * does not answer, whom to evict and when. Says what is to be done and is told what came of it;
 * without a clock, threads or network of its own. Not thread-safe.
 */
final class Vigil {
  private final LivenessSettings settings;
  private final String self;
  private final Sightings sightings;
  private final SortedMap<String, Inquest> inquests = new TreeMap<>();
  private final Map<String, Away> away = new TreeMap<>();
  private final Set<String> pinged = new HashSet<>();
  private final Set<String> evicting = new HashSet<>();
  private SortedMap<String, NodeEntry> table = new TreeMap<>();

  /**
   * A node's announcement that it will be silent.
   *
   * @param until when it should be back, by this node's clock
   */
  private record Away(long session, long until) {}

  Vigil(LivenessSettings settings, String self) {
    this.settings = settings;
    this.self = self;
    this.sightings = new Sightings(settings);
  }

  /**
   * What is to be done now; to be called once per tick.
   *
   * @param nodes of the newest routing table, this one included or not
   * @param now a clock that never goes back, nanoseconds
   */
  List<Step> tick(SortedMap<String, NodeEntry> nodes, long now) {
    table = nodes;
    sightings.tick(now);
    Map<String, Long> watched = new TreeMap<>();
    for (NodeEntry node : nodes.values()) {
      if (watchersOf(node).contains(self)) {
        watched.put(node.node(), node.session());
      }
      noteAway(node, now);
    }
    away.keySet().retainAll(nodes.keySet());
    sightings.watch(watched);
    inquests.keySet().removeIf(node -> !missed(node, now));

    List<Step> steps = new ArrayList<>();
    for (String id : watched.keySet()) {
      NodeEntry node = entry(id);
      if (pinged.add(id)) {
        steps.add(new Step.Ping(node));
      }
      if (missed(id, now)) {
        inquests.computeIfAbsent(id, i -> new Inquest(settings, self));
        survivors(node, now).stream()
            .filter(witness -> !witness.equals(self))
            .forEach(witness -> steps.add(new Step.Ask(entry(witness), node)));
        steps.addAll(verdict(id, now));
      }
      if (mayForget(node, now) && evicting.add(id)) {
        steps.add(new Step.Forget(node));
      }
    }
    return steps;
  }

  /** A ping of a node came to its end. */
  void echo(NodeEntry node, Echo echo, long now) {
    pinged.remove(node.node());
    sightings.echo(node.node(), node.session(), echo, now);
  }

  /** A witness has answered; what is to be done now. */
  List<Step> testimony(NodeEntry witness, NodeEntry missed, Sight sight, long now) {
    Inquest inquest = inquests.get(missed.node());
    NodeEntry present = table.get(missed.node());
    if (inquest == null || present == null || present.session() != missed.session()) {
      return List.of();
    }
    inquest.heard(witness.node(), sight, now);
    return verdict(missed.node(), now);
  }

  /**
   * An eviction came to its end. Whoever is gone must be heard again before it can be missed again:
   * two nodes that do not reach each other evict each other once, not for ever. The time after
   * which it may be forgotten begins anew.
   *
   * @param gone false = it was not possible, and is tried again
   */
  void evicted(NodeEntry node, boolean gone, long now) {
    evicting.remove(node.node());
    inquests.remove(node.node());
    if (gone || sightings.lost(node.node(), node.session(), now)) {
      sightings.forget(node.node(), node.session(), now);
    }
  }

  /** What this node can say of a session of another one. */
  Sight sight(String node, long session, long now) {
    return sightings.sight(node, session, now);
  }

  private List<Step> verdict(String id, long now) {
    Inquest inquest = inquests.get(id);
    if (inquest != null
        && missed(id, now)
        && inquest.due(table.size(), survivors(entry(id), now), now)
        && evicting.add(id)) {
      return List.of(new Step.Evict(entry(id)));
    }
    return List.of();
  }

  private boolean mayForget(NodeEntry node, long now) {
    return sightings.lost(node.node(), node.session(), now)
        && !isAway(node.node(), now)
        && survivors(node, now).get(0).equals(self);
  }

  private boolean missed(String id, long now) {
    NodeEntry node = table.get(id);
    return node != null
        && !isAway(id, now)
        && sightings.sight(id, node.session(), now) == Sight.MISSED;
  }

  private List<String> survivors(NodeEntry missed, long now) {
    return watchersOf(missed).stream()
        .filter(id -> id.equals(self) || (!missed(id, now) && !isAway(id, now)))
        .toList();
  }

  private List<String> watchersOf(NodeEntry node) {
    return Watchers.of(node.node(), new TreeSet<>(table.keySet()), settings.watchers());
  }

  private void noteAway(NodeEntry node, long now) {
    long silence = node.standing().away().toNanos();
    Away known = away.get(node.node());
    if (silence == 0) {
      away.remove(node.node());
    } else if (known == null || known.session() != node.session()) {
      away.put(node.node(), new Away(node.session(), now + silence));
    }
  }

  private boolean isAway(String id, long now) {
    Away announced = away.get(id);
    return announced != null && now - announced.until() < 0;
  }

  private NodeEntry entry(String id) {
    NodeEntry node = table.get(id);
    if (node == null) {
      throw new IllegalStateException("not in the table: " + id);
    }
    return node;
  }
}
