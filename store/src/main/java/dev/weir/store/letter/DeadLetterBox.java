package dev.weir.store.letter;

import dev.weir.store.log.ClientProperties;
import dev.weir.store.log.TopicPlan;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * The dead letters of an application, read from their topic with a client of its own at each call.
 * Safe from any thread; blocks, for some seconds at most unless there are very many.
 */
public final class DeadLetterBox {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration POLL = Duration.ofMillis(500);

  private final Map<String, ?> client;
  private final TopicPartition partition;

  /**
   * Those in a topic.
   *
   * @param client settings of Kafka clients, at least {@code bootstrap.servers}
   * @param topic of one partition
   */
  public DeadLetterBox(Map<String, ?> client, String topic) {
    this.client = client;
    this.partition = new TopicPartition(topic, 0);
  }

  /**
   * Which letters are wanted.
   *
   * @param source only of this one; empty = of all
   * @param reason only for this one; empty = for any
   * @param replayed whether those are shown, too, that were sent again
   * @param after only those with a higher id; -1 = all
   * @param limit at most so many, at least 1
   */
  public record Wish(
      Optional<String> source, Optional<String> reason, boolean replayed, long after, int limit) {

    private boolean fits(DeadLetter letter) {
      return source.map(letter.source()::equals).orElse(true)
          && reason.map(letter.reason()::equals).orElse(true);
    }
  }

  /**
   * Some letters.
   *
   * @param letters in the order in which they came; of the values only what {@link #PREVIEW} allows
   * @param next the id to go on after; empty = there are no more
   */
  public record Page(List<DeadLetter> letters, Optional<Long> next) {}

  /** Bytes of a value that are kept in a page. */
  public static final int PREVIEW = 200;

  /**
   * The letters that are wanted. Those that were sent again are known only at the end, so all
   * behind {@code after} is read.
   *
   * @throws IOException if Kafka does not give them
   */
  public Page list(Wish wish) throws IOException {
    Collected collected = new Collected(wish);
    scan(wish.after() + 1, collected);
    return collected.page();
  }

  /** What a scan has found. */
  private static final class Collected implements Consumer<ConsumerRecord<byte[], byte[]>> {
    private final Wish wish;
    private final List<DeadLetter> found = new ArrayList<>();
    private final Set<Long> replayed = new HashSet<>();
    private long last = -1;
    private boolean more;

    Collected(Wish wish) {
      this.wish = wish;
    }

    @Override
    public void accept(ConsumerRecord<byte[], byte[]> record) {
      long marked = LetterHeaders.number(record.headers(), LetterHeaders.REPLAYED);
      if (marked >= 0) {
        replayed.add(marked);
        found.removeIf(letter -> !wish.replayed() && letter.id() == marked);
      } else if (isLetter(record)) {
        DeadLetter letter = DeadLetter.of(record);
        more |= wish.fits(letter) && found.size() >= wish.limit();
        if (!more && wish.fits(letter)) {
          found.add(shortened(letter));
          last = letter.id();
        }
      }
    }

    Page page() {
      return new Page(
          found.stream().map(letter -> letter.replayed(replayed.contains(letter.id()))).toList(),
          more ? Optional.of(last) : Optional.empty());
    }
  }

  private static boolean isLetter(ConsumerRecord<byte[], byte[]> record) {
    return record.headers().lastHeader(LetterHeaders.SOURCE) != null;
  }

  private static DeadLetter shortened(DeadLetter letter) {
    byte[] value = letter.content().value();
    if (value == null || value.length <= PREVIEW) {
      return letter;
    }
    DeadLetter.Content content =
        new DeadLetter.Content(
            letter.content().key(),
            Arrays.copyOf(value, PREVIEW),
            List.of(),
            letter.content().omitted());
    return new DeadLetter(
        letter.id(),
        letter.keptAt(),
        letter.source(),
        letter.reason(),
        letter.detail(),
        letter.origin(),
        content,
        false);
  }

  /**
   * One letter, whole.
   *
   * @throws IOException if Kafka does not give it
   */
  public Optional<DeadLetter> find(long id) throws IOException {
    List<DeadLetter> found = new ArrayList<>();
    Set<Long> replayed = new HashSet<>();
    scan(
        id,
        record -> {
          if (record.offset() == id && isLetter(record)) {
            found.add(DeadLetter.of(record));
          }
          replayed.add(LetterHeaders.number(record.headers(), LetterHeaders.REPLAYED));
        });
    return found.stream().findFirst().map(letter -> letter.replayed(replayed.contains(id)));
  }

  /**
   * Sends a letter again to where it came from, and remembers that. If the node dies in between,
   * the record may be there although the letter does not say so.
   *
   * @throws IOException if Kafka did not take it
   */
  public Replay replay(long id, Replay.Correction correction) throws IOException {
    Optional<DeadLetter> letter = id < 0 ? Optional.empty() : find(id);
    if (letter.isEmpty()) {
      return new Replay.Unknown();
    }
    if (letter.get().replayed() && !correction.again()) {
      return new Replay.Before();
    }
    List<String> omitted = letter.get().content().omitted();
    if (omitted.contains("key") && correction.key().isEmpty()) {
      return new Replay.Incomplete("key");
    }
    if (omitted.contains("value") && correction.value().isEmpty()) {
      return new Replay.Incomplete("value");
    }
    try (LetterSender sender = new LetterSender(client)) {
      Replay.Done done = sender.send(letter.get(), correction);
      sender.mark(partition, id);
      return done;
    }
  }

  /**
   * Where all letters of a source came from, whether they were sent again or not; some come twice.
   *
   * @return whether all that were ever kept are still here
   * @throws IOException if Kafka does not give them
   */
  public boolean origins(String source, Consumer<DeadLetter.Origin> each) throws IOException {
    long begin =
        scan(
            0,
            record -> {
              if (isLetter(record)) {
                DeadLetter letter = DeadLetter.of(record);
                if (letter.source().equals(source)) {
                  each.accept(letter.origin());
                }
              }
            });
    return begin == 0;
  }

  /** Reads from an id to what is the end now; answers which is the first that is there. */
  private long scan(long from, Consumer<ConsumerRecord<byte[], byte[]>> each) throws IOException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(properties());
    try {
      List<TopicPartition> one = List.of(partition);
      consumer.assign(one);
      long end = consumer.endOffsets(one, PATIENCE).getOrDefault(partition, 0L);
      long begin = consumer.beginningOffsets(one, PATIENCE).getOrDefault(partition, 0L);
      consumer.seek(partition, Math.max(begin, from));
      while (consumer.position(partition, PATIENCE) < end) {
        if (System.nanoTime() - deadline > 0) {
          throw new IOException(
              "the dead letters were not read to their end within " + PATIENCE.toSeconds() + " s");
        }
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          if (record.offset() < end) {
            each.accept(record);
          }
        }
      }
      return begin;
    } catch (KafkaException e) {
      throw new IOException("Kafka does not give the dead letters: " + e.getMessage(), e);
    } finally {
      consumer.close(CloseOptions.timeout(Duration.ZERO));
    }
  }

  private Map<String, Object> properties() {
    return ClientProperties.reading(
        Map.of(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, TopicPlan.MAX_DEAD_LETTER_BYTES),
        client,
        "earliest");
  }
}
