package dev.weir.query.http;

import dev.weir.graph.job.JobView;
import dev.weir.graph.job.LiveJobs;
import dev.weir.query.Jobs;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Algorithms over the graph: submitted, followed and removed. */
final class JobRoutes {
  private static final String TAG = "graph";
  private static final PathTemplate ALL = new PathTemplate("/v1/jobs");
  private static final PathTemplate ONE = new PathTemplate("/v1/jobs/{id}");
  private static final Parameter ID = Parameter.path("id", "The job's id.");

  private final Jobs jobs;
  private final int maxBodyBytes;

  JobRoutes(Jobs jobs, int maxBodyBytes) {
    this.jobs = jobs;
    this.maxBodyBytes = maxBodyBytes;
  }

  List<Route> routes() {
    return List.of(
        new Route("POST", ALL, submitSpec(), this::submit),
        new Route("GET", ALL, listSpec(), call -> list()),
        new Route("GET", ONE, showSpec(), this::show),
        new Route("DELETE", ONE, deleteSpec(), this::delete));
  }

  private CompletableFuture<Answer> submit(Call call) throws ProblemException {
    Bodies.requireType(call.incoming(), List.of(Json.CONTENT_TYPE));
    String path = call.incoming().rawPath();
    return jobs.submit(Json.parse(call.body(maxBodyBytes)))
        .thenApply(
            submission -> {
              if (submission instanceof LiveJobs.Taken taken) {
                return fresh(json(taken.job())).status(202);
              }
              if (submission instanceof LiveJobs.Faulty faulty) {
                String detail = String.join("; ", faulty.faults());
                return Problem.of(ProblemType.INVALID_JOB, detail).answer(path);
              }
              String reason = ((LiveJobs.NotNow) submission).reason();
              return Problem.of(ProblemType.LOG_UNAVAILABLE, reason).retryAfter(1).answer(path);
            });
  }

  private CompletableFuture<Answer> list() {
    List<Map<String, Object>> rows = jobs.jobs().stream().map(JobRoutes::json).toList();
    return CompletableFuture.completedFuture(fresh(Map.of("jobs", rows)));
  }

  private CompletableFuture<Answer> show(Call call) throws ProblemException {
    String id = call.path("id");
    return CompletableFuture.completedFuture(
        fresh(json(jobs.job(id).orElseThrow(() -> unknown(id)))));
  }

  private CompletableFuture<Answer> delete(Call call) throws ProblemException {
    String id = call.path("id");
    Optional<String> unreachable = jobs.unreachable();
    if (unreachable.isPresent()) {
      throw new ProblemException(
          Problem.of(ProblemType.LOG_UNAVAILABLE, unreachable.get()).retryAfter(1));
    }
    JobView job = jobs.delete(id).orElseThrow(() -> unknown(id));
    return CompletableFuture.completedFuture(fresh(json(job)).status(202));
  }

  private static ProblemException unknown(String id) {
    return new ProblemException(
        ProblemType.UNKNOWN_JOB, "There is no job '" + Texts.shorten(id) + "'.");
  }

  private static Answer fresh(Map<String, Object> json) {
    return Answer.json(json).header("Cache-Control", "no-store");
  }

