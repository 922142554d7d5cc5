package dev.weir.query.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.graph.job.Checkpoint;
import dev.weir.graph.job.JobRequest;
import dev.weir.graph.job.JobView;
import dev.weir.graph.job.LiveJobs;
import dev.weir.query.Jobs;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** Takes every job that can be read, and knows one that is done. */
final class OneJob implements Jobs {

  static final String ID = "0000000000001";

  private static JobView job(JobRequest request) {
    return new JobView(
        ID,
        request,
        1,
        JobView.State.DONE,
        2,
        List.of(new JobView.Restart("node a is gone", 2)),
        Checkpoint.NONE,
        new TreeMap<>(Map.of("b", new JobView.Offer(7, List.of(0, 1)))),
        new JobView.Built(10, 20, 1, List.of(5L, 6L)),
        new JobView.Progress(3, 10, 0, 100, 1_000, 12, new JobView.Left(0, 0)),
        new TreeMap<>(Map.of("b", 10L)),
        List.of(),
        "",
        new JobView.Times(1_000, 2_000));
  }

  @Override
  public CompletableFuture<LiveJobs.Submission> submit(JsonNode request) {
    return CompletableFuture.completedFuture(
        JobRequest.read(request) instanceof JobRequest.Good good
            ? new LiveJobs.Taken(job(good.request()))
            : new LiveJobs.Faulty(List.of("it cannot be read")));
  }

  @Override
  public List<JobView> jobs() {
    List<JobRequest.Edges> edges = List.of(new JobRequest.Edges("refers-to", true));
    return List.of(
        job(new JobRequest("wcc", Map.of(), edges, true, null, null, null, "groups", 30)));
  }

  @Override
  public Optional<JobView> delete(String id) {
    return job(id);
  }
}
