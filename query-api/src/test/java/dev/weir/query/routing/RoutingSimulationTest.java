package dev.weir.query.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.query.Result;
import dev.weir.store.Catalogue;
import dev.weir.store.CollectionDefinition;
import dev.weir.store.CollectionDefinition.Writer;
import dev.weir.store.Document;
import dev.weir.store.Key;
import dev.weir.store.KeyRange;
import dev.weir.store.KeyType;
import dev.weir.store.Operation;
import dev.weir.store.Outcome;
import dev.weir.store.Query;
import dev.weir.store.ReadResult;
import dev.weir.store.Refusal;
import dev.weir.store.write.Fingerprint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * Thousands of schedules of moves, deaths, lagging tables and lost calls. Every answer must be
 * right or an honest refusal, every write happens as often as its result says, and once the cluster
 * is calm everything is answered. To repeat a failure alone: {@code -Dweir.seed=<seed>}.
 */
class RoutingSimulationTest {
  private static final int SCHEDULES = 2000;
  private static final int FIXED = 1;
  private static final int WRITTEN = 2;
  private static final int KEYS = 40;
  private static final Duration SECOND = Duration.ofSeconds(1);

  /** Nothing is empty that is only out of reach: ksql #8255, #7646. */
  @Test
  void everyAnswerIsRightOrAnHonestRefusal() {
    Long only = Long.getLong("weir.seed");
    long answered = 0;
    long refused = 0;
    long repeated = 0;
    for (long seed = only == null ? 0 : only;
        seed < (only == null ? SCHEDULES : only + 1);
        seed++) {
      Schedule schedule = new Schedule(seed);
      try {
        schedule.run();
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("failed with -Dweir.seed=" + seed, e);
      }
      answered += schedule.answered;
      refused += schedule.refused;
      repeated += schedule.repeated;
    }
    System.out.printf("answered %d, refused %d, repeated %d%n", answered, refused, repeated);
    assertThat(only != null || repeated > 0).as("some writes are appended again").isTrue();
    assertThat(answered).isGreaterThan(10 * refused);
    assertThat(only != null || refused > 0).as("some schedules are hard enough to refuse").isTrue();
  }

  /** One run from one seed. */
  private static final class Schedule {
    private final Random random;
    private final SimulatedCluster cluster;
    private final List<Runnable> checks = new ArrayList<>();
    private long answered;
    private long refused;
    private long repeated;

    Schedule(long seed) {
      random = new Random(~seed);
      cluster = new SimulatedCluster(seed, 2 + random.nextInt(4), 1 + random.nextInt(8));
      List<CollectionDefinition> collections =
          List.of(definition(FIXED, "fixed"), definition(WRITTEN, "written"));
      cluster.shards.forEach(
          shard -> shard.fold(new Operation.Adopt(new Catalogue(1, 3, collections, List.of())), 0));
      for (int n = 0; n < KEYS; n += 2) {
        int shard = cluster.application.shards().shardOf(key(n));
        cluster.shards.get(shard).fold(new Operation.Put(FIXED, key(n), bytes(n)), n);
      }
    }

    void run() {
      for (int i = 0; i < 40; i++) {
        Duration at = Duration.ofMillis(random.nextInt(8000));
        switch (random.nextInt(12)) {
          case 0, 1 -> {
            int shard = random.nextInt(cluster.shards.size());
            int to = random.nextInt(cluster.nodes.size());
            cluster.time.after(at, () -> cluster.move(shard, to));
          }
          case 2 -> {
            int node = random.nextInt(cluster.nodes.size());
            cluster.time.after(at, () -> cluster.kill(node));
          }
          case 3, 4, 5 -> {
            int number = i;
            cluster.time.after(at, () -> write(number));
          }
          case 6 -> {
            int number = 40 + i;
            cluster.time.after(at, () -> writeOnce(number));
          }
          default -> cluster.time.after(at, this::read);
        }
      }
      cluster.time.runUntil(SECOND.multipliedBy(40).toNanos());
      everythingIsAnsweredOnceCalm();
      checks.forEach(Runnable::run);
    }

    private void everythingIsAnsweredOnceCalm() {
      for (SimulatedCluster.Node node : cluster.nodes) {
        for (int attempt = 0; attempt < 3; attempt++) { // calls still get lost now and then
          long before = answered;
          checkCount(node);
          cluster.time.runUntil(cluster.time.nanoTime() + SECOND.multipliedBy(10).toNanos());
          if (answered > before) {
            break;
          }
          assertThat(attempt).as("a calm cluster answers").isLessThan(2);
        }
      }
    }

    private void read() {
      SimulatedCluster.Node node = anyLiving();
      switch (random.nextInt(4)) {
        case 0 -> {
          int n = random.nextInt(KEYS);
          check(node.router.ask(new Query.Get(FIXED, key(n))), found -> assertFound(found, n));
        }
        case 1 -> checkMultiGet(node);
        case 2 -> checkScan(node);
        default -> checkCount(node);
      }
    }

