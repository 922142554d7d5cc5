package dev.weir.store.routing;

import dev.weir.store.log.TopicPlan;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node's part in routing: it says what it holds and knows what the others do.
 *
 * <p>Both go on by themselves when Kafka comes back after an outage; meanwhile the last table
 * stands. Safe from any thread.
 */
public final class Membership implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Membership.class);
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final NewestTable newest = new NewestTable();
  private final RoutingFollower follower;
  private final Announcer announcer;

  /**
   * The part of one node.
   *
   * @param client settings of Kafka clients, at least {@code bootstrap.servers}
   * @param plan names the routing topic, which must exist
   * @param self who the node is; its shards are ignored
   * @param ownership what the node holds
   * @param definitions the definitions it publishes and learns
   */
  public Membership(
      Map<String, ?> client,
      TopicPlan plan,
      NodeEntry self,
      Ownership ownership,
      SharedDefinitions definitions,
      MembershipTiming timing) {
    String topic = plan.routingTopic();
    follower = new RoutingFollower(client, topic, plan.generation(), newest, definitions);
    announcer =
        new Announcer(
            self, ownership, definitions, timing, newest::get, new RoutingSender(client, topic));
    newest.onTable(announcer::seen);
  }

  /** Begins to follow what the others say; returns at once. */
  public void follow() {
    follower.start();
  }

  /** Begins to announce this node; returns at once. */
  public void announce() {
    announcer.start();
  }

  /**
   * Says how it is found out whether a shard that is active here has had something for others for a
   * while, see {@link HeldShard#sending()}; asked on one thread. To be called before {@link
   * #announce}.
   */
  public void sending(IntPredicate found) {
    announcer.sending(found);
  }

  /** Begins to follow and to announce; returns at once. */
  public void start() {
    follow();
    announce();
  }

  /** The newest table known here; empty before the first one. */
  public RoutingTable table() {
    return newest.get();
  }

  /** Whether everything that was announced before the start is known. */
  public boolean caughtUp() {
    return follower.caughtUp();
  }

  /** Number of records of the routing topic that could not be read. */
  public long skippedRecords() {
    return follower.skipped();
  }

  /**
   * Waits for a table.
   *
   * @param wanted is asked about the present table, then about every newer one
   * @return the first that is wanted; empty if none came in time
   */
  public Optional<RoutingTable> await(Predicate<RoutingTable> wanted, Duration timeout)
      throws InterruptedException {
    return newest.await(wanted, timeout);
  }

  /** Waits for a table of at least this version; empty if none came in time. */
  public Optional<RoutingTable> awaitVersion(long version, Duration timeout)
      throws InterruptedException {
    return await(table -> table.version() >= version, timeout);
  }

  /** Adds a listener that gets every new table, on the thread that follows; it must be quick. */
  public void onTable(Consumer<RoutingTable> listener) {
    newest.onTable(listener);
  }

  /**
   * Tells the others that this node will be silent for a while, and must not be taken for dead.
   * Everything else goes on. Waits some seconds at most.
   *
   * @param silence how long, counted by each of the others from when it learns of it
   * @return whether it is said
   */
  public boolean announceAway(Duration silence) throws InterruptedException {
    try {
      announcer.away(silence);
      return true;
    } catch (RoutingSender.NotSentException e) {
      LOG.warn("Could not announce that this node is stopping: {}", e.getMessage());
      return false;
    }
  }

  /**
   * Whether this node announces nothing more, because another process has taken its name; it goes
   * on to follow what the others say.
   */
  public void silent(boolean silent) {
    announcer.silent(silent);
  }

  /**
   * Takes another node out of the table, until it announces itself again. Waits some seconds at
   * most.
   *
   * @return whether it is out, also in the table of this node
   */
  public boolean remove(String node) throws InterruptedException {
    try {
      return awaitVersion(announcer.remove(node), PATIENCE).isPresent();
    } catch (RoutingSender.NotSentException e) {
      LOG.warn("Could not take node {} out of the routing table: {}", node, e.getMessage());
      return false;
    }
  }

  /** Ends without a word: the node's entry stands, because it comes back soon. */
  public void closeForRestart() throws InterruptedException {
    announcer.close(true);
    follower.close();
  }

  /** Tells the others that the node leaves, if Kafka takes it within some seconds, and ends. */
  @Override
  public void close() throws InterruptedException {
    announcer.close();
    follower.close();
  }
}
