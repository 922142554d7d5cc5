package dev.weir.store.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.store.Key;
import dev.weir.store.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class TurnsTest {
  private final Turns turns = new Turns(Runnable::run);
  private final List<CompletableFuture<String>> begun = new ArrayList<>();

  @Test
  void workOnOneDocumentIsDoneInOrderAndOnOthersMeanwhile() {
    CompletableFuture<String> first = take(1);
    CompletableFuture<String> second = take(1);
    CompletableFuture<String> other = take(2);
    assertThat(begun).hasSize(2);
    assertThat(turns.size()).isEqualTo(3);

    begun.get(1).complete("other");
    assertThat(other).isCompletedWithValue("other");
    assertThat(begun).hasSize(2);
    begun.get(0).complete("first");
    assertThat(first).isCompletedWithValue("first");
    assertThat(begun).hasSize(3);
    begun.get(2).complete("second");
    assertThat(second).isCompletedWithValue("second");
    assertThat(turns.size()).isZero();
  }

  @Test
  void whatFailsDoesNotKeepTheNextOneWaiting() {
    CompletableFuture<String> thrown =
        turns.take(
            change(1),
            () -> {
              throw new IllegalStateException("cannot begin");
            });
    assertThat(thrown).isCompletedExceptionally();
    CompletableFuture<String> failed = take(1);
    CompletableFuture<String> next = take(1);
    begun.get(0).completeExceptionally(new IllegalStateException("cannot end"));
    assertThat(failed).isCompletedExceptionally();
    begun.get(1).complete("next");
    assertThat(next).isCompletedWithValue("next");
    assertThat(turns.size()).isZero();
  }

  @Test
  void manyThatEndAtOnceAllHaveTheirTurn() {
    CompletableFuture<String> blocked = take(1);
    List<CompletableFuture<String>> rest = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      rest.add(turns.take(change(1), () -> CompletableFuture.completedFuture("at once")));
    }
    begun.get(0).complete("go");
    assertThat(blocked).isCompletedWithValue("go");
    assertThat(rest).allMatch(CompletableFuture::isDone);
  }

  private CompletableFuture<String> take(int key) {
    return turns.take(
        change(key),
        () -> {
          CompletableFuture<String> work = new CompletableFuture<>();
          begun.add(work);
          return work;
        });
  }

  private static Operation.Change change(int key) {
    return new Operation.Delete(1, Key.ofEncoded(new byte[] {(byte) key}));
  }
}
