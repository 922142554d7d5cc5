package dev.weir.query.changes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.query.Result;
import dev.weir.query.testing.InMemoryDatabase;
import dev.weir.store.CollectionDefinition;
import dev.weir.store.CollectionDefinition.Writer;
import dev.weir.store.Condition;
import dev.weir.store.Filter;
import dev.weir.store.FilterReader;
import dev.weir.store.Key;
import dev.weir.store.KeyRange;
import dev.weir.store.KeyType;
import dev.weir.store.Operation;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Followers of a database in memory, beside a model that knows every change. */
class SubscriptionTest {
  private static final int SHARDS = 3;
  private static final int KEYS = 40;

  private final InMemoryDatabase database = new InMemoryDatabase(SHARDS);
  private final CollectionDefinition note =
      database.add(
          new CollectionDefinition(0, "note", KeyType.Scalar.STRING, "json", Writer.API, null, 1)
              .keeping(50_000));
  private final Subscriptions subscriptions = Subscriptions.few(database);

  /** What was written under each key, in order; "-" = it was removed. */
  private final Map<String, List<String>> written = new TreeMap<>();

  @AfterEach
  void close() {
    subscriptions.close();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void everyChangeIsToldOnceHoweverOftenOneComesBack(long seed) {
    Random random = new Random(seed);
    List<Follower> followers =
        List.of(
            new Follower(new Wish(note, KeyRange.all(), null, true)),
            new Follower(new Wish(note, KeyRange.all(), null, true)),
            new Follower(new Wish(note, exactly("k7"), null, true)),
            new Follower(
                new Wish(note, new KeyRange(bytes("k2"), true, bytes("k4"), false), null, true)));
    for (int round = 0; round < 120; round++) {
      for (int i = random.nextInt(40); i >= 0; i--) {
        write(random);
      }
      Follower one = followers.get(random.nextInt(followers.size()));
      switch (random.nextInt(3)) {
        case 0 -> one.takeSome(random.nextInt(30));
        case 1 -> one.comeBack();
        default -> one.takeSome(Integer.MAX_VALUE);
      }
    }
    followers.forEach(this::expectAll);
  }

  @Test
  void whoReadsSlowlyGoesOnWhereHeStopped() {
    Follower follower = new Follower(new Wish(note, KeyRange.all(), null, true));
    await().until(() -> follower.takeSome(1) == 1); // complete: there was nothing
    for (int i = 0; i < 9_000; i++) {
      put("k" + i % KEYS, i);
    }
    expectAll(follower);
  }

  @Test
  void allWhoReadSlowlyTogetherLetOnlySoMuchWait() {
    long most = 150_000;
    try (Subscriptions few = new Subscriptions(database, subscriptions.tokens(), 5, most)) {
      List<Subscription> slow = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        slow.add(few.open(new Wish(note, KeyRange.all(), null, true), null).orElseThrow());
      }
      for (Subscription each : slow) {
        await().until(() -> each.next() instanceof Event.Complete);
      }
      for (int i = 0; i < 1_500; i++) {
        put("k" + i % KEYS, i);
      }
      await().until(() -> few.waiting() > most);
      // Each may have as much as is always granted, and all of it is there in the end.
      for (Subscription each : slow) {
        int[] seen = {0};
        await()
            .until(
                () -> {
                  while (each.next() != null) {
                    seen[0]++;
                    assertThat(few.waiting()).isLessThan(most + 5 * (64 << 10));
                  }
                  return seen[0] == 1_500;
                });
      }
      assertThat(few.waiting()).isZero();
    }
  }

  @Test
  void whoStaysAwayTooLongIsTold() {
    CollectionDefinition brief =
        database.add(
            new CollectionDefinition(0, "brief", KeyType.Scalar.STRING, "json", Writer.API, null, 1)
                .keeping(20));
    Follower follower = new Follower(new Wish(brief, KeyRange.all(), null, true));
    await().until(() -> follower.takeSome(1) == 1);
    follower.close();
    for (int i = 0; i < 2_000; i++) {
      submit(new Operation.Put(brief.id(), key("x" + i % 9), bytes("{}")));
    }
    follower.open();
    await().until(() -> follower.takeSome(1) == 1);
    assertThat(follower.end).isEqualTo(Event.End.TOO_OLD);
  }

