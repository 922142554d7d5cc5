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

/** Metrics of the JVM and of Kafka's clients. */
final class RuntimeMeters implements AutoCloseable {

  private final JvmGcMetrics collections = new JvmGcMetrics();
  private final KafkaStreamsMetrics kafka;

  RuntimeMeters(MeterRegistry registry, KafkaStreams streams) {
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ClassLoaderMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    collections.bindTo(registry);
    this.kafka = new KafkaStreamsMetrics(streams);
    kafka.bindTo(registry);
  }

  @Override
  public void close() {
    collections.close();
    kafka.close();
  }
}