    private void checkMultiGet(SimulatedCluster.Node node) {
      List<Integer> asked = random.ints(1 + random.nextInt(20), 0, KEYS).boxed().toList();
      check(
          node.router.ask(
              new Query.MultiGet(FIXED, asked.stream().map(RoutingSimulationTest::key).toList())),
          found -> {
            assertThat(found).hasSameSizeAs(asked);
            for (int i = 0; i < asked.size(); i++) {
              assertFound(found.get(i), asked.get(i));
            }
          });
    }

    private void checkScan(SimulatedCluster.Node node) {
      int limit = 1 + random.nextInt(30);
      check(
          node.router.ask(new Query.Scan(FIXED, KeyRange.all(), Query.Order.ASC, limit)),
          page -> {
            List<Key> expected = new ArrayList<>();
            for (int n = 0; n < KEYS && expected.size() < limit; n += 2) {
              expected.add(key(n));
            }
            assertThat(page.documents().stream().map(Document::key)).isEqualTo(expected);
            assertThat(page.more()).isEqualTo(limit < KEYS / 2);
          });
    }

    private void checkCount(SimulatedCluster.Node node) {
      check(
          node.router.ask(new Query.Count(FIXED)), count -> assertThat(count).isEqualTo(KEYS / 2));
    }

    /** With an idempotency key the router sends again what was lost, and it takes effect once. */
    private void writeOnce(int number) {
      Operation.Put put = new Operation.Put(WRITTEN, key(number), bytes(number));
      Operation.Once once = Fingerprint.once("key-" + number, put);
      CompletableFuture<Result<Outcome>> result = anyLiving().router.submit(once);
      checks.add(
          () -> {
            assertThat(result).as("every write is answered").isDone();
            int times = cluster.appended.getOrDefault(once, 0);
            repeated += Math.max(0, times - 1);
            if (result.join() instanceof Result.Failure<Outcome> failure) {
              boolean unknown = failure.refusal() instanceof Refusal.LogUnavailable;
              assertThat(unknown || times == 0).as("%s", failure).isTrue();
              return;
            }
            Outcome outcome = ((Result.Success<Outcome>) result.join()).value();
            Outcome first = outcome instanceof Outcome.Repeated again ? again.kept() : outcome;
            int shard = cluster.application.shards().shardOf(key(number));
            var now = cluster.shards.get(shard).read(new Query.Get(WRITTEN, key(number)));
            Document document = ((ReadResult.Answer<Optional<Document>>) now).value().orElseThrow();
            assertThat(first).isEqualTo(new Outcome.Stored(document.version(), true));
          });
    }

    private void write(int number) {
      Operation.Put put = new Operation.Put(WRITTEN, key(number), bytes(number));
      CompletableFuture<Result<Outcome>> result = anyLiving().router.submit(put);
      checks.add(
          () -> {
            assertThat(result).as("every write is answered").isDone();
            int times = cluster.appended.getOrDefault(put, 0);
            if (result.join() instanceof Result.Failure<Outcome> failure) {
              boolean unknown = failure.refusal() instanceof Refusal.LogUnavailable;
              assertThat(times).as("%s", failure).isBetween(0, unknown ? 1 : 0);
            } else {
              assertThat(times).isEqualTo(1);
            }
          });
    }

    private <R> void check(CompletableFuture<Result<R>> result, Consumer<R> right) {
      long asked = cluster.time.nanoTime();
      CompletableFuture<Void> checked =
          result.thenAccept(
              end -> {
                long took = cluster.time.nanoTime() - asked;
                assertThat(took)
                    .isLessThanOrEqualTo(SimulatedCluster.SETTINGS.read().plus(SECOND).toNanos());
                if (end instanceof Result.Success<R> success) {
                  answered++;
                  right.accept(success.value());
                  assertThat(success.sources()).isNotEmpty();
                } else {
                  refused++;
                  assertHonest(((Result.Failure<R>) end).refusal());
                }
              });
      checks.add(
          () -> {
            assertThat(checked).as("every question is answered").isDone();
            checked.join();
          });
    }

    private void assertHonest(Refusal refusal) {
      assertThat(refusal)
          .isInstanceOfAny(
              Refusal.Rebalancing.class, Refusal.Unreachable.class, Refusal.Overloaded.class);
    }

    private SimulatedCluster.Node anyLiving() {
      List<SimulatedCluster.Node> living = cluster.nodes.stream().filter(n -> n.alive).toList();
      return living.get(random.nextInt(living.size()));
    }
  }

  private static void assertFound(Optional<Document> found, int n) {
    assertThat(found.map(Document::key))
        .isEqualTo(n % 2 == 0 ? Optional.of(key(n)) : Optional.empty());
  }

  private static CollectionDefinition definition(int id, String name) {
    return new CollectionDefinition(id, name, KeyType.Scalar.STRING, "bytes", Writer.API, null, 1);
  }

  private static Key key(int n) {
    return Key.ofEncoded(bytes(n));
  }

  private static byte[] bytes(int n) {
    return new byte[] {'k', (byte) ('0' + n / 10), (byte) ('0' + n % 10)};
  }
}
