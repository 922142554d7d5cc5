package dev.weir.store.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.store.CollectionDefinition;
import dev.weir.store.CollectionDefinition.Writer;
import dev.weir.store.Condition;
import dev.weir.store.DefinitionChange;
import dev.weir.store.Key;
import dev.weir.store.KeyType;
import dev.weir.store.Operation;
import dev.weir.store.Outcome;
import dev.weir.store.Position;
import dev.weir.store.Refusal;
import dev.weir.store.Version;
import dev.weir.store.WriteResult;
import dev.weir.store.log.LogAppender;
import dev.weir.store.read.OpenShards;
import dev.weir.store.read.RecentOutcomes;
import dev.weir.store.routing.Ownership;
import dev.weir.store.testing.MapState;
import dev.weir.store.write.Fingerprint;
import dev.weir.store.write.Fold;
import dev.weir.store.write.LogEntry;
import dev.weir.store.write.LogFormat;
import dev.weir.store.write.LogRecord;
import dev.weir.store.write.StateKeys;
import dev.weir.store.write.StateValues;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A node that has lost a shard without knowing it, beside the one that owns it now: both append to
 * one log. Whatever the zombie appends is decided in log order, and it is answered only by a fold.
 */
class ZombieTest {
  private static final Uuid LOG = new Uuid(1, 2);
  private static final Key KEY = Key.ofEncoded("k".getBytes(UTF_8));

  private final List<LogEntry> log = new ArrayList<>();
  private final Node zombie = new Node(1);
  private final Node owner = new Node(2);

  ZombieTest() {
    CollectionDefinition notes =
        new CollectionDefinition(0, "note", KeyType.Scalar.STRING, "json", Writer.API, null, 1);
    CompletableFuture<WriteResult> unused =
        owner.writer.submit(
            0,
            new Operation.Define(
                List.of(new DefinitionChange.PutCollection(notes, DefinitionChange.Mode.APPLY))));
    zombie.foldAll();
    owner.foldAll();
  }

  @Test
  void neverAcknowledgesWhatItHasNotFolded() {
    CompletableFuture<WriteResult> lost = zombie.writer.submit(0, put("{\"from\":\"zombie\"}"));
    long offset = log.size() - 1L;
    owner.foldAll();
    assertThat(owner.value()).contains("zombie");
    assertThat(lost).isNotDone();

    zombie.pending.moved(0);
    assertThat(lost.join()).isEqualTo(accepted(offset));
    assertThat(owner.outcomes.of(0, offset))
        .contains(new Outcome.Stored(new Version(0, offset), true));
  }

  @Test
  void whatTheLogTakesAfterTheMoveIsAcceptedToo() {
    CompletableFuture<Long> slow = new CompletableFuture<>();
    zombie.appends = slow;
    CompletableFuture<WriteResult> lost = zombie.writer.submit(0, put("1"));
    zombie.pending.moved(0);
    assertThat(lost).isNotDone();

    slow.complete(17L);
    assertThat(lost.join()).isEqualTo(accepted(17));
    assertThat(zombie.pending.size()).isZero();
  }

  @Test
  void whatTheLogDoesNotTakeAfterTheMoveIsUnknown() {
    CompletableFuture<Long> failing = new CompletableFuture<>();
    zombie.appends = failing;
    CompletableFuture<WriteResult> lost = zombie.writer.submit(0, put("1"));
    zombie.pending.moved(0);

    failing.completeExceptionally(new IllegalStateException("no answer"));
    assertThat(lost.join())
        .isInstanceOfSatisfying(
            WriteResult.Refused.class,
            no -> assertThat(no.refusal()).isInstanceOf(Refusal.LogUnavailable.class));
  }

  @Test
  void outcomesThatSomebodyWaitsForAreNotKept() {
    outcome(owner, put("1"));
    assertThat(owner.outcomes.of(0, log.size() - 1L)).isEmpty();
    zombie.foldAll();
    assertThat(zombie.outcomes.of(0, log.size() - 1L)).isPresent();
  }

  private static WriteResult accepted(long offset) {
    return new WriteResult.Decided(
        new Outcome.Accepted(new Version(0, offset)), 0, new Position(LOG, 0, offset, -1));
  }

  @Test
  void ofTwoThatCompareAndSetTheFirstInTheLogWins() {
    outcome(owner, put("1"));
    Condition seen = new Condition.OneOf(List.of(new Version(0, log.size() - 1L)));
    CompletableFuture<WriteResult> lost =
        zombie.writer.submit(0, new Operation.When(seen, put("2")));
    long winner = log.size() - 1L;

    assertThat(outcome(owner, new Operation.When(seen, put("3"))))
        .isEqualTo(new Outcome.ConditionFailed(new Version(0, winner)));
    assertThat(lost).isNotDone();
    assertThat(owner.value()).isEqualTo("2");
  }

