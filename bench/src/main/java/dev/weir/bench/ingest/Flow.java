package dev.weir.bench.ingest;

import dev.weir.bench.feed.SourceTopic;
import java.nio.file.Path;

/** Something that makes a source topic queryable. */
interface Flow extends AutoCloseable {

  /** Whether any document has arrived. */
  boolean started();

  /** Whether the first {@code documents} documents of the topic can be read. */
  boolean has(long documents);

  @Override
  void close();

  /** The flows that are compared. */
  enum Kind {
    /** {@code builder.table} of Kafka Streams. */
    STOCK {
      @Override
      Flow start(SourceTopic topic, Path directory) {
        return new StockFlow(topic, directory);
      }
    },
    /** Weir, from the source topic. */
    WEIR {
      @Override
      Flow start(SourceTopic topic, Path directory) throws Exception {
        return WeirFlow.fromSource(topic, directory);
      }
    },
    /** Weir, from a log that {@link #WEIR} has filled in a directory of the same name. */
    WEIR_LOG {
      @Override
      Flow start(SourceTopic topic, Path directory) throws Exception {
        return WeirFlow.fromLog(topic, directory);
      }
    };

    /** Starts it in a directory; one that was closed goes on where it was. */
    abstract Flow start(SourceTopic topic, Path directory) throws Exception;
  }
}
