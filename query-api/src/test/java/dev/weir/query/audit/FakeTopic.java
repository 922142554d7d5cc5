package dev.weir.query.audit;

import dev.weir.store.audit.AuditStoppedException;
import dev.weir.store.audit.AuditedTopic;
import dev.weir.store.audit.SourceRecord;
import dev.weir.store.audit.TopicFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;

/** A topic in memory, written to while it is read. Safe from any thread. */
final class FakeTopic implements AuditedTopic {
  static final Uuid ID = new Uuid(3, 4);

  /** Why it cannot be read; null = it can. */
  volatile @Nullable String fault;

  volatile boolean compacts;

  // Under "this", by partition.
  private final List<List<@Nullable SourceRecord>> records = new ArrayList<>();
  private final List<Long> starts = new ArrayList<>();
  private final List<Long> done = new ArrayList<>();
  private final List<Long> begins = new ArrayList<>();

  FakeTopic(int partitions) {
    for (int i = 0; i < partitions; i++) {
      records.add(new ArrayList<>());
      starts.add(0L);
      done.add(0L);
      begins.add(-1L);
    }
  }

  /** Appends a record and gives it. */
  synchronized SourceRecord append(
      int partition, long timestamp, byte @Nullable [] key, byte @Nullable [] value) {
    List<@Nullable SourceRecord> all = records.get(partition);
    SourceRecord record = new SourceRecord(partition, all.size(), timestamp, key, value);
    all.add(record);
    return record;
  }

  /** An offset that no reader sees, as the mark of a transaction. */
  synchronized void skip(int partition) {
    records.get(partition).add(null);
  }

  /** Takes a record out, as compaction does. */
  synchronized void compact(SourceRecord record) {
    records.get(record.partition()).set((int) record.offset(), null);
  }

  synchronized void truncate(int partition, long start) {
    starts.set(partition, start);
  }

  synchronized void begin(int partition, long offset) {
    begins.set(partition, offset);
  }

  /** Ingest has everything before an offset. */
  synchronized void done(int partition, long offset) {
    done.set(partition, offset);
  }

  synchronized long end(int partition) {
    return records.get(partition).size();
  }

  @Override
  public synchronized TopicFacts look() throws AuditStoppedException {
    check();
    return new TopicFacts(
        ID,
        compacts,
        IntStream.range(0, records.size())
            .mapToObj(
                i ->
                    new TopicFacts.Partition(
                        starts.get(i), records.get(i).size(), done.get(i), begins.get(i)))
            .toList());
  }

  @Override
  public List<Long> read(List<Long> from, List<Long> to, Taker taker) throws AuditStoppedException {
    check();
    for (int partition = 0; partition < from.size(); partition++) {
      for (long at = from.get(partition); at < to.get(partition); at++) {
        SourceRecord record = at(partition, at);
        if (record != null) {
          taker.take(record);
        }
      }
    }
    return from;
  }

  private synchronized @Nullable SourceRecord at(int partition, long offset) {
    return records.get(partition).get((int) offset);
  }

  private void check() throws AuditStoppedException {
    String why = fault;
    if (why != null) {
      throw new AuditStoppedException(why);
    }
  }

  @Override
  public void close() {}
}
