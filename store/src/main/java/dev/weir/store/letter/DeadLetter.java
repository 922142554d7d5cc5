package dev.weir.store.letter;

import java.time.Instant;
import java.util.List;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * A record of a source that could not be taken.
 *
 * @param id its offset among the dead letters
 * @param keptAt when it was put there
 * @param source name of the source
 * @param reason stable name of what was wrong, such as {@code invalid-value}
 * @param detail the same for people
 * @param origin where it came from
 * @param content the record itself
 * @param replayed whether it was sent again to where it came from
 */
public record DeadLetter(
    long id,
    Instant keptAt,
    String source,
    String reason,
    String detail,
    Origin origin,
    Content content,
    boolean replayed) {

  /**
   * Where a record was.
   *
   * @param timestamp of the record, in milliseconds since the epoch; -1 = it had none
   */
  public record Origin(String topic, int partition, long offset, long timestamp) {}

  /**
   * What a record held.
   *
   * @param key shared, do not modify; null = it had none, or it is omitted
   * @param value the same
   * @param headers of the record, without those that say why it is here; do not modify
   * @param omitted what was too large to be kept: {@code key}, {@code value}, {@code headers}; do
   *     not modify
   */
  public record Content(
      byte @Nullable [] key, byte @Nullable [] value, List<Header> headers, List<String> omitted) {}

  /** Reads one. */
  static DeadLetter of(ConsumerRecord<byte[], byte[]> record) {
    Headers all = record.headers();
    List<Header> own =
        StreamSupport.stream(all.spliterator(), false)
            .filter(header -> !header.key().startsWith(LetterHeaders.PREFIX))
            .toList();
    return new DeadLetter(
        record.offset(),
        Instant.ofEpochMilli(record.timestamp()),
        LetterHeaders.text(all, LetterHeaders.SOURCE).orElse(""),
        LetterHeaders.text(all, LetterHeaders.REASON).orElse(""),
        LetterHeaders.text(all, LetterHeaders.DETAIL).orElse(""),
        new Origin(
            LetterHeaders.text(all, LetterHeaders.TOPIC).orElse(""),
            (int) LetterHeaders.number(all, LetterHeaders.PARTITION),
            LetterHeaders.number(all, LetterHeaders.OFFSET),
            LetterHeaders.number(all, LetterHeaders.TIMESTAMP)),
        new Content(
            record.key(),
            record.value(),
            own,
            LetterHeaders.text(all, LetterHeaders.OMITTED)
                .map(names -> List.of(names.split(",")))
                .orElse(List.of())),
        false);
  }

  /** The same letter, sent again or not. */
  DeadLetter replayed(boolean was) {
    return new DeadLetter(id, keptAt, source, reason, detail, origin, content, was);
  }
}
