package dev.weir.store.bootstrap;

import dev.weir.store.snapshot.Transfer;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;

/** What is on its way, and what has arrived since the node started. */
final class BootstrapMeters {
  private final Timer transfers;
  private final Timer waits;
  private final Counter bytes;
  private final Counter spared;

  BootstrapMeters(MeterRegistry meters, Map<Integer, Shipment> shipments) {
    Gauge.builder("weir.bootstrap.shards", shipments, Map::size)
        .description("Shards whose state is on its way to this node")
        .register(meters);
    Gauge.builder("weir.bootstrap.fetched", shipments, s -> sum(s, t -> t.fetched() + t.kept()))
        .description("Bytes that have arrived of the state that is on its way")
        .baseUnit("bytes")
        .register(meters);
    Gauge.builder("weir.bootstrap.total", shipments, s -> sum(s, Transfer::total))
        .description("Bytes of the state that is on its way")
        .baseUnit("bytes")
        .register(meters);
    transfers =
        Timer.builder("weir.bootstrap.transfer")
            .description("From asking for a shard's state until it was here and verified")
            .register(meters);
    waits =
        Timer.builder("weir.bootstrap.waiting")
            .description("Time that the state of a shard was here before it was used")
            .register(meters);
    bytes =
        Counter.builder("weir.bootstrap.arrived")
            .description("Bytes fetched of states that have arrived")
            .baseUnit("bytes")
            .register(meters);
    spared =
        Counter.builder("weir.bootstrap.spared")
            .description("Records that need not be folded because states have arrived")
            .baseUnit("records")
            .register(meters);
  }

  private static double sum(Map<Integer, Shipment> shipments, ToLongFunction<Transfer> of) {
    return (double) shipments.values().stream().mapToLong(s -> of.applyAsLong(s.transfer)).sum();
  }

  void arrived(Transfer transfer, long nanos, long offset) {
    transfers.record(nanos, TimeUnit.NANOSECONDS);
    bytes.increment((double) transfer.fetched());
    spared.increment((double) (offset + 1));
  }

  void used(long waitedNanos) {
    waits.record(waitedNanos, TimeUnit.NANOSECONDS);
  }
}
