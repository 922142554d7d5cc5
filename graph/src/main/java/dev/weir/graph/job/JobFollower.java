package dev.weir.graph.job;

import dev.weir.graph.Exchange;
import dev.weir.graph.kafka.ChunkStore;
import dev.weir.graph.kafka.GraphWire;
import dev.weir.graph.kafka.RunKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does this node's part of every job: offers its shards, computes them once all shards are offered,
 * gives up attempts whose nodes are gone, and publishes the run when all values are written.
 * Confined to the thread of jobs but for {@link #close}.
 */
final class JobFollower {

  private static final Logger LOG = LoggerFactory.getLogger(JobFollower.class);
  private static final int GATHER_SECONDS = 15;
  private static final int RADIX = 32;
  private static final int TIDY_SECONDS = 10;

  private final JobHost host;
  private final JobBoard board;
  private final GraphWire wire;
  private final Attempt.Means means;
  private final ScheduledExecutorService thread;
  private final BiConsumer<String, JobEvent> tell;
  private final RunPublisher publisher;
  private final Checkpoints checkpoints;
  private final ExecutorService writing =
      Executors.newCachedThreadPool(
          work -> {
            Thread made = new Thread(work, "weir-graph-results");
            made.setDaemon(true);
            return made;
          });

  /** This node's part, by job. */
  private final Map<String, Part> parts = new ConcurrentHashMap<>();

  /** Nodes that this one has met as members, with their sessions. */
  private final Set<String> met = new TreeSet<>();

  /** What this node does in one attempt of a job. */
  private static final class Part {
    private final int attempt;
    private List<Integer> shards = List.of();
    private @Nullable List<Exchange> phases;
    private @Nullable Attempt running;
    private boolean joining;
    private boolean publishing;

    private Part(int attempt) {
      this.attempt = attempt;
    }

    private void stop() {
      Attempt run = running;
      List<Exchange> joined = phases;
      if (run != null) {
        run.stop();
      } else if (joined != null) {
        joined.forEach(exchange -> exchange.stop("the attempt is over"));
      }
      if (joined != null) {
        joined.forEach(Exchange::close);
      }
    }
  }

  JobFollower(
      JobHost host,
      JobBoard board,
      GraphWire wire,
      Attempt.Engines engines,
      ScheduledExecutorService thread,
      BiConsumer<String, JobEvent> tell) {
    this.host = host;
    this.board = board;
    this.wire = wire;
    this.checkpoints = engines.checkpoints();
    this.means = new Attempt.Means(host, engines.engine(), checkpoints, writing);
    this.thread = thread;
    this.tell = tell;
    this.publisher = new RunPublisher(host);
  }

  /** The past is known now. */
  void begin() {
    lookAtAll();
  }

  void lookAtAll() {
    board.jobs().stream().filter(job -> !job.state().isEnd()).forEach(job -> look(job.id()));
  }

  /** Does what the state of a job asks of this node. */
  void look(String id) {
    JobView job = board.job(id).orElse(null);
    Part part = parts.get(id);
    if (part != null && (job == null || job.state().isEnd() || job.attempt() != part.attempt)) {
      part.stop();
      parts.remove(id);
      part = null;
      var unused =
          thread.schedule(
              checkpoints::tidy, ChunkStore.GRACE.toSeconds() + TIDY_SECONDS, TimeUnit.SECONDS);
    }
    if (job == null || job.state().isEnd()) {
      return;
    }
    if (part == null) {
      part = new Part(job.attempt());
      parts.put(id, part);
      giveUpUnlessGathered(job);
    }
    if (job.state() == JobView.State.WAITING) {
      offer(job, part);
    } else {
      takePart(job, part);
      watch(job);
      publish(job, part);
    }
  }

  private void giveUpUnlessGathered(JobView job) {
    var unused =
        thread.schedule(
            () -> {
              Optional<JobView> now = board.job(job.id());
              if (now.filter(each -> each.state() == JobView.State.WAITING).isPresent()
                  && now.get().attempt() == job.attempt()) {
                TreeSet<Integer> missing = new TreeSet<>();
                for (int shard = 0; shard < host.shards().shards(); shard++) {
                  if (now.get().nodeOf(shard).isEmpty()) {
                    missing.add(shard);
                  }
                }
                abort(job, "no node could take part with shards " + missing);
              }
            },
            GATHER_SECONDS,
            TimeUnit.SECONDS);
  }

  private void abort(JobView job, String reason) {
    tell.accept(job.id(), new JobEvent.Aborted(job.attempt(), reason));
  }

  private void offer(JobView job, Part part) {
    JobView.Offer own = job.offers().get(host.node());
    if (own != null || part.joining || host.catalogue().revision() < job.catalogueRevision()) {
      if (own == null && !part.joining) {
        // The definitions are on their way to this node.
        var unused = thread.schedule(() -> look(job.id()), 100, TimeUnit.MILLISECONDS);
      }
      return;
    }
    TreeSet<Integer> free = new TreeSet<>(host.actives());
    job.offers().values().forEach(offer -> free.removeAll(offer.shards()));
    boolean rejected = part.phases != null && !free.containsAll(part.shards);
    if (free.isEmpty() || (part.phases != null && !rejected)) {
      return;
    }
    List<Exchange> before = part.phases;
    if (before != null) {
      before.forEach(Exchange::close);
    }
    part.joining = true;
    part.shards = new ArrayList<>(free);
    RunKey key = new RunKey(new UUID(0, Long.parseUnsignedLong(job.id(), RADIX)), job.attempt(), 0);
    var unused =
        wire.join(key, Attempt.PHASES, part.shards)
            .whenCompleteAsync((phases, failure) -> joined(job, part, phases, failure), thread);
  }

  private void joined(
      JobView job, Part part, @Nullable List<Exchange> phases, @Nullable Throwable failure) {
    part.joining = false;
    if (phases == null) {
      LOG.warn("Job {} cannot be joined", job.id(), failure);
      abort(job, "a node cannot listen: " + failure);
      return;
    }
    part.phases = phases;
    if (parts.get(job.id()) != part) {
      part.stop();
      return;
    }
    tell.accept(
        job.id(), new JobEvent.Offered(job.attempt(), host.node(), host.session(), part.shards));
  }

  private void takePart(JobView job, Part part) {
    JobView.Offer own = job.offers().get(host.node());
    List<Exchange> phases = part.phases;
    if (own == null || own.session() != host.session() || phases == null || part.running != null) {
      return;
    }
    JobPlan.Planning planning = JobPlan.of(job.request(), host.catalogue(), host.shards());
    JobPlan plan = planning.plan();
    if (plan == null) {
      String reason = String.join("; ", planning.faults());
      tell.accept(job.id(), new JobEvent.Ended(job.attempt(), JobView.State.REFUSED, reason));
      return;
    }
    Attempt attempt =
        new Attempt(job, plan, own.shards(), phases, means, event -> tell.accept(job.id(), event));
    part.running = attempt;
    attempt.start();
  }

  /** A node that has been a member and is none any more will never answer. */
  private void watch(JobView job) {
    for (Map.Entry<String, JobView.Offer> each : new TreeMap<>(job.offers()).entrySet()) {
      String node = each.getKey();
      long session = each.getValue().session();
      String name = node + "/" + session;
      if (host.isMember(node, session)) {
        met.add(name);
      } else if (met.contains(name)) {
        abort(job, "node " + node + " is gone");
      } else {
        var unused =
            thread.schedule(
                () -> {
                  met.add(name);
                  lookAtAll();
                },
                GATHER_SECONDS,
                TimeUnit.SECONDS);
      }
    }
  }

  private void publish(JobView job, Part part) {
    boolean mine = job.nodeOf(0).filter(host.node()::equals).isPresent() && part.running != null;
    boolean complete = job.written().keySet().containsAll(job.offers().keySet());
    if (!mine || !complete || part.publishing) {
      return;
    }
    part.publishing = true;
    writing.execute(
        () -> {
          try {
            publisher.publish(job);
            tell.accept(job.id(), new JobEvent.Ended(job.attempt(), JobView.State.DONE, ""));
          } catch (RuntimeException e) {
            abort(job, "the run could not be published: " + e.getMessage());
          }
        });
  }

  void close() {
    parts.values().forEach(Part::stop);
    writing.shutdownNow();
  }
}
