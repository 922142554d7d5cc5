package dev.weir.query.changes;

import dev.weir.query.Database;
import dev.weir.query.SharedKey;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * All who follow collections from this node. However many follow a shard, it is asked once. Safe
 * from any thread.
 */
public final class Subscriptions implements MeterBinder, AutoCloseable {
  private static final int THREADS = 2;
  private static final int FEW = 100;
  private static final long FEW_BYTES = 64L << 20;

  private final ScheduledExecutorService threads;
  private final Sources sources;
  private final PlaceTokens tokens;
  private final int most;
  private final ConcurrentHashMap<Shard, Feed> feeds = new ConcurrentHashMap<>();
  private final Set<Subscription> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger count = new AtomicInteger();
  private final AtomicLong waiting = new AtomicLong();
  private final long mostWaiting;

  private record Shard(int collection, int shard) {}

  /**
   * Nobody follows anything yet.
   *
   * @param tokens issues and reads their places
   * @param most subscriptions at a time
   * @param mostWaiting bytes of events that may wait for all who follow together; beyond it each
   *     may let only a little wait
   */
  public Subscriptions(Database database, PlaceTokens tokens, int most, long mostWaiting) {
    this.threads = Executors.newScheduledThreadPool(THREADS, daemons());
    this.sources = new Sources(database, threads);
    this.tokens = tokens;
    this.most = most;
    this.mostWaiting = mostWaiting;
  }

  @Override
  public void bindTo(MeterRegistry metrics) {
    Gauge.builder("weir.subscriptions", count, AtomicInteger::get)
        .description("Who follows collections from this node")
        .register(metrics);
    Gauge.builder("weir.subscriptions.waiting", waiting, AtomicLong::get)
        .description("Events that wait for those who follow")
        .baseUnit("bytes")
        .register(metrics);
  }

  /** A few subscriptions, whose places are of use in this process only. */
  public static Subscriptions few(Database database) {
    byte[] secret = new byte[SharedKey.MIN_BYTES];
    new SecureRandom().nextBytes(secret);
    return new Subscriptions(database, new PlaceTokens(SharedKey.of(secret), 0), FEW, FEW_BYTES);
  }

  /** Issues and reads places. */
  public PlaceTokens tokens() {
    return tokens;
  }

  private static ThreadFactory daemons() {
    AtomicInteger number = new AtomicInteger();
    return work -> {
      Thread thread = new Thread(work, "weir-changes-" + number.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }

  /**
   * Begins to follow.
   *
   * @param after where an earlier subscription to the same had got; null = from the beginning
   * @return empty if there are too many subscriptions already, or the node is closing
   */
  public Optional<Subscription> open(Wish wish, @Nullable Place after) {
    if (threads.isShutdown()) {
      return Optional.empty();
    }
    if (count.incrementAndGet() > most) {
      count.decrementAndGet();
      return Optional.empty();
    }
    Subscription subscription = new Subscription(this, sources, wish, after);
    open.add(subscription);
    sources.run(subscription::goOn);
    return Optional.of(subscription);
  }

  /** Subscriptions that are open. */
  public int size() {
    return count.get();
  }

  /** Most subscriptions at a time. */
  public int most() {
    return most;
  }

  /** More bytes wait for one of them, or fewer. */
  void waits(long bytes) {
    waiting.addAndGet(bytes);
  }

  /** Whether so much waits that each may let only a little wait. */
  boolean isCrowded() {
    return waiting.get() > mostWaiting;
  }

  /** Bytes of events that wait. */
  long waiting() {
    return waiting.get();
  }

  void run(Runnable work) {
    sources.run(work);
  }

  Feed feed(int collection, int shard) {
    return feeds.computeIfAbsent(
        new Shard(collection, shard), each -> new Feed(sources, collection, shard));
  }

  void closed(Subscription subscription) {
    if (open.remove(subscription)) {
      count.decrementAndGet();
    }
  }

  /** Ends all subscriptions: those who follow are told to go on at another node. */
  @Override
  public void close() {
    open.forEach(subscription -> subscription.end(Event.End.CLOSING));
    threads.shutdown(); // what is to be done yet tells of the end
  }
}
