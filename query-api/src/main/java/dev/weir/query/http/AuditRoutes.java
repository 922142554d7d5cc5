package dev.weir.query.http;

import dev.weir.query.AuditView;
import dev.weir.query.Audits;
import dev.weir.query.Database;
import dev.weir.query.LocalNode;
import dev.weir.store.Catalogue;
import dev.weir.store.SourceDefinition;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Audits: begun, followed and cancelled, each at the node that makes it. */
final class AuditRoutes {
  private static final String TAG = "sources";
  private static final PathTemplate ALL = new PathTemplate("/v1/audits");
  private static final PathTemplate ONE = new PathTemplate("/v1/audits/{id}");
  private static final Parameter ID = Parameter.path("id", "The audit's id, at this node.");
  private static final String SOURCE = "source";
  private static final String PATIENCE = "patience";
  private static final String RATE = "rate";
  private static final int MOST_SECONDS = 600;
  private static final int SECONDS = 10;
  private static final int MOST_RECORDS = 10_000_000;
  private static final int RECORDS = 100_000;

  private final Database database;
  private final LocalNode node;

  AuditRoutes(Database database, LocalNode node) {
    this.database = database;
    this.node = node;
  }

  List<Route> routes() {
    return List.of(
        new Route("POST", ALL, startSpec(), this::start),
        new Route("GET", ALL, listSpec(), call -> list()),
        new Route("GET", ONE, showSpec(), this::show),
        new Route("DELETE", ONE, cancelSpec(), this::cancel));
  }

  private CompletableFuture<Answer> start(Call call) throws ProblemException {
    List<String> collections = collections(call.query().text(SOURCE));
    AuditView.Terms terms =
        new AuditView.Terms(
            Duration.ofSeconds(call.query().integer(PATIENCE, 0, MOST_SECONDS, SECONDS)),
            call.query().integer(RATE, 1, MOST_RECORDS, RECORDS));
    Audits.Started started = node.audits().start(collections, terms);
    if (started instanceof Audits.Begun begun) {
      return fresh(Answer.json(AuditJson.of(begun.audit())).status(202));
    }
    String running = ((Audits.Busy) started).id();
    if (running.isEmpty()) {
      throw new ProblemException(
          ProblemType.SHUTTING_DOWN, "This node makes no audits, or none any more.");
    }
    throw new ProblemException(
        Problem.of(ProblemType.AUDIT_RUNNING, "This node is making the audit " + running + ".")
            .with("audit", running));
  }

  /** The collections to compare: that of a source, or all that have sources. */
  private List<String> collections(Optional<String> name) throws ProblemException {
    Catalogue catalogue = database.catalogue();
    List<String> fed =
        catalogue.sources().stream()
            .filter(source -> name.isEmpty() || source.name().equals(name.get()))
            .map(SourceDefinition::collection)
            .distinct()
            .sorted()
            .toList();
    if (!fed.isEmpty()) {
      return fed;
    }
    if (name.isEmpty()) {
      throw new ProblemException(ProblemType.UNKNOWN_SOURCE, "The application has no sources.");
    }
    String shown = Texts.shorten(name.get());
    if (catalogue.collection(name.get()).isEmpty()) {
      throw new ProblemException(ProblemType.UNKNOWN_SOURCE, "There is no source '" + shown + "'.");
    }
    List<String> sources =
        catalogue.sources().stream()
            .filter(source -> source.collection().equals(name.get()))
            .map(SourceDefinition::name)
            .toList();
    throw new ProblemException(
        ProblemType.UNKNOWN_SOURCE,
        sources.isEmpty()
            ? "'" + shown + "' is a collection that no source feeds: there is nothing to compare."
            : "'" + shown + "' is a collection; its sources: " + String.join(", ", sources) + ".");
  }

  private CompletableFuture<Answer> list() {
    return fresh(
        Answer.json(Map.of("audits", node.audits().all().stream().map(AuditJson::of).toList())));
  }

  private CompletableFuture<Answer> show(Call call) throws ProblemException {
    String id = call.path("id");
    return fresh(Answer.json(AuditJson.of(node.audits().find(id).orElseThrow(() -> unknown(id)))));
  }

  private CompletableFuture<Answer> cancel(Call call) throws ProblemException {
    String id = call.path("id");
    AuditView audit = node.audits().cancel(id).orElseThrow(() -> unknown(id));
    return fresh(Answer.json(AuditJson.of(audit)).status(202));
  }

  private static ProblemException unknown(String id) {
    return new ProblemException(
        ProblemType.UNKNOWN_AUDIT, "This node has made no audit '" + Texts.shorten(id) + "'.");
  }

  private static CompletableFuture<Answer> fresh(Answer answer) {
    return CompletableFuture.completedFuture(answer.header("Cache-Control", "no-store"));
  }

  private static OperationSpec startSpec() {
    return OperationSpec.of("startAudit", TAG, "Prove that nothing of a source was lost")
        .describe(
            "Reads the topics of a source, and of all that feed the same collection, once more, and"
                + " compares the outcome with the documents of all shards: every record must have"
                + " been applied, filtered, put to the dead letters or superseded. Differences are"
                + " named by key and offset. The database stays in use; a node makes one audit at a"
                + " time.")
        .takes(
            Parameter.query(
                SOURCE, Schemas.TEXT, "The source; without it, all collections with sources."))
        .takes(
            Parameter.query(
                PATIENCE,
                Schemas.integer(0, MOST_SECONDS, SECONDS),
                "Seconds that ingest may take to copy what is there, and that a difference must"
                    + " last."))
        .takes(
            Parameter.query(
                RATE, Schemas.integer(1, MOST_RECORDS, RECORDS), "Records read in a second."))
        .answers(202, "It has begun; follow it with GET.", Schemas.json("Audit"))
        .refuses(ProblemType.INVALID_PARAMETER, ProblemType.UNKNOWN_SOURCE)
        .refuses(ProblemType.AUDIT_RUNNING, ProblemType.SHUTTING_DOWN)
        .example("a source", Map.of(SOURCE, "people"), 202);
  }

  private static OperationSpec listSpec() {
    return OperationSpec.of("listAudits", TAG, "List the newest audits of this node")
        .describe("The newest first; other nodes have made others.")
        .answers(200, "The audits.", Schemas.json("Audits"))
        .example("all", Map.of(), 200);
  }

  private static OperationSpec showSpec() {
    return OperationSpec.of("showAudit", TAG, "Show an audit of this node")
        .describe("How far it is, and what it has found.")
        .takes(ID)
        .answers(200, "The audit.", Schemas.json("Audit"))
        .refuses(ProblemType.UNKNOWN_AUDIT)
        .example("one", Map.of("id", "1"), 200);
  }

  private static OperationSpec cancelSpec() {
    return OperationSpec.of("cancelAudit", TAG, "Cancel an audit of this node")
        .describe("It ends soon; one that has ended stays as it is.")
        .takes(ID)
        .answers(202, "The audit as it was.", Schemas.json("Audit"))
        .refuses(ProblemType.UNKNOWN_AUDIT)
        .example("one", Map.of("id", "1"), 202);
  }
}
