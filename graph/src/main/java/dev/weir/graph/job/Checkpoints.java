package dev.weir.graph.job;

import dev.weir.graph.engine.Keeping;
import dev.weir.graph.kafka.ChunkStore;
import dev.weir.graph.kafka.Stretch;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps graphs and states of running jobs where every node finds them, and reads them back. Safe
 * from any thread.
 */
final class Checkpoints {

  private static final Logger LOG = LoggerFactory.getLogger(Checkpoints.class);
  private static final Duration USUAL = Duration.ofSeconds(15);

  /** A checkpoint that is not complete by then never will be. */
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  /** A job computes at least so many times as long as its shards take to be kept. */
  private static final int SHARE = 10;

  private final ChunkStore store;
  private final JobBoard board;

  Checkpoints(ChunkStore store, JobBoard board) {
    this.store = store;
    this.board = board;
  }

  /**
   * What keeps the states of an attempt's shards here.
   *
   * @param since when the attempt has begun, by {@link System#nanoTime}
   * @param writing threads that may wait
   * @param tell takes what all nodes are to know
   */
  Keeping.Keeper keeper(
      JobView job, LiveGraph graph, long since, Executor writing, Consumer<JobEvent> tell) {
    return new Keeper(job, graph, since, writing, tell);
  }

  /** Deletes what no job needs any more. */
  void tidy() {
    store.forget(board::needed);
  }

  /**
   * The graph of some shards, as an earlier attempt has kept it; waits.
   *
   * @throws ChunkStore.ChunkException if it is gone
   */
  SortedMap<Integer, ShardPiece> graph(JobView job, BuildPlan plan, List<Integer> shards) {
    SortedMap<Integer, ShardPiece> pieces = new TreeMap<>();
    for (int shard : shards) {
      List<byte[]> chunks = read(job.checkpoint().graph(), shard);
      pieces.put(shard, KeptPiece.read(shard, chunks, VertexIds.of(plan)));
    }
    return pieces;
  }

  /** The same for the states. */
  Keeping.From states(JobView job, List<Integer> shards) {
    SortedMap<Integer, List<byte[]>> states = new TreeMap<>();
    for (int shard : shards) {
      states.put(shard, read(job.checkpoint().states(), shard));
    }
    return new Keeping.From(job.checkpoint().superstep(), states);
  }

  private List<byte[]> read(SortedMap<Integer, Stretch> stretches, int shard) {
    Stretch stretch = stretches.get(shard);
    if (stretch == null) {
      throw new IllegalStateException("nothing was kept of shard " + shard);
    }
    return store.read(shard, stretch);
  }

  /** Keeps one attempt. */
  private final class Keeper implements Keeping.Keeper {
    private final JobView job;
    private final LiveGraph graph;
    private final Executor writing;
    private final Consumer<JobEvent> tell;
    private final long every;

    /** Shards whose graph is kept, or about to be. */
    private final ConcurrentSkipListSet<Integer> graphs;

    /** How long it took to keep a shard, at most. */
    private final AtomicLong longest = new AtomicLong();

    private volatile long last;
    private volatile int wanted;

    private Keeper(
        JobView job, LiveGraph graph, long since, Executor writing, Consumer<JobEvent> tell) {
      this.job = job;
      this.graph = graph;
      this.last = since;
      this.writing = writing;
      this.tell = tell;
      Integer seconds = job.request().checkpointSeconds();
      this.every = (seconds == null ? USUAL : Duration.ofSeconds(seconds)).toNanos();
      this.graphs = new ConcurrentSkipListSet<>(job.checkpoint().graph().keySet());
    }

    @Override
    public boolean isDue() {
      long since = System.nanoTime() - last;
      if (since < every || since < SHARE * longest.get()) {
        return false;
      }
      int complete = board.job(job.id()).map(now -> now.checkpoint().superstep()).orElse(0);
      return wanted <= complete || since > PATIENCE.toNanos();
    }

    @Override
    public void keep(int shard, int superstep, List<byte[]> state, Runnable done) {
      if (shard == 0) {
        wanted = superstep;
        last = System.nanoTime();
      }
      try {
        writing.execute(() -> write(shard, superstep, state, done));
      } catch (RejectedExecutionException e) {
        done.run();
      }
    }

    private void write(int shard, int superstep, List<byte[]> state, Runnable done) {
      boolean first = graphs.add(shard);
      try {
        if (first) {
          Stretch stretch =
              store.write(shard, chunks -> KeptPiece.write(graph.piece(shard), chunks));
          first = false;
          tell.accept(new JobEvent.Kept(job.attempt(), shard, JobEvent.Kept.GRAPH, stretch));
        }
        long begun = System.nanoTime();
        Stretch stretch = store.write(shard, state::forEach);
        longest.accumulateAndGet(System.nanoTime() - begun, Math::max);
        tell.accept(new JobEvent.Kept(job.attempt(), shard, superstep, stretch));
      } catch (RuntimeException e) {
        LOG.warn("Job {} keeps no state of shard {}: {}", job.id(), shard, e.getMessage());
        if (first) {
          graphs.remove(shard);
        }
      } finally {
        done.run();
      }
      tidy();
    }
  }
}
