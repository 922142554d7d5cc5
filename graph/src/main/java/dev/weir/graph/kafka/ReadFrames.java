package dev.weir.graph.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Has frames deleted once they have been read: of a long run now and then, of others a while after
 * nobody listens any more. Who reads the same partition at another process, because its shard has
 * moved between two runs, must not be further behind than that. Confined to the reading thread.
 */
final class ReadFrames {

  /** A partition of a long run is trimmed whenever so much of it has been read. */
  private static final long TRIM_BYTES = 256L * 1024 * 1024;

  private final RecordTrimmer trimmer;
  private final Duration delay;
  private final Map<Integer, Mark> marks = new TreeMap<>();

  ReadFrames(RecordTrimmer trimmer, Duration delay) {
    this.trimmer = trimmer;
    this.delay = delay;
  }

  /** How far a partition has been read. */
  private static final class Mark {
    /** Behind the last record. */
    private long end;

    /** Where it was when the bytes began to be counted. */
    private long before;

    private long bytes;
  }

  /** A record was read, and whoever wanted it has it. */
  void read(ConsumerRecord<byte[], byte[]> record) {
    Mark mark = marks.computeIfAbsent(record.partition(), none -> new Mark());
    mark.end = record.offset() + 1;
    mark.bytes += Math.max(0, record.serializedValueSize());
    if (mark.bytes > TRIM_BYTES) {
      trimmer.deleteBefore(record.partition(), mark.before);
      mark.before = mark.end;
      mark.bytes = 0;
    }
  }

  /** Nobody here listens to these partitions any more. */
  void ended(Collection<Integer> partitions) {
    Executor later = CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS);
    for (int partition : partitions) {
      Mark mark = marks.get(partition);
      if (mark != null) {
        long end = mark.end;
        later.execute(() -> trimmer.deleteBefore(partition, end));
      }
    }
  }
}
