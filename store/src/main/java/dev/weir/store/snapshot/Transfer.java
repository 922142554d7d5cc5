package dev.weir.store.snapshot;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/** How far a download is. Safe from any thread. */
public final class Transfer {
  private final AtomicLong total = new AtomicLong();
  private final AtomicLong arrived = new AtomicLong();
  private final AtomicLong reused = new AtomicLong();
  private volatile String from = "";
  private volatile long offset = -1;
  private volatile long begunAt;

  /** What a download came to. */
  public sealed interface Result {

    /**
     * All is there and was verified.
     *
     * @param directory holds the database and nothing else
     */
    record Arrived(Path directory, Manifest manifest) implements Result {}

    /** The source is gone, or this disk fails: what has arrived is kept for another attempt. */
    record Broken(String reason) implements Result {}

    /** What the source has cannot be used; another source may help. */
    record Unusable(String reason) implements Result {}
  }

  void begin(String source, Manifest manifest) {
    from = source;
    offset = manifest.state().position().offset();
    total.set(manifest.size());
    arrived.set(0);
    reused.set(0);
    begunAt = System.nanoTime();
  }

  void arrived(long bytes) {
    arrived.addAndGet(bytes);
  }

  void reused(long bytes) {
    reused.addAndGet(bytes);
  }

  /** Offset of the last record in what comes; -1 = none, or nothing comes yet. */
  public long offset() {
    return offset;
  }

  /** Bytes that it takes. */
  public long total() {
    return total.get();
  }

  /** Bytes that have come from the source. */
  public long fetched() {
    return arrived.get();
  }

  /** Bytes that were here from an earlier attempt. */
  public long kept() {
    return reused.get();
  }

  /** Bytes that come from the source in a second, on average since it was begun with; 0 = none. */
  public long bytesPerSecond() {
    long fetched = fetched();
    return fetched == 0 ? 0 : (long) (fetched * 1e9 / Math.max(1, System.nanoTime() - begunAt));
  }

  /** What is asked, for people; empty = nothing yet. */
  public String from() {
    return from;
  }
}
