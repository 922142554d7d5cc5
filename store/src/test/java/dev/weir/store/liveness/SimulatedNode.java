package dev.weir.store.liveness;

import dev.weir.store.liveness.PeerProbe.Echo;
import dev.weir.store.routing.NodeEntry;
import dev.weir.store.routing.Ownership;
import dev.weir.store.routing.RoutingFold;
import dev.weir.store.routing.RoutingTable;
import dev.weir.store.routing.ShardState;
import dev.weir.store.routing.SimulatedVoice;
import dev.weir.store.routing.Standing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A node of a simulation: the real {@link Vigil}, {@link Ownership} and {@link RoutingFold}, with a
 * process around them that can die, freeze, stop and start.
 */
final class SimulatedNode {
  private static final int HEARTBEAT_MILLIS = 300;
  private static final int SILENCE_MILLIS = 1_000;

  private final SimulatedWorld world;
  private final String id;
  private final int shards;
  private final List<Told> records = new ArrayList<>();
  private final List<Runnable> thawed = new ArrayList<>();
  private SimulatedKafka kafka;
  private Consumer<SimulatedNode> beforeEviction = node -> {};
  private List<SimulatedNode> all = List.of();
  private long session;
  private boolean up;
  private boolean frozen;
  private Ownership ownership;
  private Vigil vigil;
  private RoutingFold fold;
  private SimulatedVoice voice;
  private Standing standing = Standing.UNSAID;
  private int read;
  private boolean speaking;
  private boolean said;
  private long awake;

  private record Told(long offset, String node, byte @Nullable [] value) {}

  SimulatedNode(SimulatedWorld world, String id, int shards) {
    this.world = world;
    this.id = id;
    this.shards = shards;
    born();
  }

  void in(SimulatedKafka broker, List<SimulatedNode> nodes, Consumer<SimulatedNode> eviction) {
    kafka = broker;
    all = nodes;
    beforeEviction = eviction;
  }

  String id() {
    return id;
  }

  long session() {
    return session;
  }

  /** Whether it has run without a pause for a while. */
  boolean runsSince(long moment) {
    return runs() && awake <= moment;
  }

  boolean runs() {
    return up && !frozen;
  }

  boolean up() {
    return up;
  }

  Ownership ownership() {
    return ownership;
  }

  RoutingTable table() {
    return fold.table();
  }

  Sight sight(SimulatedNode other) {
    return vigil.sight(other.id, other.session, world.nanos());
  }

  private void born() {
    ownership = new Ownership(shards);
    ownership.onChange(this::speakSoon);
    vigil = new Vigil(LivenessSettings.standard(), id);
    fold = new RoutingFold(0);
    read = 0;
    speaking = false;
    said = false;
    standing = Standing.UNSAID;
    voice =
        new SimulatedVoice(new NodeEntry(id, session, 0, "", id, "", 1, "", List.of()), ownership);
  }

  void start() {
    session++;
    born();
    up = true;
    awake = world.now();
    frozen = false;
    thawed.clear();
    long mine = session;
    records.forEach(record -> world.after(1, () -> catchUp(mine)));
    speakSoon();
    world.after(world.between(100, 1_500), () -> whileAlive(mine, () -> kafka.join(id, mine)));
    every(mine, (int) LivenessSettings.standard().tick().toMillis(), this::tick);
    every(mine, HEARTBEAT_MILLIS, this::heartbeat);
  }

  void kill() {
    up = false;
    frozen = false;
  }

  void freeze() {
    frozen = up;
  }

  void thaw() {
    if (frozen) {
      awake = world.now();
    }
    frozen = false;
    List<Runnable> late = new ArrayList<>(thawed);
    thawed.clear();
    late.forEach(Runnable::run);
  }

  /** Says that it will be back, and ends. */
  void stopForRestart() {
    standing = Standing.UNSAID.away(Duration.ofMillis(SimulatedKafka.SESSION_MILLIS));
    speak();
    kill();
  }

  /** What happens to this session happens only while it runs; a frozen one catches up later. */
  private void whileAlive(long mine, Runnable action) {
    if (!up || session != mine) {
      return;
    }
    if (frozen) {
      thawed.add(() -> whileAlive(mine, action));
    } else {
      action.run();
    }
  }

  private void every(long mine, int millis, Runnable action) {
    world.after(
        millis,
        () ->
            whileAlive(
                mine,
                () -> {
                  action.run();
                  every(mine, millis, action);
                }));
  }

  void deliver(long offset, String node, byte @Nullable [] value) {
    records.add(new Told(offset, node, value));
    long mine = session;
    world.after(world.between(2, 60), () -> whileAlive(mine, () -> catchUp(mine)));
  }

