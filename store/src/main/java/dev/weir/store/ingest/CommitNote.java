package dev.weir.store.ingest;

import dev.weir.store.write.LogRecord.Origin;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;

/**
 * What a committed offset of a source belongs to; written as the metadata of the commit, because
 * the group's name and the topic's name may mean something else tomorrow.
 *
 * @param log id of the application's log: one that was created anew is to be filled anew
 * @param source id of the source: a dropped and newly declared source begins anew
 * @param revision revision of its mapping: a node that knows only an older one must not go on
 * @param topicId id of the topic: offsets of a recreated topic begin anew
 * @param partitions how many partitions the topic had when the source first started: later ones are
 *     read from their beginning
 * @param begin offset at which this revision of a source that starts at the latest record began to
 *     read the partition; -1 = it is not known, or the source starts at the earliest record
 */
public record CommitNote(
    Uuid log, int source, int revision, Uuid topicId, int partitions, long begin) {

  private static final Pattern TEXT =
      Pattern.compile(
          "weir log=(\\S{22}) source=(\\d{1,9}) revision=(\\d{1,9}) topic=(\\S{22}) first=(\\d{1,9})"
              + "(?: begin=(\\d{1,18}))?");

  CommitNote(Uuid log, int source, int revision, Uuid topicId, int partitions) {
    this(log, source, revision, topicId, partitions, -1);
  }

  static CommitNote of(Uuid log, Origin origin, int partitions) {
    return new CommitNote(log, origin.source(), origin.revision(), origin.topicId(), partitions);
  }

  /** The same of a source that began at an offset. */
  CommitNote beginning(long offset) {
    return new CommitNote(log, source, revision, topicId, partitions, offset);
  }

  /** Whether an offset was committed for another log than this one. */
  static boolean isOfAnother(Uuid log, @Nullable OffsetAndMetadata committed) {
    CommitNote note = committed == null ? null : parse(committed.metadata());
    return note != null && !note.log.equals(log);
  }

  /** Whether it was written for the same source and topic. */
  boolean isOf(Origin origin) {
    return source == origin.source() && topicId.equals(origin.topicId());
  }

  String text() {
    return "weir log="
        + log
        + " source="
        + source
        + " revision="
        + revision
        + " topic="
        + topicId
        + " first="
        + partitions
        + (begin < 0 ? "" : " begin=" + begin);
  }

  /** Reads it back; null if it is something else, such as an offset set by an operator's tool. */
  public static @Nullable CommitNote parse(@Nullable String metadata) {
    Matcher m = TEXT.matcher(metadata == null ? "" : metadata);
    if (!m.matches()) {
      return null;
    }
    try {
      return new CommitNote(
          Uuid.fromString(m.group(1)),
          Integer.parseInt(m.group(2)),
          Integer.parseInt(m.group(3)),
          Uuid.fromString(m.group(4)),
          Integer.parseInt(m.group(5)),
          m.group(6) == null ? -1 : Long.parseLong(m.group(6)));
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
