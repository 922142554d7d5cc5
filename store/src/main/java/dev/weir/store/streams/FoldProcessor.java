package dev.weir.store.streams;

import dev.weir.store.write.LogEntry;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** Hands the records of the log to the store's fold; its life is the shard's time as active. */
final class FoldProcessor implements Processor<byte[], byte[], Void, Void> {
  private final String storeName;
  private final LogHeads heads;
  private @Nullable ProcessorContext<Void, Void> context;
  private @Nullable Shard shard;

  FoldProcessor(String storeName, LogHeads heads) {
    this.storeName = storeName;
    this.heads = heads;
  }

  @Override
  public void init(ProcessorContext<Void, Void> processorContext) {
    context = processorContext;
    ShardStore store = processorContext.getStateStore(storeName);
    shard = store.open();
    shard.activate();
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    if (context == null || shard == null) {
      throw new IllegalStateException("processing before init");
    }
    RecordMetadata metadata =
        context
            .recordMetadata()
            .orElseThrow(() -> new IllegalStateException("a log record without its offset"));
    LogHeads.Head head = heads.of(metadata.partition(), metadata.offset());
    shard.process(
        new LogEntry(
            metadata.offset(),
            head.leaderEpoch(),
            record.timestamp(),
            record.key(),
            record.value()),
        head.moreQueued());
  }

  @Override
  public void close() {
    if (shard != null) {
      shard.deactivate();
      shard = null;
    }
  }
}
