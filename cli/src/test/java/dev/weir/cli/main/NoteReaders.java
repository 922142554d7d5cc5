package dev.weir.cli.main;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.query.server.Weir;
import dev.weir.query.server.WeirCollection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** Read all notes at every node, over and over; closing tells whether each answer was right. */
final class NoteReaders implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final AtomicBoolean stop = new AtomicBoolean();
  private final AtomicLong rounds = new AtomicLong();
  private final List<CompletableFuture<Void>> readers = new ArrayList<>();

  NoteReaders(List<Weir> nodes, int notes) {
    nodes.forEach(node -> readers.add(CompletableFuture.runAsync(() -> read(node, notes))));
  }

  private void read(Weir node, int notes) {
    WeirCollection<String> collection = node.collection("note", String.class);
    while (!stop.get()) {
      for (int i = 0; i < notes; i++) {
        assertThat(collection.get("k" + i).orElseThrow().value().intValue()).isEqualTo(i);
      }
      rounds.incrementAndGet();
    }
  }

  /** Waits until more has been read, or a reader has failed. */
  void awaitMore() {
    long before = rounds.get();
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                rounds.get() > before + readers.size()
                    || readers.stream().anyMatch(CompletableFuture::isDone));
  }

  @Override
  public void close() {
    stop.set(true);
    readers.forEach(CompletableFuture::join);
  }
}
