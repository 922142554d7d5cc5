package dev.weir.store.ingest;

import dev.weir.store.SourceDefinition.Start;
import dev.weir.store.write.LogRecord.Origin;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the sessions of partitions that have none. Belongs to the consumer's thread. */
final class SessionStarter {

  private static final Logger LOG = LoggerFactory.getLogger(SessionStarter.class);
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private final SourceContext context;
  private final Consumer<byte[], byte[]> consumer;
  private final Sessions sessions;
  private Watermarks.@Nullable Answer unanswered;

  SessionStarter(SourceContext context, Consumer<byte[], byte[]> consumer, Sessions sessions) {
    this.context = context;
    this.consumer = consumer;
    this.sessions = sessions;
  }

  /** What Kafka says about the partitions that are to begin. */
  private record Known(
      TopicWatch.Facts topic,
      Map<TopicPartition, OffsetAndMetadata> committed,
      Map<TopicPartition, Long> starts,
      Map<TopicPartition, Long> ends) {}

  /**
   * Opens what is due; partitions that cannot begin yet say why in their slot.
   *
   * @param topic the topic as it is now
   * @throws SourceStoppedException if records are missing
   */
  void startDue(TopicWatch.Facts topic) {
    NavigableMap<TopicPartition, Slot> due = new TreeMap<>(sessions.slots().comparator());
    sessions.slots().forEach((partition, slot) -> putIfDue(due, partition, slot));
    if (due.isEmpty()) {
      return;
    }
    unanswered = null;
    try {
      Known known = ask(topic, due.keySet());
      int first = firstPartitions(known);
      List<Opening> openings = new ArrayList<>();
      due.forEach((partition, slot) -> decide(partition, slot, known, first, openings));
      open(openings);
    } catch (InterruptException | SourceStoppedException e) {
      throw e;
    } catch (KafkaException e) {
      LOG.warn("{} cannot begin yet: {}", context.what(), e.toString());
      due.values().forEach(slot -> retryIfClosed(slot, "Kafka: " + e.getMessage()));
    }
  }

  private static void putIfDue(Map<TopicPartition, Slot> due, TopicPartition partition, Slot slot) {
    if (slot.isDue()) {
      due.put(partition, slot);
    }
  }

  private static void retryIfClosed(Slot slot, String reason) {
    if (slot.session() == null) {
      slot.retry(reason);
    }
  }

  private Known ask(TopicWatch.Facts topic, Collection<TopicPartition> partitions) {
    Set<TopicPartition> all =
        IntStream.range(0, topic.partitions())
            .mapToObj(i -> new TopicPartition(context.definition().topic(), i))
            .collect(Collectors.toSet());
    all.addAll(partitions);
    return new Known(
        topic,
        committed(all),
        consumer.beginningOffsets(partitions, TIMEOUT),
        consumer.endOffsets(partitions, TIMEOUT));
  }

  /** The group's offsets for this log; those for one that is gone would leave the new one empty. */
  private Map<TopicPartition, OffsetAndMetadata> committed(Set<TopicPartition> partitions) {
    Map<TopicPartition, OffsetAndMetadata> committed =
        new HashMap<>(consumer.committed(partitions, TIMEOUT));
    committed.values().removeIf(offset -> CommitNote.isOfAnother(context.target().logId(), offset));
    return committed;
  }

  private int firstPartitions(Known known) {
    List<String> notes = new ArrayList<>();
    for (OffsetAndMetadata offset : known.committed.values()) {
      if (offset != null) {
        notes.add(offset.metadata());
      }
    }
    return StartRule.firstPartitions(origin(known, 0), notes, known.topic.partitions());
  }

  private Origin origin(Known known, int partition) {
    return new Origin(
        context.definition().id(), context.definition().revision(), known.topic.id(), partition);
  }

  /**
   * A session that can begin.
   *
   * @param start where, with the metadata of its commits
   * @param isNew whether {@code start} is to be committed first
   */
  private record Opening(
      TopicPartition partition,
      Slot slot,
      PartitionSession.Subject subject,
      OffsetAndMetadata start,
      boolean isNew) {}