  private void catchUp(long mine) {
    if (!up || session != mine) {
      return;
    }
    for (; read < records.size(); read++) {
      Told record = records.get(read);
      fold.accept(record.offset(), SimulatedVoice.key(record.node()), record.value());
    }
    if (said && !fold.table().nodes().containsKey(id)) {
      speakSoon();
    }
  }

  private void speakSoon() {
    if (!speaking) {
      speaking = true;
      long mine = session;
      world.after(
          20 + world.between(1, 30),
          () ->
              whileAlive(
                  mine,
                  () -> {
                    speaking = false;
                    speak();
                  }));
    }
  }

  private void speak() {
    said = true;
    kafka.append(id, offset -> voice.speak(offset, standing));
  }

  private void heartbeat() {
    if (said && !kafka.heartbeat(id, session) && holdsSomething()) {
      // As Kafka Streams: whoever is no member any more gives up all tasks and joins again.
      for (int shard = 0; shard < shards; shard++) {
        close(shard);
      }
      kafka.join(id, session);
    } else if (said && !kafka.isMember(id)) {
      kafka.join(id, session);
    }
  }

  private boolean holdsSomething() {
    return !ownership.snapshot().isEmpty();
  }

  /** The group has assigned; this node takes it over if it still is that session. */
  void assigned(long to) {
    whileAlive(
        to,
        () -> {
          if (!kafka.heartbeat(id, to)) {
            return;
          }
          for (int shard = 0; shard < shards; shard++) {
            take(shard);
          }
        });
  }

  private void take(int shard) {
    boolean active = id.equals(kafka.active(shard));
    if (!active && !id.equals(kafka.standby(shard))) {
      close(shard);
      return;
    }
    if (ownership.state(shard) == ShardState.ABSENT) {
      ownership.opened(shard);
      Ownership of = ownership;
      long mine = session;
      world.after(
          world.between(50, 900),
          () ->
              whileAlive(
                  mine,
                  () -> {
                    of.position(shard, 9);
                    of.logEndSeen(shard, 10);
                  }));
    }
    if (active) {
      ownership.activated(shard);
    } else {
      ownership.deactivated(shard);
    }
  }

  private void close(int shard) {
    ownership.deactivated(shard);
    ownership.closed(shard);
  }

  private void tick() {
    vigil.tick(fold.table().nodes(), world.nanos()).forEach(this::take);
  }

  private void take(Step step) {
    long mine = session;
    if (step instanceof Step.Ping ping) {
      SimulatedNode other = find(ping.node().node());
      boolean reached = world.connected(id, other.id);
      Echo echo = reached && other.runs() ? Echo.HEARD : Echo.SILENCE;
      Echo heard = reached && !other.up ? Echo.REFUSED : echo;
      long delay = heard == Echo.SILENCE ? SILENCE_MILLIS : world.between(1, 25);
      later(mine, delay, () -> vigil.echo(ping.node(), heard, world.nanos()));
    } else if (step instanceof Step.Ask ask) {
      SimulatedNode witness = find(ask.witness().node());
      boolean answers = witness.runs() && world.connected(id, witness.id);
      Sight sight =
          answers
              ? witness.vigil.sight(ask.missed().node(), ask.missed().session(), world.nanos())
              : Sight.UNSURE;
      later(
          mine,
          answers ? world.between(1, 25) : SILENCE_MILLIS,
          () ->
              vigil
                  .testimony(ask.witness(), ask.missed(), sight, world.nanos())
                  .forEach(this::take));
    } else if (step instanceof Step.Evict evict) {
      later(mine, world.between(5, 60), () -> end(evict.node(), true));
    } else if (step instanceof Step.Forget forget) {
      later(mine, world.between(5, 60), () -> end(forget.node(), false));
    }
  }

  private void end(NodeEntry node, boolean evict) {
    NodeEntry present = kafka.newest().nodes().get(node.node());
    boolean same =
        present != null
            && present.session() == node.session()
            && present.standing().equals(node.standing());
    boolean missed = vigil.sight(node.node(), node.session(), world.nanos()) == Sight.MISSED;
    boolean gone = same && (evict ? missed : !kafka.isMember(node.node()));
    if (gone) {
      if (evict) {
        beforeEviction.accept(find(node.node()));
        kafka.remove(node.node());
      }
      kafka.append(node.node(), offset -> null);
    }
    vigil.evicted(node, gone, world.nanos());
  }

  private void later(long mine, long millis, Runnable action) {
    world.after(millis, () -> whileAlive(mine, action));
  }

  private SimulatedNode find(String node) {
    return all.stream().filter(n -> n.id.equals(node)).findFirst().orElseThrow();
  }
}
