package dev.weir.store.ingest;

import dev.weir.store.Operation;
import dev.weir.store.write.LogRecord;
import dev.weir.store.write.LogRecord.Origin;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a shard does with the records of sources, written down as plainly as possible. */
final class ReferenceFold {

  private final boolean checkPrev;
  private final Map<Origin, Long> watermarks = new HashMap<>();
  private final List<LogRecord.Ingested> applied = new ArrayList<>();
  private final Map<Object, byte[]> documents = new HashMap<>();

  /**
   * Creates an empty shard.
   *
   * @param checkPrev false = a broken fold that does not look at prev
   */
  ReferenceFold(boolean checkPrev) {
    this.checkPrev = checkPrev;
  }

  synchronized void fold(LogRecord.Ingested record) {
    Origin origin = record.origin();
    boolean outdated =
        watermarks.keySet().stream()
            .anyMatch(met -> isSamePlace(met, origin) && met.revision() > origin.revision());
    if (outdated) {
      return;
    }
    long watermark = watermarks.getOrDefault(origin, -1L);
    boolean chained = record.prev() == LogRecord.FIRST || record.prev() <= watermark || !checkPrev;
    if (record.seq() <= watermark || !chained) {
      return;
    }
    watermarks.put(origin, record.seq());
    applied.add(record);
    if (record.operation() instanceof Operation.Put put) {
      documents.put(put.key(), put.value());
    } else if (record.operation() instanceof Operation.Delete delete) {
      documents.remove(delete.key());
    }
  }

  private static boolean isSamePlace(Origin a, Origin b) {
    return a.source() == b.source()
        && a.topicId().equals(b.topicId())
        && a.partition() == b.partition();
  }

  /** Offsets of an origin's records that took effect, in the order in which they did. */
  synchronized List<Long> applied(Origin origin) {
    return applied.stream()
        .filter(r -> r.origin().equals(origin))
        .map(LogRecord.Ingested::seq)
        .toList();
  }

  synchronized List<LogRecord.Ingested> applied() {
    return List.copyOf(applied);
  }

  synchronized Map<Object, byte[]> documents() {
    return Map.copyOf(documents);
  }
}
