package dev.weir.graph.job;

import dev.weir.graph.job.JobView.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Follows events to what is known of all jobs: the same at every node, because all hear the same in
 * the same order. Safe from any thread.
 */
final class JobBoard {

  /** An attempt that is given up so often has a reason that will not go away. */
  static final int MOST_ATTEMPTS = 10;

  private static final int MOST_ENDED = 1_000;

  private final int shards;
  private final SortedMap<String, JobView> jobs = new TreeMap<>(); // under "this"

  JobBoard(int shards) {
    this.shards = shards;
  }

  synchronized Optional<JobView> job(String id) {
    return Optional.ofNullable(jobs.get(id));
  }

  /** All jobs, the newest first. */
  synchronized List<JobView> jobs() {
    List<JobView> all = new ArrayList<>(jobs.values());
    all.sort((one, other) -> Long.compare(other.times().submitted(), one.times().submitted()));
    return all;
  }

  /**
   * Takes an event.
   *
   * @return the job as it is now, if it changed
   */
  synchronized Optional<JobView> take(String id, JobEvent event, long now) {
    JobView before = jobs.get(id);
    if (event instanceof JobEvent.Submitted submitted) {
      if (before != null
          || !(JobRequest.read(submitted.request()) instanceof JobRequest.Good good)) {
        return Optional.empty();
      }
      forgetOldest();
      return put(JobView.submitted(id, good.request(), submitted.catalogueRevision(), now));
    }
    if (before == null) {
      return Optional.empty();
    }
    if (event instanceof JobEvent.Removed) {
      jobs.remove(id);
      return Optional.empty();
    }
    JobView after = before.state().isEnd() ? null : after(before, event, now);
    return after == null ? Optional.empty() : put(after);
  }

  /** The least offset of a shard's partition of checkpoints that a live job needs. */
  synchronized long needed(int shard) {
    return jobs.values().stream()
        .filter(job -> !job.state().isEnd())
        .mapToLong(job -> job.checkpoint().needed(shard))
        .min()
        .orElse(Long.MAX_VALUE);
  }

  private Optional<JobView> put(JobView view) {
    jobs.put(view.id(), view);
    return Optional.of(view);
  }

  private void forgetOldest() {
    List<JobView> ended = jobs().stream().filter(job -> job.state().isEnd()).toList();
    ended.stream().skip(MOST_ENDED).forEach(job -> jobs.remove(job.id()));
  }

  private @Nullable JobView after(JobView job, JobEvent event, long now) {
    Draft draft = new Draft(job, now);
    if (event instanceof JobEvent.Ended ended) {
      // What a done job was computed from must be the present attempt; any other end is final.
      boolean stale = ended.state() == State.DONE && ended.attempt() != job.attempt();
      return stale ? null : draft.end(ended.state(), ended.reason());
    }
    if (event instanceof JobEvent.Offered offered && offered.attempt() == job.attempt()) {
      return offered(job, draft, offered);
    }
    if (event instanceof JobEvent.Aborted aborted && aborted.attempt() == job.attempt()) {
      if (aborted.anew()) {
        draft.checkpoint = Checkpoint.NONE;
      }
      return draft.restart(aborted.reason(), shards);
    }
    if (event instanceof JobEvent.Built built && built.attempt() == job.attempt()) {
      draft.built =
          new JobView.Built(built.vertices(), built.edges(), built.dangling(), built.cut());
      return draft.view();
    }
    if (event instanceof JobEvent.Progressed on && on.attempt() == job.attempt()) {
      draft.progress = on.progress();
      return draft.view();
    }
    if (event instanceof JobEvent.Kept kept && kept.attempt() == job.attempt()) {
      draft.checkpoint = job.checkpoint().with(kept, shards);
      return draft.view();
    }
    if (event instanceof JobEvent.Written written && written.attempt() == job.attempt()) {
      draft.written.put(written.node(), written.values());
      draft.warnings = written.warnings();
      return draft.view();
    }
    return null;
  }

  /** The first offer of a shard counts; one that comes too late for any of its shards does not. */
  private @Nullable JobView offered(JobView job, Draft draft, JobEvent.Offered offered) {
    TreeSet<Integer> taken = new TreeSet<>();
    job.offers().values().forEach(offer -> taken.addAll(offer.shards()));
    boolean late = offered.shards().stream().anyMatch(taken::contains);
    if (job.state() != State.WAITING || late || job.offers().containsKey(offered.node())) {
      return null;
    }
    draft.offers.put(offered.node(), new JobView.Offer(offered.session(), offered.shards()));
    taken.addAll(offered.shards());
    if (taken.size() == shards) {
      draft.state = State.RUNNING;
    }
    return draft.view();
  }

  /** A view that is being changed. */
  private static final class Draft {
    private final JobView before;
    private final long now;
    private State state;
    private int attempt;
    private final List<JobView.Restart> restarts;
    private Checkpoint checkpoint;
    private final SortedMap<String, JobView.Offer> offers;
    private JobView.@Nullable Built built;
    private JobView.@Nullable Progress progress;
    private final SortedMap<String, Long> written;
    private List<String> warnings;
    private String reason;

    private Draft(JobView before, long now) {
      this.before = before;
      this.now = now;
      this.state = before.state();
      this.attempt = before.attempt();
      this.restarts = new ArrayList<>(before.restarts());
      this.checkpoint = before.checkpoint();
      this.offers = new TreeMap<>(before.offers());
      this.built = before.built();
      this.progress = before.progress();
      this.written = new TreeMap<>(before.written());
      this.warnings = before.warnings();
      this.reason = before.reason();
    }

    private JobView end(State end, String why) {
      state = end;
      reason = why;
      return view();
    }

    private JobView restart(String why, int shards) {
      boolean goesOn = checkpoint.isComplete(shards);
      if (attempt == MOST_ATTEMPTS) {
        restarts.add(new JobView.Restart(why, null));
        return end(
            State.FAILED, "given up after " + MOST_ATTEMPTS + " attempts; the last one: " + why);
      }
      restarts.add(new JobView.Restart(why, goesOn ? checkpoint.superstep() : null));
      attempt++;
      state = State.WAITING;
      offers.clear();
      built = goesOn ? built : null;
      checkpoint = goesOn ? checkpoint.settled() : Checkpoint.NONE;
      progress = null;
      written.clear();
      warnings = List.of();
      return view();
    }

    private JobView view() {
      return new JobView(
          before.id(),
          before.request(),
          before.catalogueRevision(),
          state,
          attempt,
          List.copyOf(restarts),
          checkpoint,
          offers,
          built,
          progress,
          written,
          warnings,
          reason,
          new JobView.Times(before.times().submitted(), now));
    }
  }
}
