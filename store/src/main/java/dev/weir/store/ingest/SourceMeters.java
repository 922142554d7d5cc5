package dev.weir.store.ingest;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/** Counts and metrics of one source on this node. Thread-safe. */
final class SourceMeters implements AutoCloseable {

  private final MeterRegistry registry;
  private final String source;
  private final Map<RecordOutcome, LongAdder> counts = new EnumMap<>(RecordOutcome.class);
  private final Map<RecordOutcome, Counter> records = new EnumMap<>(RecordOutcome.class);
  private final Map<PoisonReason, Counter> deadLetters = new EnumMap<>(PoisonReason.class);
  private final List<Meter> meters = new ArrayList<>();

  SourceMeters(MeterRegistry registry, String source) {
    this.registry = registry;
    this.source = source;
    for (RecordOutcome outcome : RecordOutcome.values()) {
      counts.put(outcome, new LongAdder());
      records.put(
          outcome,
          Counter.builder("weir.ingest.records")
              .description("Records of a source by what became of them")
              .tag("source", source)
              .tag("outcome", outcome.text())
              .register(registry));
    }
    for (PoisonReason reason : PoisonReason.values()) {
      deadLetters.put(
          reason,
          Counter.builder("weir.dead.letters")
              .description("Records that could not be mapped, by class of fault; repeats included")
              .tag("source", source)
              .tag("reason", reason.text())
              .register(registry));
    }
    meters.addAll(records.values());
    meters.addAll(deadLetters.values());
  }

  /** Shows the lag and whether the source is held back. */
  void gauges(LongSupplier lag, LongSupplier paused) {
    meters.add(
        Gauge.builder("weir.ingest.lag", lag, LongSupplier::getAsLong)
            .description("Records of the source's partitions on this node that are not read yet")
            .tag("source", source)
            .strongReference(true)
            .register(registry));
    meters.add(
        Gauge.builder("weir.ingest.paused", paused, LongSupplier::getAsLong)
            .description("1 while the source waits for shards that lag, else 0")
            .tag("source", source)
            .strongReference(true)
            .register(registry));
  }

  void count(RecordOutcome outcome, long number) {
    if (number > 0) {
      of(counts, outcome).add(number);
      of(records, outcome).increment((double) number);
    }
  }

  void deadLetter(PoisonReason reason) {
    of(deadLetters, reason).increment();
  }

  SourceStatus.Counts counts() {
    return new SourceStatus.Counts(
        sum(RecordOutcome.APPENDED),
        sum(RecordOutcome.DEAD_LETTER),
        sum(RecordOutcome.SKIPPED),
        sum(RecordOutcome.LOST));
  }

  private long sum(RecordOutcome outcome) {
    return of(counts, outcome).sum();
  }

  // Every constant is put in by the constructor.
  private static <K, V> V of(Map<K, V> complete, K key) {
    return Objects.requireNonNull(complete.get(key));
  }

  /** Takes the metrics out of the registry. */
  @Override
  public void close() {
    meters.forEach(registry::remove);
  }
}
