package dev.weir.query.server;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import org.apache.kafka.streams.KafkaStreams;
import org.jspecify.annotations.Nullable;

/** Metrics of the JVM and of Kafka's clients. */
final class RuntimeMeters implements AutoCloseable {

  private final JvmGcMetrics collections = new JvmGcMetrics();
  private final MeterRegistry registry;
  private @Nullable KafkaStreamsMetrics kafka; // under "this"

  RuntimeMeters(MeterRegistry registry) {
    this.registry = registry;
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ClassLoaderMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    collections.bindTo(registry);
  }

  /** Shows the metrics of an instance of Kafka Streams, in place of those of the one before. */
  synchronized void follow(KafkaStreams streams) {
    KafkaStreamsMetrics before = kafka;
    if (before != null) {
      before.close();
    }
    KafkaStreamsMetrics next = new KafkaStreamsMetrics(streams);
    next.bindTo(registry);
    kafka = next;
  }

  @Override
  public synchronized void close() {
    collections.close();
    KafkaStreamsMetrics last = kafka;
    if (last != null) {
      last.close();
    }
  }
}
