package dev.weir.store.ingest;

import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;

/**
 * Keeps an eye on the topic of a source: whether it is there, and whether it is still the same. One
 * thread.
 */
final class TopicCheck {

  private static final Duration INTERVAL = Duration.ofSeconds(5);
  private static final Duration TIMEOUT = Duration.ofSeconds(3);

  private final TopicWatch watch;
  private final Ticker ticker = new Ticker(INTERVAL);
  private Optional<TopicWatch.Facts> facts = Optional.empty();
  private @Nullable Uuid lastId;
  private boolean another;
  private @Nullable String problem;

  TopicCheck(TopicWatch watch) {
    this.watch = watch;
  }

  /** The topic as it was within the last seconds; empty if it is not there or not known. */
  Optional<TopicWatch.Facts> current() {
    another = false;
    if (ticker.isDue()) {
      refresh();
    }
    return facts;
  }

  /** The topic as it is now. */
  Optional<TopicWatch.Facts> refresh() {
    try {
      facts = watch.ask(TIMEOUT);
      problem = facts.isPresent() ? null : "the topic does not exist";
      Uuid id = facts.map(TopicWatch.Facts::id).orElse(Uuid.ZERO_UUID);
      another = lastId != null && !lastId.equals(id);
      lastId = id;
    } catch (InterruptException e) {
      throw e;
    } catch (KafkaException e) {
      problem = "Kafka does not describe the topic: " + e.getMessage();
    }
    return facts;
  }

  /** The next question is answered by Kafka, not from memory. */
  void forget() {
    ticker.hurry();
  }

  /** Whether the last look has found another topic than the one before, or none any more. */
  boolean isAnother() {
    return another;
  }

  /** What is wrong; null = nothing. */
  @Nullable String problem() {
    return problem;
  }
}
