package dev.weir.bench.ingest;

import dev.weir.bench.feed.ClientTraffic;
import dev.weir.bench.feed.SourceTopic;
import dev.weir.bench.stock.StockTable;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;

/** Kafka Streams as it comes. */
final class StockFlow implements Flow {
  private final SourceTopic topic;
  private final StockTable table;

  StockFlow(SourceTopic topic, Path directory) {
    this.topic = topic;
    this.table =
        new StockTable(
            topic.bootstrapServers(),
            "stock-" + directory.getFileName(),
            topic.name(),
            directory,
            Map.of(
                CommonClientConfigs.METRIC_REPORTER_CLASSES_CONFIG, ClientTraffic.class.getName()));
  }

  @Override
  public boolean started() {
    for (int partition = 0; partition < topic.partitions(); partition++) {
      if (table.has(partition, topic.partitions())) {
        return true;
      }
    }
    return false;
  }

  /** Each partition is applied in order: its last document stands for all before it. */
  @Override
  public boolean has(long documents) {
    for (long number = Math.max(0, documents - topic.partitions()); number < documents; number++) {
      if (!table.has(number, topic.partitions())) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void close() {
    table.close();
  }
}
