package dev.weir.store.routing;

import dev.weir.store.Catalogue;
import dev.weir.store.Role;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntPredicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says what this node holds: soon after every change, seldom for offsets alone, and again if the
 * table shows something else than what was said. One record is on its way at a time, so that the
 * newest one is also the last.
 */
final class Announcer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Announcer.class);

  /** While a shard has something for others, it is looked at this often whether it still has. */
  private static final long AGAIN_MILLIS = 1_000;

  private final NodeEntry self;
  private final Ownership ownership;
  private final SharedDefinitions definitions;
  private final MembershipTiming timing;
  private final Supplier<RoutingTable> table;
  private final RoutingSender sender;
  private final ScheduledExecutorService executor;
  private final AtomicBoolean scheduled = new AtomicBoolean();

  private volatile Duration away = Duration.ZERO;
  private volatile boolean announced;
  private volatile boolean silent;
  private volatile IntPredicate sending = shard -> false;

  // Confined to the executor's one thread.
  private @Nullable NodeEntry said;
  private boolean looking; // whether another look at what is sent is coming
  private final Map<Integer, Claim> claims = new HashMap<>();

  /**
   * An announced claim to be a shard's active.
   *
   * @param activation which activation of the shard it belongs to
   * @param since offset of the record that made it
   */
  private record Claim(int activation, long since) {}

  Announcer(
      NodeEntry self,
      Ownership ownership,
      SharedDefinitions definitions,
      MembershipTiming timing,
      Supplier<RoutingTable> table,
      RoutingSender sender) {
    this.self = self;
    this.ownership = ownership;
    this.definitions = definitions;
    this.timing = timing;
    this.table = table;
    this.sender = sender;
    ScheduledThreadPoolExecutor pool =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "weir-routing-announcer");
              thread.setDaemon(true);
              return thread;
            },
            new ThreadPoolExecutor.DiscardPolicy());
    pool.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    this.executor = pool;
  }

  void start() {
    ownership.onChange(this::soon);
    soon();
    long drift = timing.drift().toMillis();
    var unused =
        executor.scheduleWithFixedDelay(this::correct, drift, drift, TimeUnit.MILLISECONDS);
  }

  /** From now on nothing is announced; or everything again. */
  void silent(boolean nothing) {
    silent = nothing;
    if (!nothing) {
      soon();
    }
  }

  /**
   * Says how it is found out whether a shard that is active here has had something for others for a
   * while; asked before each announcement, on one thread.
   */
  void sending(IntPredicate found) {
    sending = found;
  }

  private List<HeldShard> held() {
    return ownership.snapshot().stream()
        .map(held -> held.sending(held.role() == Role.ACTIVE && sending.test(held.shard())))
        .toList();
  }

  private void soon() {
    in(timing.coalesce().toMillis());
  }

  private void in(long millis) {
    if (scheduled.compareAndSet(false, true)) {
      var unused = executor.schedule(this::announce, millis, TimeUnit.MILLISECONDS);
    }
  }

  /**
   * A new table is there. If others took this node for dead it says at once that it lives, since a
   * node that is not in the table is asked nothing.
   */
  void seen(RoutingTable newer) {
    if (announced && !newer.nodes().containsKey(self.node())) {
      soon();
    }
  }

  /**
   * Says that the node will be silent for a while, and waits until it is said.
   *
   * @throws RoutingSender.NotSentException if Kafka does not take it in time
   */
  void away(Duration silence) throws RoutingSender.NotSentException, InterruptedException {
    away = silence;
    if (executor.isShutdown()) {
      throw new RoutingSender.NotSentException(
          new IllegalStateException("not announcing any more"));
    }
    perform(
        () -> {
          NodeEntry entry = self.holding(held()).standing(self.standing().away(silence));
          said = entry;
          return sender.send(entry.node(), announcement(entry, activations()), timing.send());
        });
  }

  /**
   * Takes another node out of the table.
   *
   * @return offset of the record
   * @throws RoutingSender.NotSentException if Kafka does not take it in time
   */
  long remove(String node) throws RoutingSender.NotSentException, InterruptedException {
    return perform(() -> sender.send(node, null, timing.send()));
  }

  private <T> T perform(Callable<T> action)
      throws RoutingSender.NotSentException, InterruptedException {
    try {
      // What is submitted after the end is dropped, and never completes.
      return executor.submit(action).get(4 * timing.send().toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new RoutingSender.NotSentException(e.getCause() == null ? e : e.getCause());
    } catch (TimeoutException | CancellationException e) {
      throw new RoutingSender.NotSentException(e);
    }
  }

  private void correct() {
    if (silent) {
      return;
    }
    NodeEntry shown = table.get().nodes().get(self.node());
    if (said != null && said.equals(shown) && held().equals(said.shards())) {
      return;
    }
    if (shown != null && shown.session() != self.session()) {
      LOG.warn(
          "Process {} at {} announces itself as node {} too: give every node an id of its own",
          shown.pid(),
          shown.url(),
          self.node());
    }
    in(0);
  }

  private void announce() {
    scheduled.set(false);
    if (silent) {
      return;
    }
    // Before the snapshot: an activation in between is told of again, as a new claim.
    Map<Integer, Integer> activations = activations();
    NodeEntry entry = self.holding(held()).standing(self.standing().away(away));
    try {
      long offset = sender.send(entry.node(), announcement(entry, activations), timing.send());
      said = entry;
      announced = true;
      remember(entry, activations, offset);
      lookAgain(entry);
    } catch (RoutingSender.NotSentException e) {
      LOG.warn("Could not announce what this node holds; trying again: {}", e.getMessage());
      in(timing.retry().toMillis());
    }
  }

  /** What was said to be on its way arrives soon, and then that is to be said. */
  private void lookAgain(NodeEntry entry) {
    if (!looking && entry.shards().stream().anyMatch(HeldShard::sending)) {
      looking = true;
      var unused = executor.schedule(this::sent, AGAIN_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  private void sent() {
    looking = false;
    NodeEntry last = said;
    if (last == null) {
      return;
    }
    if (last.shards().stream().anyMatch(s -> s.sending() && !sending.test(s.shard()))) {
      in(0);
    } else {
      lookAgain(last);
    }
  }

  private Map<Integer, Integer> activations() {
    Map<Integer, Integer> activations = new HashMap<>();
    for (int shard = 0; shard < ownership.shards(); shard++) {
      activations.put(shard, ownership.activation(shard));
    }
    return activations;
  }

  private byte[] announcement(NodeEntry entry, Map<Integer, Integer> activations) {
    SortedMap<Integer, Long> since = new TreeMap<>();
    for (int shard : actives(entry)) {
      Claim claim = claims.get(shard);
      if (claim != null && activations.getOrDefault(shard, 0) == claim.activation()) {
        since.put(shard, claim.since());
      } else {
        since.put(shard, Announcement.HERE);
      }
    }
    Catalogue catalogue = since.containsKey(0) ? definitions.known() : null;
    return AnnouncementFormat.write(new Announcement(entry, since, catalogue));
  }

  private void remember(NodeEntry entry, Map<Integer, Integer> activations, long offset) {
    List<Integer> actives = actives(entry);
    claims.keySet().retainAll(actives);
    for (int shard : actives) {
      int activation = activations.getOrDefault(shard, 0);
      claims.compute(
          shard,
          (s, claim) ->
              claim != null && claim.activation() == activation
                  ? claim
                  : new Claim(activation, offset));
    }
  }

  private static List<Integer> actives(NodeEntry entry) {
    return entry.shards().stream()
        .filter(s -> s.role() == Role.ACTIVE)
        .map(HeldShard::shard)
        .toList();
  }

  /** Says that the node leaves, if Kafka takes it in time, and ends. */
  @Override
  public void close() throws InterruptedException {
    close(false);
  }

  /**
   * Ends.
   *
   * @param stays whether the node's entry stands, because it comes back soon
   */
  void close(boolean stays) throws InterruptedException {
    executor.shutdown();
    boolean ended = executor.awaitTermination(2 * timing.send().toMillis(), TimeUnit.MILLISECONDS);
    try {
      if (ended && !stays) {
        long offset = sender.leave(self.node(), timing.send());
        LOG.debug("Left at offset {}", offset);
      }
    } catch (RoutingSender.NotSentException e) {
      LOG.warn("Could not announce that this node leaves: {}", e.getMessage());
    } finally {
      sender.close();
    }
  }
}
