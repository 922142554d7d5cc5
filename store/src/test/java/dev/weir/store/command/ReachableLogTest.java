package dev.weir.store.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.store.Key;
import dev.weir.store.Operation;
import dev.weir.store.Refusal;
import dev.weir.store.ShardWriter;
import dev.weir.store.WriteResult;
import dev.weir.store.log.KafkaReach;
import dev.weir.store.routing.Ownership;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.internals.KafkaFutureImpl;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ReachableLogTest {
  private static final Operation WRITE =
      new Operation.Delete(0, Key.ofEncoded("k".getBytes(UTF_8)));

  private final AtomicBoolean there = new AtomicBoolean(true);
  private final AtomicLong now = new AtomicLong();
  private final KafkaReach kafka = new KafkaReach(this::answer, now::get);
  private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();
  private final Silent silent = new Silent();
  private final ReachableLog log;

  /** Takes everything and never answers. */
  private static final class Silent implements ShardWriter {
    int taken;

    @Override
    public CompletableFuture<WriteResult> submit(int shard, Operation operation) {
      taken++;
      return new CompletableFuture<>();
    }

    @Override
    public CompletableFuture<WriteResult> append(int shard, Operation operation) {
      return submit(shard, operation);
    }
  }

  ReachableLogTest() {
    Ownership ownership = new Ownership(1);
    ownership.opened(0);
    ownership.position(0, -1);
    ownership.activated(0);
    ownership.logEndSeen(0, 0);
    log = new ReachableLog(silent, ownership, kafka, Runnable::run);
    kafka.start(executor);
  }

  @AfterEach
  void stop() {
    executor.shutdownNow();
  }

  private KafkaFuture<?> answer() {
    if (there.get()) {
      return KafkaFuture.completedFuture("cluster");
    }
    KafkaFutureImpl<String> failed = new KafkaFutureImpl<>();
    failed.completeExceptionally(new TimeoutException());
    return failed;
  }

  private void kafkaGoes() {
    there.set(false);
    Awaitility.await()
        .until(
            () -> {
              now.addAndGet(Duration.ofSeconds(1).toNanos());
              return !kafka.reachable();
            });
  }

  @Test
  void whatIsUnderWayWhenKafkaGoesIsAnsweredAsUnknown() {
    CompletableFuture<WriteResult> submitted = log.submit(0, WRITE);
    CompletableFuture<WriteResult> appended = log.append(0, WRITE);
    assertThat(submitted).isNotDone();

    kafkaGoes();

    Awaitility.await().until(() -> submitted.isDone() && appended.isDone());
    assertThat(refusal(submitted)).isInstanceOf(Refusal.LogUnavailable.class);
    assertThat(refusal(appended)).isInstanceOf(Refusal.LogUnavailable.class);
  }

  @Test
  void whileKafkaIsAwayNothingIsTaken() {
    kafkaGoes();

    assertThat(refusal(log.submit(0, WRITE))).isInstanceOf(Refusal.LogUnreachable.class);
    assertThat(refusal(log.append(0, WRITE))).isInstanceOf(Refusal.LogUnreachable.class);
    assertThat(silent.taken).isZero();

    there.set(true);
    Awaitility.await().until(kafka::reachable);
    assertThat(log.submit(0, WRITE)).isNotDone();
    assertThat(silent.taken).isEqualTo(1);
  }

  private static Refusal refusal(CompletableFuture<WriteResult> write) {
    return ((WriteResult.Refused) write.join()).refusal();
  }
}
