package dev.weir.query.http;

import dev.weir.query.DeadLetters;
import dev.weir.store.letter.DeadLetter;
import dev.weir.store.letter.DeadLetterBox;
import dev.weir.store.letter.Replay;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.header.internals.RecordHeader;

/** Letters 3, 5 (replayed) and 7 (its value is omitted), and what was asked of them. */
final class ThreeLetters implements DeadLetters {
  final List<Replay.Correction> sent = new ArrayList<>();
  boolean away;

  private static DeadLetter letter(long id, byte[] key, List<String> omitted) {
    return new DeadLetter(
        id,
        Instant.EPOCH,
        "people",
        "invalid-value",
        "no JSON",
        new DeadLetter.Origin("people-topic", 1, 40 + id, 1234),
        new DeadLetter.Content(
            key,
            omitted.isEmpty() ? "{broken".getBytes(StandardCharsets.UTF_8) : null,
            List.of(new RecordHeader("trace", new byte[] {-1})),
            omitted),
        id == 5);
  }

  private static List<DeadLetter> all() {
    return List.of(
        letter(3, new byte[] {'k'}, List.of()),
        letter(5, new byte[] {-1, 0}, List.of()),
        letter(7, new byte[] {'l'}, List.of("value")));
  }

  private <T> CompletableFuture<T> answer(T value) {
    return away
        ? CompletableFuture.failedFuture(new IOException("Kafka is away"))
        : CompletableFuture.completedFuture(value);
  }

  @Override
  public CompletableFuture<DeadLetterBox.Page> list(DeadLetterBox.Wish wish) {
    List<DeadLetter> found =
        all().stream()
            .filter(l -> l.id() > wish.after() && (wish.replayed() || !l.replayed()))
            .toList();
    boolean more = found.size() > wish.limit();
    List<DeadLetter> page = more ? found.subList(0, wish.limit()) : found;
    return answer(
        new DeadLetterBox.Page(
            page, more ? Optional.of(page.get(page.size() - 1).id()) : Optional.empty()));
  }

  @Override
  public CompletableFuture<Optional<DeadLetter>> find(long id) {
    return answer(all().stream().filter(letter -> letter.id() == id).findFirst());
  }

  @Override
  public CompletableFuture<Replay> replay(long id, Replay.Correction correction) {
    Optional<DeadLetter> letter = all().stream().filter(l -> l.id() == id).findFirst();
    if (letter.isEmpty()) {
      return answer(new Replay.Unknown());
    }
    if (letter.get().replayed() && !correction.again()) {
      return answer(new Replay.Before());
    }
    if (!letter.get().content().omitted().isEmpty() && correction.value().isEmpty()) {
      return answer(new Replay.Incomplete("value"));
    }
    sent.add(correction);
    return answer(new Replay.Done("people-topic", 1, 99));
  }
}