  private static Map<String, Object> json(JobView job) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", job.id());
    json.put("state", job.state().name().toLowerCase(Locale.ROOT));
    json.put("reason", job.reason());
    json.put("request", job.request().json());
    json.put("submitted", Instant.ofEpochMilli(job.times().submitted()).toString());
    json.put("changed", Instant.ofEpochMilli(job.times().changed()).toString());
    json.put("attempt", job.attempt());
    json.put("restarts", job.restarts().stream().map(JobRoutes::restart).toList());
    int kept = job.checkpoint().superstep();
    json.put("checkpoint", job.checkpoint().states().isEmpty() ? null : kept);
    Map<String, Object> nodes = new LinkedHashMap<>();
    job.offers().forEach((node, offer) -> nodes.put(node, offer.shards()));
    json.put("nodes", nodes);
    json.put("graph", graph(job.built()));
    json.put("progress", progress(job.progress()));
    json.put("collection", job.request().result());
    json.put("run", job.run());
    json.put("values", job.written().values().stream().mapToLong(Long::longValue).sum());
    json.put("warnings", job.warnings());
    return json;
  }

  private static Map<String, Object> restart(JobView.Restart restart) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("reason", restart.reason());
    json.put("superstep", restart.superstep());
    return json;
  }

  private static @Nullable Map<String, Object> graph(JobView.@Nullable Built built) {
    if (built == null) {
      return null;
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("vertices", built.vertices());
    json.put("edges", built.edges());
    json.put("dangling", built.dangling());
    json.put("cut", built.cut());
    return json;
  }

  private static @Nullable Map<String, Object> progress(JobView.@Nullable Progress progress) {
    if (progress == null) {
      return null;
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("superstep", progress.superstep());
    json.put("computed", progress.computed());
    json.put("awake", progress.awake());
    json.put("messages", progress.messages());
    json.put("bytes", progress.bytes());
    json.put("millis", progress.millis());
    JobView.Left left = progress.left();
    json.put("superstepsLeft", left == null ? null : left.supersteps());
    json.put("millisLeft", left == null ? null : left.millis());
    return json;
  }

  private static OperationSpec submitSpec() {
    return OperationSpec.of("submitJob", TAG, "Run an algorithm over the graph")
        .describe(
            "The vertices are the documents of the collections that the edge types connect, the"
                + " edges their documents, as every shard holds them when the job reads it: later"
                + " writes do not change the result. Edges of which an end is missing or filtered"
                + " out are left out and counted. The values become documents of the collection"
                + " `result`, whose keys are the run and the vertex; the run is complete when the"
                + " collection `<result>-runs` has a document of its name, and `latest` there is"
                + " the newest one.")
        .reads(OperationSpec.Body.component(Json.CONTENT_TYPE, "JobRequest"))
        .mayTakeLong()
        .answers(202, "It will be run; follow it with GET.", Schemas.json("Job"))
        .refuses(ProblemType.INVALID_BODY, ProblemType.INVALID_JOB)
        .refuses(ProblemType.BODY_TOO_LARGE, ProblemType.UNSUPPORTED_MEDIA_TYPE)
        .refuses(ProblemType.LOG_UNAVAILABLE)
        .example(
            "ranks",
            Map.of(),
            Json.CONTENT_TYPE,
            "{\"algorithm\":\"pr\",\"parameters\":{\"iterations\":20},"
                + "\"edges\":[\"refers-to\"],\"result\":\"ranks\"}",
            202);
  }

  private static OperationSpec listSpec() {
    return OperationSpec.of("listJobs", TAG, "List the jobs of the last day")
        .describe("The newest first; the same at every node.")
        .answers(200, "The jobs.", Schemas.json("Jobs"))
        .example("all", Map.of(), 200);
  }

  private static OperationSpec showSpec() {
    return OperationSpec.of("showJob", TAG, "Show a job")
        .describe(
            "How far it is, and what came of it. A job that loses a node goes on from the last"
                + " superstep before which all shards have kept their states, or begins again with"
                + " another cut; `restarts` says which.")
        .takes(ID)
        .answers(200, "The job.", Schemas.json("Job"))
        .refuses(ProblemType.UNKNOWN_JOB)
        .example("one", Map.of("id", "0000000000001"), 200);
  }

  private static OperationSpec deleteSpec() {
    return OperationSpec.of("deleteJob", TAG, "Cancel or remove a job")
        .describe("A job that has not ended is cancelled; one that has is removed with its values.")
        .takes(ID)
        .answers(202, "The job as it was.", Schemas.json("Job"))
        .refuses(ProblemType.UNKNOWN_JOB, ProblemType.LOG_UNAVAILABLE)
        .example("one", Map.of("id", "0000000000001"), 202);
  }
}
