package dev.weir.store.placement;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Chooses the nodes that hold a shard's copies, whatever their roles: what is there stays, what is
 * missing goes where there is most room, and what is too much on a node moves to those with room,
 * along chains that give up the least state.
 *
 * <p>Copies of a shard stand in different places. If there are fewer places than copies, a strict
 * rule has one copy in each, and the other kind has the rest on any other nodes.
 */
final class CopySets implements Excess.Moves {
  private final Ground ground;
  private final int distinct;
  private final int wanted;
  private final Sets sets;
  private final Quotas quotas;
  private final long[] roomOfPlace;

  /** By node, an index into {@link #shared}. */
  private final int[] locations;

  /** How much two locations have in common. */
  private final int[][] shared;

  private CopySets(Ground ground) {
    this.ground = ground;
    this.distinct = distinct(ground);
    this.wanted =
        ground.request.rule().strict()
            ? distinct
            : Math.min(ground.request.copies(), ground.size());
    this.sets = new Sets(ground.shards(), ground.size());
    List<Location> different = ground.nodes.stream().map(Candidate::location).distinct().toList();
    Map<Location, Integer> index = new HashMap<>();
    different.forEach(location -> index.put(location, index.size()));
    this.locations =
        ground.nodes.stream().mapToInt(node -> index.getOrDefault(node.location(), 0)).toArray();
    this.shared = new int[different.size()][different.size()];
    for (int one = 0; one < shared.length; one++) {
      for (int other = 0; other < shared.length; other++) {
        shared[one][other] = different.get(one).shared(different.get(other));
      }
    }
    for (int shard = 0; shard < ground.shards(); shard++) {
      while (keep(shard)) {
        // What did not fit beside the others may, once there are others in other places.
      }
    }
    this.quotas = quotas();
    this.roomOfPlace = new long[ground.places.count()];
    for (int node = 0; node < quotas.size(); node++) {
      roomOfPlace[ground.places.of(node)] += quotas.of(node) - sets.load(node);
    }
  }

  static Sets of(Ground ground) {
    CopySets copies = new CopySets(ground);
    for (int shard = 0; shard < ground.shards(); shard++) {
      copies.fill(shard);
    }
    new Excess(copies.quotas, copies).level();
    return copies.sets;
  }

  /** Copies of each shard that can stand in different places. */
  static int distinct(Ground ground) {
    return Math.min(ground.request.copies(), ground.places.count());
  }

  private Quotas quotas() {
    int[] perNode = new int[ground.size()];
    Arrays.fill(perNode, ground.shards());
    int[] preference = new int[ground.size()];
    for (int node = 0; node < preference.length; node++) {
      preference[node] = sets.load(node);
    }
    long total = (long) ground.shards() * wanted;
    return Quotas.of(ground, total, ground.shards(), perNode, preference);
  }

  private boolean keep(int shard) {
    int before = sets.nodesOf(shard).size();
    for (int holder : ground.holders[shard]) {
      if (sets.nodesOf(shard).size() < wanted && fits(shard, holder, -1)) {
        sets.add(shard, holder);
      }
    }
    int now = sets.nodesOf(shard).size();
    return now > before && now < Math.min(wanted, ground.holders[shard].length);
  }

  private void fill(int shard) {
    while (sets.nodesOf(shard).size() < wanted) {
      int best = bestHolder(shard);
      if (best < 0) {
        best = bestOther(shard);
      }
      sets.add(shard, best);
      roomOfPlace[ground.places.of(best)]--;
    }
  }

  /** Of those that have something of it, who has the most; -1 = none of them may have a copy. */
  private int bestHolder(int shard) {
    int[] near = near(shard);
    int best = -1;
    for (int node : ground.holders[shard]) {
      if (fits(shard, node, -1) && (best < 0 || isBefore(shard, node, best, near))) {
        best = node;
      }
    }
    return best;
  }

  private boolean isBefore(int shard, int node, int than, int[] near) {
    int byState = Integer.compare(ground.worth(shard, node), ground.worth(shard, than));
    return byState != 0
        ? byState > 0
        : better(node, than, near) || (node < than && !better(than, node, near));
  }

  /**
   * Of those that have nothing of it; asked for all nodes and shards when an application begins.
   */
  private int bestOther(int shard) {
    int[] near = near(shard);
    int best = -1;
    for (int node = 0; node < ground.size(); node++) {
      if ((best < 0 || better(node, best, near)) && fits(shard, node, -1)) {
        best = node;
      }
    }
    return best;
  }

  /**
   * Who has room first, then the farthest from the other copies, then the place and the node with
   * the most room.
   */
  private boolean better(int node, int than, int[] near) {
    int room = quotas.of(node) - sets.load(node);
    int otherRoom = quotas.of(than) - sets.load(than);
    if (room > 0 != otherRoom > 0) {
      return room > 0;
    }
    int byDistance = near[locations[than]] - near[locations[node]];
    if (byDistance != 0) {
      return byDistance > 0;
    }
    int byPlace =
        Long.compare(roomOfPlace[ground.places.of(node)], roomOfPlace[ground.places.of(than)]);
    return byPlace != 0 ? byPlace > 0 : room > otherRoom;
  }

  /** How near each location is to the copies that a shard has. */
  private int[] near(int shard) {
    int[] near = new int[shared.length];
    for (int other : sets.nodesOf(shard)) {
      int[] row = shared[locations[other]];
      for (int location = 0; location < near.length; location++) {
        near[location] += row[location];
      }
    }
    return near;
  }

  private boolean hasRoom(int node) {
    return sets.load(node) < quotas.of(node);
  }

  /**
   * Whether a node could hold a copy beside the others, one of which may be going: all stand in
   * different places, as far as there are so many.
   */
  private boolean fits(int shard, int node, int leaving) {
    List<Integer> nodes = sets.nodesOf(shard);
    int others = 0;
    int repeated = 0;
    for (int i = 0; i < nodes.size(); i++) {
      int other = nodes.get(i);
      if (other == node) {
        return false;
      }
      if (other != leaving) {
        others++;
        repeated += repeats(nodes, i, leaving) || ground.clash(node, other) ? 1 : 0;
      }
    }
    return others + 1 - repeated >= Math.min(distinct, others + 1);
  }

  /** Whether the place of a copy is that of one before it. */
  private boolean repeats(List<Integer> nodes, int index, int leaving) {
    for (int i = 0; i < index; i++) {
      if (nodes.get(i) != leaving && ground.clash(nodes.get(i), nodes.get(index))) {
        return true;
      }
    }
    return false;
  }

  @Override
  public int load(int node) {
    return sets.load(node);
  }

  @Override
  public void from(int node, boolean wide, Excess.Offer offer) {
    for (int shard : sets.shardsOf(node)) {
      int worth = ground.worth(shard, node);
      for (int holder : ground.holders[shard]) {
        if (fits(shard, holder, node)) {
          offer.move(shard, holder, Math.max(0, worth - ground.worth(shard, holder)));
        }
      }
      for (int to = 0; to < quotas.size(); to++) {
        if ((wide || hasRoom(to)) && fits(shard, to, node)) {
          offer.move(shard, to, worth);
        }
      }
    }
  }

  @Override
  public void apply(Excess.Move move) {
    sets.remove(move.shard(), move.from());
    sets.add(move.shard(), move.to());
  }
}
