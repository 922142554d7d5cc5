package dev.weir.store.placement;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * Chooses the active among a shard's copies, so that actives are balanced too. Who is the active
 * stays it if balance allows; of the others, those that have caught up come first.
 */
final class Actives implements Excess.Moves {
  private final Ground ground;
  private final Sets sets;
  private final int[] active;
  private final List<TreeSet<Integer>> shardsOf = new ArrayList<>();

  private Actives(Ground ground, Sets sets) {
    this.ground = ground;
    this.sets = sets;
    this.active = new int[ground.shards()];
    for (int node = 0; node < ground.size(); node++) {
      shardsOf.add(new TreeSet<>());
    }
  }

  /** The active node by shard. */
  static int[] of(Ground ground, Sets sets) {
    Actives actives = new Actives(ground, sets);
    Quotas quotas = actives.quotas();
    for (int shard = 0; shard < ground.shards(); shard++) {
      int best = -1;
      for (int node : sets.nodesOf(shard)) {
        if (best < 0 || actives.better(shard, node, best, quotas)) {
          best = node;
        }
      }
      actives.give(shard, best);
    }
    new Excess(quotas, actives).level();
    return actives.active;
  }

  private Quotas quotas() {
    int[] limits = new int[ground.size()];
    int[] preference = new int[ground.size()];
    for (int node = 0; node < limits.length; node++) {
      limits[node] = sets.load(node);
      for (int shard : sets.shardsOf(node)) {
        preference[node] += ground.active(shard, node) ? 1 : 0;
      }
    }
    return Quotas.of(ground, ground.shards(), Long.MAX_VALUE, limits, preference);
  }

  private boolean better(int shard, int node, int than, Quotas quotas) {
    int byState = Integer.compare(ground.worth(shard, node), ground.worth(shard, than));
    if (byState != 0) {
      return byState > 0;
    }
    int byRoom =
        Integer.compare(
            quotas.of(node) - shardsOf.get(node).size(),
            quotas.of(than) - shardsOf.get(than).size());
    return byRoom != 0 ? byRoom > 0 : node < than;
  }

  private void give(int shard, int node) {
    active[shard] = node;
    shardsOf.get(node).add(shard);
  }

  @Override
  public int load(int node) {
    return shardsOf.get(node).size();
  }

  @Override
  public void from(int node, boolean wide, Excess.Offer offer) {
    for (int shard : shardsOf.get(node)) {
      int kept = ground.worth(shard, node);
      for (int to : sets.nodesOf(shard)) {
        if (to != node) {
          offer.move(shard, to, Math.max(0, kept - ground.worth(shard, to)));
        }
      }
    }
  }

  @Override
  public void apply(Excess.Move move) {
    shardsOf.get(move.from()).remove(move.shard());
    give(move.shard(), move.to());
  }
}
