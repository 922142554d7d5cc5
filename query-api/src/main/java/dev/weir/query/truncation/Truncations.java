package dev.weir.query.truncation;

import dev.weir.query.ClusterView;
import dev.weir.store.truncation.LogTruncator;
import dev.weir.store.truncation.ReplicaPositions;
import dev.weir.store.truncation.TruncationReport;
import dev.weir.store.truncation.TruncationRule;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs passes over the log on a thread of its own: as often as configured at the node whose turn it
 * is, and on demand at any. Safe from any thread.
 */
public final class Truncations implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Truncations.class);

  private final Pass pass;
  private final TruncationRule rule;
  private final ClusterReplicas replicas;
  private final Counter records;
  private final Counter reclaimed;
  private final Counter failures;
  private volatile @Nullable TruncationReport last;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread made = new Thread(task, "weir-truncation");
            made.setDaemon(true);
            return made;
          });

  /** One look at the whole log, and its cut. */
  @FunctionalInterface
  public interface Pass {
    /** See {@link dev.weir.store.truncation.Truncation#run}. */
    TruncationReport run(TruncationRule rule, ReplicaPositions replicas, boolean dryRun)
        throws IOException, InterruptedException;
  }

  /**
   * Passes of a node; {@link #start} begins with the schedule.
   *
   * @param pass looks at the log and cuts it
   * @param absences nodes that are not there any more
   */
  public Truncations(
      Pass pass,
      TruncationRule rule,
      Supplier<CompletableFuture<ClusterView>> cluster,
      Absences absences,
      Clock clock,
      MeterRegistry meters) {
    this.pass = pass;
    this.rule = rule;
    this.replicas = new ClusterReplicas(cluster, absences, rule.forgetAfter(), clock);
    this.records =
        Counter.builder("weir.truncation.records")
            .description("Records given up at the beginning of the log")
            .register(meters);
    this.reclaimed =
        Counter.builder("weir.truncation.reclaimed")
            .description("Bytes by which the log was smaller at a pass than at the one before")
            .baseUnit("bytes")
            .register(meters);
    this.failures =
        Counter.builder("weir.truncation.failures")
            .description("Passes that could not be made, and shards whose log Kafka did not cut")
            .register(meters);
    Gauge.builder("weir.log.size", this, Truncations::size)
        .description("Bytes of the log on Kafka's disks, one copy; NaN before the first pass")
        .baseUnit("bytes")
        .register(meters);
  }

  /**
   * Begins with the schedule.
   *
   * @param every how often; positive
   * @param turn whether this node is the one to do it now
   */
  public void start(Duration every, BooleanSupplier turn) {
    Future<?> unused =
        thread.scheduleWithFixedDelay(
            () -> {
              if (turn.getAsBoolean()) {
                scheduled();
              }
            },
            every.toMillis(),
            every.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  private void scheduled() {
    try {
      pass(false);
    } catch (CompletionException e) {
      LOG.warn("The log was not looked at: {}", reason(e));
    }
  }

  /**
   * Makes a pass as soon as the thread is free.
   *
   * @param dryRun whether nothing is to be cut
   * @return what it came to; fails with an {@link IOException} if Kafka or the repository cannot be
   *     asked
   */
  public CompletableFuture<TruncationReport> run(boolean dryRun) {
    return CompletableFuture.supplyAsync(() -> pass(dryRun), thread);
  }

  /** Why a pass could not be made, as its failed future tells. */
  public static String reason(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    return String.valueOf(cause);
  }

  /** The last pass of this node; empty if it has made none. */
  public Optional<TruncationReport> last() {
    return Optional.ofNullable(last);
  }

  private TruncationReport pass(boolean dryRun) {
    try {
      TruncationReport report = pass.run(rule, replicas, dryRun);
      count(report);
      last = report;
      return report;
    } catch (IOException | RuntimeException e) {
      failures.increment();
      throw new CompletionException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CompletionException(new IOException("the node is closing", e));
    }
  }

  private void count(TruncationReport report) {
    report
        .truncated()
        .forEach(
            step -> {
              records.increment((double) step.records());
              LOG.info(
                  "The log of shard {} begins at {} now, {} records later",
                  step.shard(),
                  step.before(),
                  step.records());
            });
    report
        .results()
        .forEach(
            (shard, result) -> {
              if (result instanceof LogTruncator.Result.Failed failed) {
                failures.increment();
                LOG.warn("The log of shard {} was not cut: {}", shard, failed.reason());
              }
            });
    TruncationReport before = last;
    if (before != null) {
      reclaimed.increment((double) shrunk(before.bytes(), report.bytes()));
    }
  }

  private static long shrunk(Map<Integer, Long> before, Map<Integer, Long> after) {
    return before.entrySet().stream()
        .mapToLong(e -> Math.max(0, e.getValue() - after.getOrDefault(e.getKey(), e.getValue())))
        .sum();
  }

  private double size() {
    TruncationReport report = last;
    return report == null || report.bytes().isEmpty()
        ? Double.NaN
        : (double) report.bytes().values().stream().mapToLong(Long::longValue).sum();
  }

  /** Ends after the call to Kafka that is under way. */
  @Override
  public void close() {
    thread.shutdownNow();
  }
}