  @Test
  void aFilterTellsOfWhatMatchesNoMore() {
    Filter even = FilterReader.read("{\"even\":{\"eq\":true}}").value().orElseThrow();
    Random random = new Random(5);
    for (int i = 0; i < 60; i++) {
      write(random);
    }
    Follower follower = new Follower(new Wish(note, KeyRange.all(), even, true));
    for (int i = 0; i < 500; i++) {
      write(random);
    }
    Map<String, String> expected = documents();
    expected.values().removeIf(value -> !value.contains("\"even\":true"));
    await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () -> {
              follower.takeSome(Integer.MAX_VALUE);
              return follower.state.equals(expected);
            });
  }

  @Test
  void withoutDocumentsOnlyWhatChangesIsTold() {
    put("before", 1);
    Follower follower = new Follower(new Wish(note, KeyRange.all(), null, false));
    await().until(() -> follower.takeSome(1) == 1); // complete: what comes from now on is told
    assertThat(follower.state).isEmpty();
    assertThat(follower.place).isNotNull();
    put("after", 2);
    await().until(() -> follower.takeSome(1) == 1);
    assertThat(follower.state).containsOnlyKeys("after");
  }

  @Test
  void aCollectionThatIsDroppedEndsIt() {
    Follower follower = new Follower(new Wish(note, KeyRange.all(), null, true));
    await().until(() -> follower.takeSome(1) == 1);
    submit(
        new Operation.Define(List.of(new dev.weir.store.DefinitionChange.DropCollection("note"))));
    await()
        .until(
            () -> {
              follower.takeSome(Integer.MAX_VALUE);
              return follower.end == Event.End.DROPPED;
            });
  }

  @Test
  void thereAreOnlySoMany() {
    List<Subscription> open = new ArrayList<>();
    Wish wish = new Wish(note, exactly("k"), null, true);
    Optional<Subscription> last = subscriptions.open(wish, null);
    while (last.isPresent()) {
      open.add(last.get());
      last = subscriptions.open(wish, null);
    }
    assertThat(open).hasSize(subscriptions.most());
    open.get(0).close();
    assertThat(subscriptions.open(wish, null)).isPresent();
  }

  private void expectAll(Follower follower) {
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () -> {
              follower.takeSome(Integer.MAX_VALUE);
              Map<String, String> expected = documents();
              expected.keySet().removeIf(key -> !follower.wish.range().contains(bytes(key)));
              assertThat(follower.state).isEqualTo(expected);
            });
    follower.told.forEach(
        (key, told) -> {
          List<String> all = written.getOrDefault(key, List.of());
          assertThat(told.size()).isLessThanOrEqualTo(all.size());
          assertThat(told)
              .as("%s", key)
              .isEqualTo(all.subList(all.size() - told.size(), all.size()));
        });
  }

  private void write(Random random) {
    if (random.nextInt(8) == 0) {
      // One record with several changes of one shard.
      List<Operation.When> changes = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        String key = "k" + (i * 10 + random.nextInt(10));
        if (database.shards().shardOf(key(key)) == 0) {
          changes.add(
              new Operation.When(
                  Condition.NONE,
                  new Operation.Put(note.id(), key(key), value(random.nextInt(99)))));
        }
      }
      if (!changes.isEmpty()) {
        submit(new Operation.Batch(changes));
        changes.forEach(
            each -> note(each.change().key(), text(((Operation.Put) each.change()).value())));
      }
      return;
    }
    String key = "k" + random.nextInt(KEYS);
    if (random.nextInt(4) > 0) {
      put(key, random.nextInt(1_000));
    } else if (documents().containsKey(key)) {
      submit(new Operation.Delete(note.id(), key(key)));
      note(key(key), "-");
    } else {
      submit(new Operation.Delete(note.id(), key(key))); // changes nothing
    }
  }

  private void put(String key, int number) {
    submit(new Operation.Put(note.id(), key(key), value(number)));
    note(key(key), text(value(number)));
  }

  private void note(Key key, String what) {
    written.computeIfAbsent(text(key.bytes()), each -> new ArrayList<>()).add(what);
  }

  private Map<String, String> documents() {
    Map<String, String> documents = new TreeMap<>();
    written.forEach(
        (key, values) -> {
          String last = values.get(values.size() - 1);
          if (!last.equals("-")) {
            documents.put(key, last);
          }
        });
    return documents;
  }

  private void submit(Operation operation) {
    assertThat(database.submit(operation).join()).isInstanceOf(Result.Success.class);
  }

  private static byte[] value(int number) {
    return bytes("{\"n\":" + number + ",\"even\":" + (number % 2 == 0) + "}");
  }

  private static KeyRange exactly(String key) {
    return new KeyRange(bytes(key), true, bytes(key), true);
  }

  private static Key key(String text) {
    return Key.ofEncoded(bytes(text));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** Applies what it is told, and remembers it; the subscription may be another one any time. */
  private final class Follower {
    private final Wish wish;
    private final Map<String, String> state = new TreeMap<>();
    private final Map<String, List<String>> told = new TreeMap<>();
    private Subscription subscription;
    private @Nullable Place place;
    private Event.@Nullable End end;

    Follower(Wish wish) {
      this.wish = wish;
      this.subscription = subscriptions.open(wish, null).orElseThrow();
    }

    void open() {
      PlaceTokens tokens = subscriptions.tokens();
      Place after = place;
      if (after != null) {
        String text = tokens.issue(wish, after);
        after = ((PlaceTokens.Reading.Read) tokens.read(text, wish)).place();
      } else {
        state.clear();
        told.clear();
      }
      subscription = subscriptions.open(wish, after).orElseThrow();
    }

    void close() {
      subscription.close();
    }

    void comeBack() {
      close();
      open();
    }

    int takeSome(int most) {
      int count = 0;
      Event event = subscription.next();
      while (event != null) {
        take(event);
        place = subscription.place();
        count++;
        event = count < most ? subscription.next() : null;
      }
      return count;
    }

    private void take(Event event) {
      if (event instanceof Event.Row row) {
        state.put(text(row.document().key().bytes()), text(row.document().value()));
      } else if (event instanceof Event.Changed changed) {
        String key = text(changed.change().key().bytes());
        byte[] value = changed.change().value();
        told.computeIfAbsent(key, each -> new ArrayList<>()).add(value == null ? "-" : text(value));
        if (value == null) {
          state.remove(key);
        } else {
          state.put(key, text(value));
        }
      } else if (event instanceof Event.Gone gone) {
        state.remove(text(gone.change().key().bytes()));
      } else if (event instanceof Event.Ended ended) {
        end = ended.why();
      }
    }
  }
}
