package dev.weir.store.log;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.common.KafkaFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether Kafka answers this node, asked all the time: what cannot be done without Kafka is refused
 * at once then, instead of after its time is over. A single question that goes unanswered says
 * nothing yet. Safe from any thread.
 */
public final class KafkaReach {
  private static final Logger LOG = LoggerFactory.getLogger(KafkaReach.class);
  private static final Duration INTERVAL = Duration.ofMillis(300);
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  /** Between an answer and the failure of the question after it. */
  private static final Duration LONGEST = INTERVAL.plus(PATIENCE).plusMillis(500);

  private static final Duration GRACE = Duration.ofSeconds(2);

  private final Supplier<KafkaFuture<?>> question;
  private final LongSupplier clock;
  private final List<Runnable> silenceListeners = new CopyOnWriteArrayList<>();

  /** When Kafka answered last, while the newest question has failed; else empty. */
  private volatile Optional<Long> silentSince = Optional.empty();

  private volatile long lastAnswer;

  /** Asks with an admin client, which stays the caller's. */
  public KafkaReach(Admin admin) {
    this(
        () ->
            admin
                .describeCluster(new DescribeClusterOptions().timeoutMs((int) PATIENCE.toMillis()))
                .clusterId(),
        System::nanoTime);
  }

  /**
   * Asks whatever is given.
   *
   * @param question completes, with whatever, once Kafka has answered
   * @param clock nanoseconds since some fixed moment
   */
  public KafkaReach(Supplier<KafkaFuture<?>> question, LongSupplier clock) {
    this.question = question;
    this.clock = clock;
    this.lastAnswer = clock.getAsLong();
  }

  /** Begins to ask, until the executor ends. */
  public void start(ScheduledExecutorService executor) {
    ask(executor);
  }

  /** Whether Kafka answers, as far as is known now. */
  public boolean reachable() {
    return silence().isEmpty();
  }

  /** For how long Kafka has not answered; empty while it does. */
  public Optional<Duration> silence() {
    return silentSince
        .map(since -> Duration.ofNanos(clock.getAsLong() - since))
        .filter(silence -> silence.compareTo(GRACE) > 0);
  }

  /** Has something run, soon and again and again, while Kafka does not answer; it is quick. */
  public void whileSilent(Runnable action) {
    silenceListeners.add(action);
  }

  private void ask(ScheduledExecutorService executor) {
    try {
      KafkaFuture<?> unused =
          question
              .get()
              .whenComplete(
                  (answer, failure) -> {
                    answered(failure == null);
                    later(executor);
                  });
    } catch (RuntimeException e) {
      LOG.debug("Kafka could not be asked", e);
      answered(false);
      later(executor);
    }
  }

  private void later(ScheduledExecutorService executor) {
    if (!reachable()) {
      silenceListeners.forEach(Runnable::run);
    }
    try {
      Future<?> unused =
          executor.schedule(() -> ask(executor), INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      LOG.debug("Not asking Kafka any more: the node is closing");
    }
  }

  void answered(boolean reached) {
    boolean was = silentSince.isEmpty();
    if (reached) {
      lastAnswer = clock.getAsLong();
      silentSince = Optional.empty();
    } else if (was) {
      // A node that was asleep has not waited for Kafka all that time.
      silentSince = Optional.of(Math.max(lastAnswer, clock.getAsLong() - LONGEST.toNanos()));
    }
    if (was != reached) {
      LOG.info("Kafka {}", reached ? "answers again" : "does not answer");
    }
  }
}
