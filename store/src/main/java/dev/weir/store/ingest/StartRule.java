package dev.weir.store.ingest;

import dev.weir.store.SourceDefinition.Start;
import dev.weir.store.write.LogRecord.Origin;
import java.util.Collection;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Decides where a session begins; a pure function of what Kafka and the shards say.
 *
 * <p>A new revision of a source that starts at the earliest record reads the whole topic again, so
 * that all documents are as the newest mapping makes them; one that starts at the latest record
 * goes on where the revision before it stopped.
 */
final class StartRule {

  private StartRule() {}

  /**
   * A partition as Kafka shows it.
   *
   * @param committed the group's offset; null = none
   * @param logStart first offset that is there
   * @param logEnd offset after the last one
   */
  record Partition(@Nullable OffsetAndMetadata committed, long logStart, long logEnd) {}

  /**
   * Decides.
   *
   * @param start where the source begins if it has no history
   * @param firstPartitions how many partitions the topic had when the source first started
   * @param watermarks asked only if the group's offset does not say it
   */
  static StartPoint decide(
      Origin origin,
      Partition partition,
      Start start,
      int firstPartitions,
      Supplier<Watermarks.Answer> watermarks) {
    OffsetAndMetadata committed = partition.committed();
    CommitNote note = committed == null ? null : CommitNote.parse(committed.metadata());
    boolean another = note != null && !note.isOf(origin);
    if (committed != null && !another) {
      if (note != null && note.revision() > origin.revision()) {
        return new StartPoint.NotYet(
            "another node already uses revision "
                + note.revision()
                + " of the source, this one knows revision "
                + origin.revision());
      }
      return within(committed, note, origin, partition, start);
    }
    Watermarks.Answer answer = watermarks.get();
    if (answer instanceof Watermarks.Answer.Unknown unknown) {
      return new StartPoint.NotYet(unknown.why());
    }
    if (answer instanceof Watermarks.Answer.Lowest lowest) {
      return after(lowest.offset(), partition);
    }
    boolean appearedLater = origin.partition() >= firstPartitions || isRecreated(note, origin);
    return start == Start.LATEST && !appearedLater
        ? new StartPoint.Begin(partition.logEnd())
        : new StartPoint.Begin(partition.logStart());
  }

  /**
   * How many partitions the topic had when the source first started.
   *
   * @param metadata of the group's offsets of all partitions
   * @param now how many it has now: the answer if the source has not started yet
   */
  static int firstPartitions(Origin origin, Collection<String> metadata, int now) {
    int first = now;
    for (String text : metadata) {
      CommitNote note = CommitNote.parse(text);
      if (note != null && note.isOf(origin)) {
        first = Math.min(first, note.partitions());
      }
    }
    return first;
  }

  private static boolean isRecreated(@Nullable CommitNote note, Origin origin) {
    return note != null && note.source() == origin.source();
  }

  // A commit without this revision's note is replaced before the first record is sent, or a node
  // that knows only the older revision could go on from it.
  private static StartPoint within(
      OffsetAndMetadata committed,
      @Nullable CommitNote note,
      Origin origin,
      Partition partition,
      Start start) {
    if (committed.offset() < partition.logStart()) {
      return new StartPoint.Missing(committed.offset(), partition.logStart());
    }
    if (committed.offset() > partition.logEnd()) {
      return new StartPoint.Ahead(committed.offset(), partition.logEnd());
    }
    if (note == null) {
      return new StartPoint.Begin(committed.offset());
    }
    if (note.revision() == origin.revision()) {
      return new StartPoint.Continue(committed);
    }
    return new StartPoint.Begin(
        start == Start.EARLIEST ? partition.logStart() : committed.offset());
  }

  private static StartPoint after(long watermark, Partition partition) {
    long next = watermark + 1;
    if (next < partition.logStart()) {
      return new StartPoint.Missing(next, partition.logStart());
    }
    if (next > partition.logEnd()) {
      return new StartPoint.Ahead(next, partition.logEnd());
    }
    return new StartPoint.Begin(next);
  }
}
