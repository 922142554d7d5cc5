package dev.weir.store.ingest;

import dev.weir.store.log.LogAppender;
import dev.weir.store.write.LogRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.errors.TimeoutException;

/** The log in memory, with the shards that fold it, and as many producers as a test wants. */
final class FakeLog {

  private final List<ReferenceFold> shards = new ArrayList<>();
  private final List<List<LogRecord.Ingested>> records = new ArrayList<>();

  FakeLog(int shards, boolean checkPrev) {
    for (int i = 0; i < shards; i++) {
      this.shards.add(new ReferenceFold(checkPrev));
      this.records.add(new ArrayList<>());
    }
  }

  List<ReferenceFold> shards() {
    return shards;
  }

  synchronized int size() {
    return records.stream().mapToInt(List::size).sum();
  }

  private synchronized long add(int shard, LogRecord.Ingested record) {
    records.get(shard).add(record);
    shards.get(shard).fold(record);
    return records.get(shard).size() - 1L;
  }

  /** A producer that delivers at once. */
  LogAppender direct() {
    return new LogAppender() {
      @Override
      public CompletableFuture<Long> append(int shard, LogRecord record, long timestamp) {
        return CompletableFuture.completedFuture(add(shard, (LogRecord.Ingested) record));
      }

      @Override
      public void flush() {}
    };
  }

  /** A producer that delivers when it is told to. */
  Held held() {
    return new Held();
  }

  /** Holds what is sent until the test says what becomes of it. Order is kept per shard. */
  final class Held implements LogAppender {

    private record Send(int shard, LogRecord.Ingested record, CompletableFuture<Long> answer) {}

    private final List<Send> waiting = new ArrayList<>();

    @Override
    public synchronized CompletableFuture<Long> append(
        int shard, LogRecord record, long timestamp) {
      CompletableFuture<Long> answer = new CompletableFuture<>();
      waiting.add(new Send(shard, (LogRecord.Ingested) record, answer));
      return answer;
    }

    @Override
    public void flush() {}

    synchronized int waiting() {
      return waiting.size();
    }

    /** The oldest waiting record of a shard reaches the log and is acknowledged. */
    void deliver(int shard) {
      take(shard).ifPresent(send -> send.answer.complete(add(shard, send.record)));
    }

    /** The oldest waiting record of a shard is lost. */
    void lose(int shard) {
      take(shard).ifPresent(send -> send.answer.completeExceptionally(fault()));
    }

    /** The oldest waiting record of a shard reaches the log, and nobody hears of it. */
    void deliverUnheard(int shard) {
      take(shard)
          .ifPresent(
              send -> {
                add(shard, send.record);
                send.answer.completeExceptionally(fault());
              });
    }

    void deliverAll() {
      for (int shard = 0; shard < shards.size(); shard++) {
        while (has(shard)) {
          deliver(shard);
        }
      }
    }

    private synchronized boolean has(int shard) {
      return waiting.stream().anyMatch(send -> send.shard == shard);
    }

    private synchronized Optional<Send> take(int shard) {
      Optional<Send> first = waiting.stream().filter(s -> s.shard == shard).findFirst();
      first.ifPresent(waiting::remove);
      return first;
    }

    private TimeoutException fault() {
      return new TimeoutException("lost by the test");
    }
  }
}