  private void decide(
      TopicPartition partition, Slot slot, Known known, int first, List<Opening> openings) {
    Long logStart = known.starts.get(partition);
    Long logEnd = known.ends.get(partition);
    if (logStart == null || logEnd == null) {
      slot.retry("Kafka does not know where partition " + partition.partition() + " begins");
      return;
    }
    Origin origin = origin(known, partition.partition());
    List<Watermarks.Answer> asked = new ArrayList<>(1);
    StartPoint point =
        StartRule.decide(
            origin,
            new StartRule.Partition(known.committed.get(partition), logStart, logEnd),
            context.definition().mapping().start(),
            first,
            () -> {
              asked.add(lowest(origin));
              return asked.get(0);
            });
    CommitNote note =
        CommitNote.of(context.target().logId(), origin, first).beginning(begin(point, asked));
    PartitionSession.Subject subject =
        new PartitionSession.Subject(
            context.definition(), context.mapping(), origin, note, slot.tooLarge());
    if (point instanceof StartPoint.NotYet notYet) {
      slot.retry(notYet.why());
    } else if (point instanceof StartPoint.Continue go) {
      openings.add(new Opening(partition, slot, subject, go.committed(), false));
    } else {
      OffsetAndMetadata start = new OffsetAndMetadata(offset(partition, point), note.text());
      openings.add(new Opening(partition, slot, subject, start, true));
    }
  }

  /**
   * Where a source that starts at the latest record began with this revision, for those who want to
   * know what it has brought; -1 = that is not known, or it reads all there is.
   */
  private long begin(StartPoint point, List<Watermarks.Answer> asked) {
    if (point instanceof StartPoint.Continue go) {
      CommitNote note = CommitNote.parse(go.committed().metadata());
      return note == null ? -1 : note.begin();
    }
    boolean resumed = asked.stream().anyMatch(Watermarks.Answer.Lowest.class::isInstance);
    return point instanceof StartPoint.Begin begin
            && context.definition().mapping().start() == Start.LATEST
            && !resumed
        ? begin.offset()
        : -1;
  }

  // Shards that do not answer for one partition are not asked for the next ones in the same round:
  // each question may take seconds, and the consumer has to poll again in time.
  private Watermarks.Answer lowest(Origin origin) {
    Watermarks.Answer answer =
        unanswered == null ? context.watermarks().lowest(origin) : unanswered;
    if (answer instanceof Watermarks.Answer.Unknown) {
      unanswered = answer;
    }
    return answer;
  }

  /** Where a partition without a usable group offset begins, if it may. */
  private long offset(TopicPartition partition, StartPoint point) {
    if (point instanceof StartPoint.Begin begin) {
      return begin.offset();
    }
    if (point instanceof StartPoint.Missing missing) {
      acceptOrStop(partition, missing);
      return missing.to();
    }
    StartPoint.Ahead ahead = (StartPoint.Ahead) point;
    throw new SourceStoppedException(
        place(partition)
            + " has been read up to offset "
            + ahead.committed()
            + ", and it ends at "
            + ahead.end()
            + ": the topic has lost its end. Declare the source under a new name to read what it"
            + " holds now");
  }

  private void acceptOrStop(TopicPartition partition, StartPoint.Missing missing) {
    String range =
        place(partition)
            + ": the records "
            + missing.from()
            + " to "
            + (missing.to() - 1)
            + " were deleted from the topic before they were read";
    if (!context.acceptsLoss()) {
      throw new SourceStoppedException(
          range
              + ". To go on without them, name the source in ingest.acceptLostRecords; to prevent"
              + " it, raise the topic's retention");
    }
    LOG.warn("{}; this is accepted by ingest.acceptLostRecords", range);
    context.meters().count(RecordOutcome.LOST, missing.to() - missing.from());
  }

  private String place(TopicPartition partition) {
    return context.what() + ", partition " + partition.partition();
  }

  // Start offsets are committed before anything is sent: without that, a source that starts at the
  // latest record would start later once more after a crash.
  private void open(List<Opening> openings) {
    Map<TopicPartition, OffsetAndMetadata> starts = new HashMap<>();
    for (Opening opening : openings) {
      if (opening.isNew()) {
        LOG.info("{} begins at offset {}", place(opening.partition()), opening.start().offset());
        starts.put(opening.partition(), opening.start());
      }
    }
    if (!starts.isEmpty()) {
      consumer.commitSync(starts, TIMEOUT);
    }
    for (Opening opening : openings) {
      long offset = opening.start().offset();
      consumer.seek(opening.partition(), opening.start());
      PartitionSession session =
          new PartitionSession(opening.subject(), context.target(), context.meters(), offset);
      opening.slot().open(session, offset);
    }
  }
}
