package dev.weir.store.read;

import dev.weir.store.Admission;
import dev.weir.store.Demand;
import dev.weir.store.Query;
import dev.weir.store.ReadResult;
import dev.weir.store.Refusal;
import dev.weir.store.ShardGate;
import dev.weir.store.ShardReader;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads behind a gate: a replica that meets the demand answers on the caller's thread. Safe from
 * any thread.
 *
 * @param reader answers from what is applied
 * @param gate decides when that will do
 */
public record GatedReads(ShardReader reader, ShardGate gate) {
  private static final Logger LOG = LoggerFactory.getLogger(GatedReads.class);

  /** Whether a query takes so little time that it may be answered on any thread. */
  public static boolean isShort(Query<?> query) {
    return query instanceof Query.Get || query instanceof Query.Decision;
  }

  /**
   * Answers once the replica meets the demand, or refuses; of queries that are not {@link #isShort}
   * and had to wait, on Java's pool for asynchronous work.
   *
   * @return never completes exceptionally
   */
  public <R> CompletableFuture<ReadResult<R>> read(int shard, Query<R> query, Demand demand) {
    CompletableFuture<Admission> pass = gate.pass(shard, demand);
    if (pass.isDone()) {
      return CompletableFuture.completedFuture(answer(pass.join(), shard, query));
    }
    return isShort(query)
        ? pass.thenApply(admission -> answer(admission, shard, query))
        : pass.thenApplyAsync(admission -> answer(admission, shard, query));
  }

  private <R> ReadResult<R> answer(Admission admission, int shard, Query<R> query) {
    if (admission instanceof Admission.Denied denied) {
      return new ReadResult.Refused<>(denied.refusal());
    }
    ReadResult<R> result;
    try {
      result = reader.read(shard, query);
    } catch (RuntimeException e) {
      LOG.error("Reading shard {} failed", shard, e);
      return new ReadResult.Refused<>(
          new Refusal.Stopped(shard, "its state cannot be read; the log says why"));
    }
    Admission.Granted granted = (Admission.Granted) admission;
    return granted.staleness() != null && result instanceof ReadResult.Answer<R> answer
        ? answer.within(granted.staleness())
        : result;
  }
}
