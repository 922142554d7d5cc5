package dev.weir.graph.job;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.graph.kafka.ChunkStore;
import dev.weir.graph.kafka.GraphWire;
import dev.weir.graph.kafka.RunKey;
import dev.weir.graph.worker.BatchEngine;
import dev.weir.store.Catalogue;
import dev.weir.store.Outcome;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The jobs of an application, as every node offers them. Nobody leads: what happens to a job is an
 * event in a partition that all nodes read, and all come to the same conclusions. Safe from any
 * thread.
 */
public final class LiveJobs implements AutoCloseable {

  private static final int ID_LENGTH = 13;
  private static final int RADIX = 32;
  private static final int PATIENCE_SECONDS = 20;
  private static final UUID NODES = new UUID(0, 0);

  private final JobHost host;
  private final JobBoard board;
  private final JobFollower follower;
  private final ResultRemoval removal;
  private final SecureRandom random = new SecureRandom();
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread made = new Thread(work, "weir-graph-jobs");
            made.setDaemon(true);
            return made;
          });
  private final GraphWire wire;
  private final ChunkStore chunks;

  private final EventTeller teller;
  private final AtomicBoolean live = new AtomicBoolean();
  private final AtomicBoolean closed = new AtomicBoolean();

  /** Who waits for a job to be seen, by id. */
  private final Map<String, CompletableFuture<JobView>> awaited = new ConcurrentHashMap<>();

  /**
   * The topics of the application that jobs use.
   *
   * @param frames through which shards talk: a partition for each, and one more
   * @param checkpoints that keeps states: a partition for each shard
   */
  public record Topics(String frames, String checkpoints) {}

  /** What came of submitting. */
  public sealed interface Submission {}

  /** It will be run. */
  public record Taken(JobView job) implements Submission {}

  /**
   * It cannot be run as it is.
   *
   * @param faults what is wrong; at least one
   */
  public record Faulty(List<String> faults) implements Submission {}

  /** Not now; try again. */
  public record NotNow(String reason) implements Submission {}

  /**
   * Begins to follow the jobs of an application.
   *
   * @param client settings of Kafka clients
   * @param topics exist
   * @param engine computes the shards of this node; stays the caller's
   */
  public LiveJobs(JobHost host, Map<String, ?> client, Topics topics, BatchEngine engine) {
    this.host = host;
    this.board = new JobBoard(host.shards().shards());
    this.wire = new GraphWire(client, topics.frames(), host.shards().shards(), this::heard);
    this.teller = new EventTeller(wire);
    this.removal = new ResultRemoval(host);
    this.chunks = new ChunkStore(client, topics.checkpoints());
    Attempt.Engines engines = new Attempt.Engines(engine, new Checkpoints(chunks, board));
    this.follower = new JobFollower(host, board, wire, engines, thread, this::tell);
    tell("", new JobEvent.Hello(host.node(), host.session()));
  }

  private void heard(RunKey run, byte[] bytes, long timestamp) {
    JobEvent event = JobEvent.read(bytes);
    if (event instanceof JobEvent.Hello hello) {
      if (hello.node().equals(host.node()) && hello.session() == host.session()) {
        live.set(true);
        thread.execute(follower::begin);
      }
      return;
    }
    String id = id(run.run());
    Optional<JobView> changed = board.take(id, event, timestamp);
    changed.ifPresent(
        job -> {
          CompletableFuture<JobView> waiting = awaited.remove(job.id());
          if (waiting != null) {
            waiting.complete(job);
          }
        });
    if (live.get() && !closed.get()) {
      thread.execute(() -> follower.look(id));
    }
  }

  private static String id(UUID run) {
    String text = Long.toUnsignedString(run.getLeastSignificantBits(), RADIX);
    return "0".repeat(ID_LENGTH - text.length()) + text;
  }

  private static RunKey key(String id) {
    UUID run = id.isEmpty() ? NODES : new UUID(0, Long.parseUnsignedLong(id, RADIX));
    return new RunKey(run, 0, 0);
  }

  private void tell(String id, JobEvent event) {
    teller.untilTold(key(id), event);
  }

  /** The members of the application may have changed, or the shards of this node. */
  public void changed() {
    if (live.get() && !closed.get()) {
      thread.execute(follower::lookAtAll);
    }
  }

  /** Why nothing can be told to the nodes at present; empty if it can. */
  public Optional<String> unreachable() {
    return host.silence()
        .map(
            silence ->
                "Kafka cannot be reached from here, for "
                    + silence.toSeconds()
                    + " s now: jobs go on and are taken when it can be reached again.");
  }

  /** Takes a job. */
  public CompletableFuture<Submission> submit(JsonNode request) {
    Optional<String> unreachable = unreachable();
    if (unreachable.isPresent()) {
      return notNow(unreachable.get());
    }
    JobRequest.Reading reading = JobRequest.read(request);
    if (reading instanceof JobRequest.Bad bad) {
      return CompletableFuture.completedFuture(new Faulty(bad.faults()));
    }
    JobRequest good = ((JobRequest.Good) reading).request();
    Catalogue catalogue = host.catalogue();
    JobPlan.Planning planning = JobPlan.of(good, catalogue, host.shards());
    JobPlan plan = planning.plan();
    if (plan == null) {
      return CompletableFuture.completedFuture(new Faulty(planning.faults()));
    }
    Optional<String> fault =
        ResultCollections.fault(good.result(), plan.build().vertices(), catalogue);
    if (fault.isPresent()) {
      return CompletableFuture.completedFuture(new Faulty(List.of(fault.get())));
    }
    return define(plan, catalogue)
        .thenCompose(
            revision ->
                revision.isEmpty()
                    ? notNow("the collections of results cannot be defined at present")
                    : announce(good, revision.get()));
  }

  private static CompletableFuture<Submission> notNow(String reason) {
    return CompletableFuture.completedFuture(new NotNow(reason));
  }

  /** Sees to it that the collections of results exist; answers the revision that has them. */
  private CompletableFuture<Optional<Integer>> define(JobPlan plan, Catalogue catalogue) {
    String result = plan.request().result();
    if (catalogue.collection(result).isPresent()) {
      return CompletableFuture.completedFuture(Optional.of(catalogue.revision()));
    }
    return host.submit(ResultCollections.define(result, plan.build().vertices()))
        .thenApply(
            outcome ->
                outcome
                    .filter(Outcome.Defined.class::isInstance)
                    .map(defined -> ((Outcome.Defined) defined).revision()));
  }

  private CompletableFuture<Submission> announce(JobRequest request, int revision) {
    long bits = random.nextLong();
    String id = id(new UUID(0, bits));
    CompletableFuture<JobView> seen = new CompletableFuture<>();
    awaited.put(id, seen);
    JobEvent event = new JobEvent.Submitted(request.json(), revision, host.node());
    return teller
        .once(key(id), event)
        .thenCompose(told -> seen)
        .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .handle(
            (job, failure) -> {
              awaited.remove(id);
              return failure == null
                  ? new Taken(job)
                  : new NotNow("Kafka does not take the job at present: " + failure.getMessage());
            });
  }

  /** All jobs that are known, the newest first. */
  public List<JobView> jobs() {
    return board.jobs();
  }

  /** A job. */
  public Optional<JobView> job(String id) {
    return board.job(id);
  }

  /**
   * Cancels a job that has not ended; removes one that has, with its values.
   *
   * @return the job as it was; empty if there is none
   */
  public Optional<JobView> delete(String id) {
    Optional<JobView> job = board.job(id);
    job.ifPresent(
        known -> {
          if (known.state().isEnd()) {
            removal.remove(known);
            tell(id, new JobEvent.Removed());
          } else {
            tell(
                id,
                new JobEvent.Ended(known.attempt(), JobView.State.CANCELLED, "it was cancelled"));
          }
        });
    return job;
  }

  /** Ends this node's part of all jobs; others begin them again without it. */
  @Override
  public void close() {
    closed.set(true);
    follower.close();
    wire.close();
    chunks.close();
    teller.close();
    thread.shutdownNow();
    removal.close();
  }
}
