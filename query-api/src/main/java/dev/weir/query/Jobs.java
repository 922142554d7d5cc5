package dev.weir.query;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.graph.job.JobView;
import dev.weir.graph.job.LiveJobs;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Algorithms over the graph of the application. Safe from any thread. */
public interface Jobs {

  /** Where none can be run. */
  Jobs NONE =
      new Jobs() {
        @Override
        public CompletableFuture<LiveJobs.Submission> submit(JsonNode request) {
          return CompletableFuture.completedFuture(
              new LiveJobs.NotNow("this node runs no algorithms"));
        }

        @Override
        public List<JobView> jobs() {
          return List.of();
        }

        @Override
        public Optional<JobView> delete(String id) {
          return Optional.empty();
        }
      };

  /** Takes a job. */
  CompletableFuture<LiveJobs.Submission> submit(JsonNode request);

  /** All that are known, the newest first. */
  List<JobView> jobs();

  /** One of them. */
  default Optional<JobView> job(String id) {
    return jobs().stream().filter(job -> job.id().equals(id)).findFirst();
  }

  /** Why none can be taken, cancelled or removed at present; empty if they can. */
  default Optional<String> unreachable() {
    return Optional.empty();
  }

  /** Cancels a job that has not ended, removes one that has; answers what it was. */
  Optional<JobView> delete(String id);

  /** Those of a node. */
  static Jobs of(LiveJobs live) {
    return new Jobs() {
      @Override
      public CompletableFuture<LiveJobs.Submission> submit(JsonNode request) {
        return live.submit(request);
      }

      @Override
      public List<JobView> jobs() {
        return live.jobs();
      }

      @Override
      public Optional<String> unreachable() {
        return live.unreachable();
      }

      @Override
      public Optional<JobView> job(String id) {
        return live.job(id);
      }

      @Override
      public Optional<JobView> delete(String id) {
        return live.delete(id);
      }
    };
  }
}
