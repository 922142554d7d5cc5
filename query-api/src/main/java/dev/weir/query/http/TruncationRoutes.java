package dev.weir.query.http;

import dev.weir.query.LocalNode;
import dev.weir.store.truncation.LogTruncator;
import dev.weir.store.truncation.TruncationReport;
import dev.weir.store.truncation.TruncationStep;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** What can go from the beginning of the log. */
final class TruncationRoutes {
  private static final String TAG = "snapshots";
  private static final String DRY_RUN = "dryRun";
  private static final PathTemplate PATH = new PathTemplate("/v1/truncation");

  private final LocalNode node;

  TruncationRoutes(LocalNode node) {
    this.node = node;
  }

  List<Route> routes() {
    return List.of(
        new Route(
            "GET",
            PATH,
            showSpec(),
            call -> CompletableFuture.completedFuture(answer(node.lastCut()))),
        new Route("POST", PATH, cutSpec(), this::cut));
  }

  private CompletableFuture<Answer> cut(Call call) throws ProblemException {
    return node.cutLog(call.query().flag(DRY_RUN, false)).thenApply(TruncationRoutes::answer);
  }

  private static Answer answer(LocalNode.LogCut cut) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("repository", cut.repository());
    json.put("failure", cut.failure());
    json.put("at", cut.report().map(report -> report.at().toString()).orElse(null));
    json.put("dryRun", cut.report().map(TruncationReport::dryRun).orElse(true));
    json.put(
        "shards",
        cut.report()
            .map(report -> report.steps().stream().map(step -> row(step, report)).toList())
            .orElse(List.of()));
    return Answer.json(json).header("Cache-Control", "no-store");
  }

  private static Map<String, Object> row(TruncationStep step, TruncationReport report) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("shard", step.shard());
    row.put("bytes", report.bytes().get(step.shard()));
    if (step instanceof TruncationStep.Truncate truncate) {
      row.put("from", truncate.from());
      row.put("before", truncate.before());
      row.put("records", truncate.records());
      row.put("done", report.results().get(step.shard()) instanceof LogTruncator.Result.Truncated);
      row.put("detail", detail(report, step.shard()));
    } else if (step instanceof TruncationStep.Hold hold) {
      row.put("from", null);
      row.put("before", null);
      row.put("records", 0);
      row.put("done", false);
      row.put("detail", hold.reason());
    }
    return row;
  }

  private static String detail(TruncationReport report, int shard) {
    LogTruncator.Result result = report.results().get(shard);
    if (result instanceof LogTruncator.Result.Failed failed) {
      return failed.reason();
    }
    return report.dryRun() ? "can go" : "";
  }

  private static OperationSpec showSpec() {
    return OperationSpec.of("showTruncation", TAG, "Show the last cut in the log at this node")
        .describe(
            "What this node last found that nobody needs of the log any more. With a schedule, the"
                + " node that is the active of shard 0 looks. An empty repository means that none"
                + " is configured, and that nothing is ever cut.")
        .answers(200, "The last look.", Schemas.json("Truncation"))
        .example("last", Map.of(), 200);
  }

  private static OperationSpec cutSpec() {
    return OperationSpec.of("truncateLog", TAG, "Free the beginning of the log")
        .describe(
            "Has Kafka delete the records of every shard that are in a snapshot which was read back"
                + " and found sound, and in the state of every replica, but for a margin. Source"
                + " topics are never touched. Kafka frees whole segments, minutes later.")
        .takes(Parameter.query(DRY_RUN, Schemas.flag(false), "Whether only to say what could go."))
        .mayTakeLong()
        .answers(200, "What was found and done.", Schemas.json("Truncation"))
        .refuses(ProblemType.INVALID_PARAMETER)
        .example("look", Map.of(DRY_RUN, "true"), 200);
  }
}
