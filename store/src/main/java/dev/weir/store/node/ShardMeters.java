package dev.weir.store.node;

import dev.weir.store.ShardStatus;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** The metrics of the shards that this node holds; labels are bounded by the number of shards. */
final class ShardMeters {
  private static final long INTERVAL_SECONDS = 2;

  private final Supplier<List<ShardStatus>> shards;
  private final MultiGauge size;
  private final MultiGauge position;
  private final MultiGauge lag;
  private final MultiGauge serving;

  ShardMeters(MeterRegistry meters, Supplier<List<ShardStatus>> shards, Supplier<Number> memory) {
    this.shards = shards;
    this.size =
        MultiGauge.builder("weir.shard.size")
            .description("Estimated bytes of a shard's state on disk and in memtables")
            .baseUnit("bytes")
            .register(meters);
    this.position =
        MultiGauge.builder("weir.shard.position")
            .description("Offset of the last log record folded into a shard's state")
            .register(meters);
    this.lag =
        MultiGauge.builder("weir.shard.lag")
            .description("Records of a shard's log that are not folded yet")
            .baseUnit("records")
            .register(meters);
    this.serving =
        MultiGauge.builder("weir.shard.serving")
            .description("1 if the shard answers queries on this node, else 0")
            .register(meters);
    Gauge.builder("weir.rocksdb.memory", memory)
        .description("Bytes of the memory budget that RocksDB uses for blocks and memtables")
        .baseUnit("bytes")
        .register(meters);
  }

  void start(ScheduledExecutorService executor) {
    Future<?> unused =
        executor.scheduleWithFixedDelay(this::update, 0, INTERVAL_SECONDS, TimeUnit.SECONDS);
  }

  private void update() {
    List<ShardStatus> now = shards.get();
    size.register(rows(now, ShardStatus::sizeBytes), true);
    position.register(rows(now, s -> s.position().offset()), true);
    lag.register(rows(now, ShardStatus::lag), true);
    serving.register(rows(now, s -> s.serving() ? 1 : 0), true);
  }

  private static List<Row<?>> rows(List<ShardStatus> shards, ToDoubleFunction<ShardStatus> value) {
    return shards.stream().<Row<?>>map(shard -> row(shard, value)).toList();
  }

  private static Row<Number> row(ShardStatus shard, ToDoubleFunction<ShardStatus> value) {
    Tags tags =
        Tags.of("shard", "" + shard.shard(), "role", shard.role().name().toLowerCase(Locale.ROOT));
    return Row.of(tags, value.applyAsDouble(shard));
  }
}