  @Test
  void whatItAcceptedUnderAKeyIsTheOwnersKeptOutcome() {
    Operation.Once once = Fingerprint.once("k-1", put("1"));
    CompletableFuture<WriteResult> lost = zombie.writer.submit(0, once);
    zombie.pending.moved(0);
    assertThat(lost.join()).isEqualTo(accepted(log.size() - 1L));
    Outcome first = new Outcome.Stored(new Version(0, log.size() - 1L), true);

    assertThat(outcome(owner, once)).isEqualTo(new Outcome.Repeated(first));
    assertThat(outcome(owner, put("2"))).isInstanceOf(Outcome.Stored.class);
    assertThat(outcome(owner, once)).isEqualTo(new Outcome.Repeated(first));
    assertThat(owner.value()).isEqualTo("2");
  }

  @Test
  void acceptedIsAnsweredByTheLogAlone() {
    WriteResult accepted = zombie.writer.append(0, put("1")).join();
    assertThat(accepted).isEqualTo(accepted(log.size() - 1L));
    owner.foldAll();
    assertThat(owner.value()).isEqualTo("1");
  }

  /** When it wakes, it folds what the others wrote first, and then says what became of its own. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void bothComeToTheSameStateAndAnswersHoweverTheyTakeTurns(long seed) {
    Random random = new Random(seed);
    List<CompletableFuture<WriteResult>> answers = new ArrayList<>();
    List<Long> offsets = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      Node node = random.nextBoolean() ? zombie : owner;
      Operation operation = put(String.valueOf(i));
      if (random.nextBoolean()) {
        Version guess = new Version(0, Math.max(0L, log.size() - 1L - random.nextInt(3)));
        operation =
            new Operation.When(new Condition.OneOf(List.of(guess)), (Operation.Change) operation);
      }
      if (random.nextInt(3) == 0) {
        operation = Fingerprint.once("key-" + i, operation);
      }
      answers.add(node.writer.submit(0, operation));
      offsets.add((long) log.size() - 1);
      if (random.nextInt(4) == 0) {
        (random.nextBoolean() ? zombie : owner).foldAll();
      }
    }
    zombie.foldAll();
    owner.foldAll();
    assertThat(zombie.dump()).isEqualTo(owner.dump());
    for (int i = 0; i < answers.size(); i++) {
      Outcome outcome = ((WriteResult.Decided) answers.get(i).join()).outcome();
      if (outcome instanceof Outcome.Stored stored) {
        assertThat(stored.version()).isEqualTo(new Version(0, offsets.get(i)));
      } else {
        assertThat(outcome).isInstanceOf(Outcome.ConditionFailed.class);
      }
    }
  }

  private Outcome outcome(Node node, Operation operation) {
    CompletableFuture<WriteResult> answer = node.writer.submit(0, operation);
    assertThat(answer).isNotDone();
    node.foldAll();
    return ((WriteResult.Decided) answer.join()).outcome();
  }

  private static Operation.Put put(String value) {
    return new Operation.Put(1, KEY, value.getBytes(UTF_8));
  }

  /** A node that holds itself for the active, with a state of its own. */
  private final class Node implements LogAppender {
    private final MapState state = new MapState();
    private final Fold fold = new Fold(0, 1, state, Position.start(LOG, 0));
    private final RecentOutcomes outcomes = new RecentOutcomes(1);
    private final PendingCommands pending = new PendingCommands(Runnable::run, outcomes);
    private final LocalWriter writer;
    private @Nullable CompletableFuture<Long> appends; // null = at once

    Node(long session) {
      Ownership ownership = new Ownership(1);
      ownership.opened(0);
      ownership.position(0, -1);
      ownership.activated(0);
      ownership.logEndSeen(0, 0);
      writer =
          new LocalWriter(
              ownership,
              this,
              pending,
              new SchemaCheck(new OpenShards(1)),
              new LocalWriter.Settings(
                  Position.start(LOG, 0), session, 1000, Duration.ofMinutes(5), Clock.systemUTC()));
    }

    @Override
    public CompletableFuture<Long> append(int shard, LogRecord record, long timestamp) {
      if (appends != null) {
        return appends;
      }
      log.add(
          new LogEntry(
              log.size(), 0, timestamp, LogFormat.key(record), LogFormat.value(record, 0)));
      return CompletableFuture.completedFuture(log.size() - 1L);
    }

    @Override
    public void flush() {}

    void foldAll() {
      for (long next = fold.position().offset() + 1; next < log.size(); next++) {
        fold.fold(log.get((int) next));
      }
      pending.decided(0, fold.position(), fold.effects().drain().decisions());
    }

    String value() {
      return new String(StateValues.value(state.get(StateKeys.document(1, KEY.bytes()))), UTF_8);
    }

    List<String> dump() {
      HexFormat hex = HexFormat.of();
      return state.entries().entrySet().stream()
          .map(e -> hex.formatHex(e.getKey()) + "=" + hex.formatHex(e.getValue()))
          .toList();
    }
  }
}
