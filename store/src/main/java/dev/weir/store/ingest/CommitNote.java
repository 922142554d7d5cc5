package dev.weir.store.ingest;

import dev.weir.store.write.LogRecord.Origin;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;

/**
 * What a committed offset of a source belongs to; written as the metadata of the commit, because
 * the group's name and the topic's name may mean something else tomorrow.
 *
 * @param source id of the source: a dropped and newly declared source begins anew
 * @param revision revision of its mapping: a node that knows only an older one must not go on
 * @param topicId id of the topic: offsets of a recreated topic begin anew
 * @param partitions how many partitions the topic had when the source first started: later ones are
 *     read from their beginning
 */
record CommitNote(int source, int revision, Uuid topicId, int partitions) {

  private static final Pattern TEXT =
      Pattern.compile(
          "weir source=(\\d{1,9}) revision=(\\d{1,9}) topic=(\\S{22}) first=(\\d{1,9})");

  static CommitNote of(Origin origin, int partitions) {
    return new CommitNote(origin.source(), origin.revision(), origin.topicId(), partitions);
  }

  /** Whether it was written for the same source and topic. */
  boolean isOf(Origin origin) {
    return source == origin.source() && topicId.equals(origin.topicId());
  }

  String text() {
    return "weir source="
        + source
        + " revision="
        + revision
        + " topic="
        + topicId
        + " first="
        + partitions;
  }

  /** Reads it back; null if it is something else, such as an offset set by an operator's tool. */
  static @Nullable CommitNote parse(@Nullable String metadata) {
    Matcher m = TEXT.matcher(metadata == null ? "" : metadata);
    if (!m.matches()) {
      return null;
    }
    try {
      return new CommitNote(
          Integer.parseInt(m.group(1)),
          Integer.parseInt(m.group(2)),
          Uuid.fromString(m.group(3)),
          Integer.parseInt(m.group(4)));
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
