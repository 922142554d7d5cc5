package dev.weir.query.changes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.query.PositionToken;
import dev.weir.query.Result;
import dev.weir.query.changes.Place.Mark;
import dev.weir.query.testing.InMemoryDatabase;
import dev.weir.store.ChangeQuery;
import dev.weir.store.CollectionDefinition;
import dev.weir.store.CollectionDefinition.Writer;
import dev.weir.store.Key;
import dev.weir.store.KeyRange;
import dev.weir.store.KeyType;
import dev.weir.store.Operation;
import java.nio.charset.StandardCharsets;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a feed remembers for those who join. */
class FeedTest {
  private static final int LARGE = 1 << 20;
  private static final int CHANGES = 10;

  private final InMemoryDatabase database = new InMemoryDatabase(1);
  private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(1);
  private final CollectionDefinition note =
      database.add(
          new CollectionDefinition(0, "note", KeyType.Scalar.STRING, "json", Writer.API, null, 1)
              .keeping(1_000));

  @AfterEach
  void close() {
    threads.shutdownNow();
  }

  @Test
  void largeValuesAreNotRememberedWithoutBound() {
    Result.Success<ChangeQuery.Based> base =
        (Result.Success<ChangeQuery.Based>)
            database.ask(new ChangeQuery.Base(note.id(), 0, KeyRange.all(), 1)).join();
    PositionToken at = PositionToken.of(base.sources());
    Place place = new Place(at.generation(), at.logId(), new TreeMap<>());
    Mark start = new Mark(base.value().offset() + 1, 0);
    Feed feed = new Feed(new Sources(database, threads), note.id(), 0);
    Counting first = new Counting(start);
    assertThat(feed.join(first, place)).isTrue();
    String value = '"' + "x".repeat(LARGE) + '"';
    for (int i = 0; i < CHANGES; i++) {
      Key key = Key.ofEncoded(("k" + i).getBytes(StandardCharsets.UTF_8));
      var put = new Operation.Put(note.id(), key, value.getBytes(StandardCharsets.UTF_8));
      assertThat(database.submit(put).join()).isInstanceOf(Result.Success.class);
    }
    await().until(() -> first.taken.get() == CHANGES);
    assertThat(feed.join(new Counting(start), place)).isFalse();
    Counting late = new Counting(new Mark(start.offset() + CHANGES - 1, 0));
    assertThat(feed.join(late, place)).isTrue();
    assertThat(late.taken.get()).isEqualTo(1);
  }

  /** Follows everything, and counts it. */
  private static final class Counting implements Feed.Follower {
    private final Mark mark;
    private final AtomicInteger taken = new AtomicInteger();

    Counting(Mark mark) {
      this.mark = mark;
    }

    @Override
    public @Nullable Key key() {
      return null;
    }

    @Override
    public Mark mark() {
      return mark;
    }

    @Override
    public boolean take(Feed.Numbered change) {
      taken.incrementAndGet();
      return true;
    }

    @Override
    public void reached(long offset) {
      // Counts only.
    }

    @Override
    public void left() {
      // Counts only.
    }
  }
}
