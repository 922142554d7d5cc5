package dev.weir.store.log;

import dev.weir.store.write.LogRecord;
import java.util.concurrent.CompletableFuture;

/**
 * Appends records to the application's log. Records sent to one shard by one caller thread keep
 * their order. Safe from any thread.
 */
public interface LogAppender {

  /**
   * Appends one record.
   *
   * @param shard the log partition
   * @param record what to append
   * @param timestamp of the event, milliseconds since the epoch; negative ones become 0
   * @return the offset once all in-sync replicas have it; exceptionally if it is not known to be
   *     there, after which later records of the same caller may still arrive; with a {@link
   *     NotAppendedException} if it certainly is not and will not be
   */
  CompletableFuture<Long> append(int shard, LogRecord record, long timestamp);

  /** Sends what is buffered, without waiting for it. */
  void flush();
}
