package dev.weir.store.liveness;

import dev.weir.store.routing.RoutingFold;
import dev.weir.store.routing.RoutingTable;
import dev.weir.store.routing.SimulatedVoice;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The broker of a simulation: the routing topic, and a consumer group whose members are the
 * sessions of nodes. After every change of the members it gives each shard an active, the one it
 * had or its standby if possible, and a standby.
 */
final class SimulatedKafka {
  static final long SESSION_MILLIS = 6_000;
  private static final int HEARTBEAT_MILLIS = 300;

  private final SimulatedWorld world;
  private final List<SimulatedNode> nodes;
  private final RoutingFold fold = new RoutingFold(0);
  private final SortedMap<String, Member> members = new TreeMap<>();
  private final @Nullable String[] actives;
  private final @Nullable String[] standbys;
  private long end;
  private boolean rebalancing;

  private static final class Member {
    private final long session;
    private long lastHeartbeat;

    private Member(long session, long now) {
      this.session = session;
      this.lastHeartbeat = now;
    }
  }

  SimulatedKafka(SimulatedWorld world, List<SimulatedNode> nodes, int shards) {
    this.world = world;
    this.nodes = nodes;
    this.actives = new String[shards];
    this.standbys = new String[shards];
    expireSessions();
  }

  /** Appends to the routing topic; every node gets the record a little later. */
  void append(String node, LongFunction<byte @Nullable []> record) {
    long offset = end++;
    byte[] value = record.apply(offset);
    fold.accept(offset, SimulatedVoice.key(node), value);
    nodes.forEach(each -> each.deliver(offset, node, value));
  }

  /** The table at the newest version. */
  RoutingTable newest() {
    return fold.table();
  }

  /** Joins, or joins again: a static member that is still known keeps what it has. */
  void join(String node, long session) {
    Member known = members.get(node);
    members.put(node, new Member(session, world.now()));
    if (known == null) {
      rebalance();
    } else {
      world.after(world.between(20, 200), this::tellAll);
    }
  }

  /** A heartbeat of a session; false = it is no member. */
  boolean heartbeat(String node, long session) {
    Member member = members.get(node);
    if (member == null || member.session != session) {
      return false;
    }
    member.lastHeartbeat = world.now();
    return true;
  }

  boolean isMember(String node) {
    return members.containsKey(node);
  }

  void remove(String node) {
    if (members.remove(node) != null) {
      rebalance();
    }
  }

  @Nullable String active(int shard) {
    return actives[shard];
  }

  @Nullable String standby(int shard) {
    return standbys[shard];
  }

  private void expireSessions() {
    for (Map.Entry<String, Member> member : new ArrayList<>(members.entrySet())) {
      if (world.now() - member.getValue().lastHeartbeat > SESSION_MILLIS) {
        remove(member.getKey());
      }
    }
    world.after(100, this::expireSessions);
  }

  private void rebalance() {
    if (!rebalancing) {
      rebalancing = true;
      world.after(HEARTBEAT_MILLIS + world.between(20, 300), this::assign);
    }
  }

  private void assign() {
    rebalancing = false;
    int[] load = new int[nodes.size()];
    for (int shard = 0; shard < actives.length; shard++) {
      String kept = isIn(actives[shard]) ? actives[shard] : standbys[shard];
      actives[shard] = isIn(kept) ? kept : least(load, null);
      count(load, actives[shard]);
    }
    for (int shard = 0; shard < standbys.length; shard++) {
      boolean keeps = isIn(standbys[shard]) && !standbys[shard].equals(actives[shard]);
      standbys[shard] = keeps ? standbys[shard] : least(load, actives[shard]);
      count(load, standbys[shard]);
    }
    tellAll();
  }

  private void tellAll() {
    for (SimulatedNode node : nodes) {
      Member member = members.get(node.id());
      if (member != null) {
        node.assigned(member.session);
      }
    }
  }

  private boolean isIn(@Nullable String node) {
    return node != null && members.containsKey(node);
  }

  private @Nullable String least(int[] load, @Nullable String but) {
    String[] ids = nodes.stream().map(SimulatedNode::id).toArray(String[]::new);
    return Arrays.stream(ids)
        .filter(id -> members.containsKey(id) && !id.equals(but))
        .min((a, b) -> Integer.compare(load[index(ids, a)], load[index(ids, b)]))
        .orElse(null);
  }

  private void count(int[] load, @Nullable String node) {
    for (int i = 0; i < load.length; i++) {
      load[i] += nodes.get(i).id().equals(node) ? 1 : 0;
    }
  }

  private static int index(String[] ids, String id) {
    return Arrays.asList(ids).indexOf(id);
  }
}
