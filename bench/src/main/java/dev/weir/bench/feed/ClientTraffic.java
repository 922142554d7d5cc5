package dev.weir.bench.feed;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.DoubleAdder;
import org.apache.kafka.common.metrics.KafkaMetric;
import org.apache.kafka.common.metrics.MetricsReporter;

/**
 * Adds up what all Kafka clients of this process send, receive and ask, by their own metrics. Named
 * in a client's {@code metric.reporters}; the sums are of the process.
 */
public final class ClientTraffic implements MetricsReporter {
  private static final Set<String> GROUPS =
      Set.of("producer-metrics", "consumer-metrics", "admin-client-metrics");
  private static final Map<String, Set<KafkaMetric>> LIVE = new ConcurrentHashMap<>();
  private static final Map<String, DoubleAdder> GONE = new ConcurrentHashMap<>();

  /**
   * What has gone to and fro so far.
   *
   * @param bytesOut sent, Kafka's framing included
   * @param bytesIn received
   * @param requests sent
   */
  public record Total(double bytesOut, double bytesIn, double requests) {
    /** What came after {@code earlier}. */
    public Total since(Total earlier) {
      return new Total(
          bytesOut - earlier.bytesOut, bytesIn - earlier.bytesIn, requests - earlier.requests);
    }
  }

  /** The sums of this process. */
  public static Total total() {
    return new Total(sum("outgoing-byte-total"), sum("incoming-byte-total"), sum("request-total"));
  }

  private static double sum(String name) {
    DoubleAdder gone = GONE.get(name);
    double sum = gone == null ? 0 : gone.sum();
    for (KafkaMetric metric : LIVE.getOrDefault(name, Set.of())) {
      sum += value(metric);
    }
    return sum;
  }

  private static double value(KafkaMetric metric) {
    return metric.metricValue() instanceof Number number ? number.doubleValue() : 0;
  }

  private static boolean counts(KafkaMetric metric) {
    return GROUPS.contains(metric.metricName().group());
  }

  @Override
  public void init(List<KafkaMetric> metrics) {
    metrics.forEach(this::metricChange);
  }

  @Override
  public void metricChange(KafkaMetric metric) {
    if (counts(metric)) {
      LIVE.computeIfAbsent(metric.metricName().name(), n -> ConcurrentHashMap.newKeySet())
          .add(metric);
    }
  }

  @Override
  public void metricRemoval(KafkaMetric metric) {
    String name = metric.metricName().name();
    if (counts(metric) && LIVE.getOrDefault(name, Set.of()).remove(metric)) {
      GONE.computeIfAbsent(name, n -> new DoubleAdder()).add(value(metric));
    }
  }

  @Override
  public void configure(Map<String, ?> configs) {
    // Nothing to set.
  }

  @Override
  public void close() {
    // The sums stay readable.
  }
}
