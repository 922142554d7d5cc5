package dev.weir.query.http;

import dev.weir.query.Database;
import dev.weir.query.http.OperationSpec.Body;
import dev.weir.store.CollectionDefinition;
import dev.weir.store.InvalidValueException;
import dev.weir.store.Key;
import dev.weir.store.Operation;
import dev.weir.store.ValueFormat;
import dev.weir.store.ValueFormats;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Writes of one document: put, patch, delete. */
final class WriteRoutes {
  static final String MERGE_PATCH = "application/merge-patch+json";

  private static final String TERMS =
      " Conditions are decided at the write's place in the shard's log, alike on every replica.";
  private static final String[] WRITE_HEADERS = {"ETag", ServedBy.POSITION, ServedBy.NODE};

  private final Database database;
  private final Collections collections;
  private final int maxDocumentBytes;

  WriteRoutes(Database database, Collections collections, int maxDocumentBytes) {
    this.database = database;
    this.collections = collections;
    this.maxDocumentBytes = maxDocumentBytes;
  }

  Route put(PathTemplate path) {
    return new Route("PUT", path, putSpec(), this::put);
  }

  Route patch(PathTemplate path) {
    return new Route("PATCH", path, patchSpec(), this::patch);
  }

  Route delete(PathTemplate path) {
    return new Route("DELETE", path, deleteSpec(), this::delete);
  }

  private CompletableFuture<Answer> put(Call call) throws ProblemException {
    WriteTerms terms = WriteTerms.of(call);
    CollectionDefinition collection = collections.of(call);
    Key key = collections.key(call, collection);
    refuseSourceFed(collection);
    ValueFormat format = Values.format(collection);
    Bodies.requireType(call.incoming(), List.of(format.contentType()));
    byte[] value = Values.accept(collection, format, call.body(maxDocumentBytes));
    return submit(call, terms, new Operation.Put(collection.id(), key, value));
  }

  private CompletableFuture<Answer> patch(Call call) throws ProblemException {
    WriteTerms terms = WriteTerms.of(call);
    CollectionDefinition collection = collections.of(call);
    Key key = collections.key(call, collection);
    refuseSourceFed(collection);
    String type = call.header("Content-Type");
    if (type == null || !MediaTypes.essence(type).equals(MERGE_PATCH)) {
      return CompletableFuture.completedFuture(wrongType(type, call));
    }
    WriteTerms.refuseUncheckedPatch(terms.ack(), collection);
    byte[] patch = mergePatch(collection, call.body(maxDocumentBytes));
    return submit(call, terms, new Operation.Patch(collection.id(), key, patch, null));
  }

  private CompletableFuture<Answer> delete(Call call) throws ProblemException {
    WriteTerms terms = WriteTerms.of(call);
    CollectionDefinition collection = collections.of(call);
    Key key = collections.key(call, collection);
    refuseSourceFed(collection);
    return submit(call, terms, new Operation.Delete(collection.id(), key));
  }

  private CompletableFuture<Answer> submit(Call call, WriteTerms terms, Operation.Change change) {
    return WriteAnswers.to(call, database.submit(terms.on(change), terms.ack()), WriteAnswers::of);
  }

  /** A patch in its stored form. */
  static byte[] mergePatch(CollectionDefinition collection, byte[] body) throws ProblemException {
    if (!collection.format().equals("json")) {
      throw new ProblemException(
          Problem.of(
                  ProblemType.NOT_PATCHABLE,
                  "The values of the collection '%s' are '%s'."
                      .formatted(collection.name(), collection.format()))
              .with("collection", collection.name())
              .with("format", collection.format()));
    }
    byte[] patch;
    try {
      patch = ValueFormats.of("json").accept(body);
    } catch (InvalidValueException e) {
      throw new ProblemException(ProblemType.INVALID_PATCH, String.valueOf(e.getMessage()));
    }
    if (patch[0] != '{') {
      throw new ProblemException(
          ProblemType.INVALID_PATCH,
          "The patch is not a JSON object; it would replace the whole document.");
    }
    return patch;
  }

  private static Answer wrongType(@Nullable String type, Call call) {
    return Problem.of(
            ProblemType.UNSUPPORTED_MEDIA_TYPE,
            type == null
                ? "The request has no header Content-Type; expected is " + MERGE_PATCH + "."
                : "The body is '%s'; expected is %s.".formatted(Texts.shorten(type), MERGE_PATCH))
        .with("expected", List.of(MERGE_PATCH))
        .answer(call.incoming().rawPath())
        .header("Accept-Patch", MERGE_PATCH);
  }

  /** Refused here already, so that nothing reaches the log; the fold would refuse it too. */
  static void refuseSourceFed(CollectionDefinition collection) throws ProblemException {
    if (collection.writer() == CollectionDefinition.Writer.FIELD) {
      throw new ProblemException(
          Problem.of(
                  ProblemType.WRITER_IS_SOURCE,
                  "The edges '%s' come from a field of documents: write those."
                      .formatted(collection.name()))
              .with("collection", collection.name()));
    }
    if (collection.writer() == CollectionDefinition.Writer.SOURCE) {
      throw new ProblemException(
          Problem.of(
                  ProblemType.WRITER_IS_SOURCE,
                  "The collection '%s' has `writer: source`, to protect the source's truth."
                      .formatted(collection.name()))
              .with("collection", collection.name()));
    }
  }

  private OperationSpec putSpec() {
    return common(
            OperationSpec.of("putDocument", DocumentRoutes.TAG, "Put a document"),
            "Answered once the owner has applied it. The body is checked against the collection's"
                + " format and JSON Schema and holds at most %d bytes.".formatted(maxDocumentBytes))
        .reads(Schemas.documentBodies().toArray(Body[]::new))
        .answers(200, "Put in place of the old one.", List.of(), WRITE_HEADERS)
        .answers(201, "Put where there was none.", List.of(), WRITE_HEADERS)
        .refuses(ProblemType.INVALID_VALUE, ProblemType.INVALID_DOCUMENT)
        .refuses(ProblemType.BODY_TOO_LARGE, ProblemType.UNSUPPORTED_MEDIA_TYPE)
        .example(
            "a note",
            DocumentRoutes.example(Preconditions.IF_NONE_MATCH, "*"),
            Json.CONTENT_TYPE,
            "{\"text\":\"Bring milk\"}",
            201);
  }

  private OperationSpec patchSpec() {
    return common(
            OperationSpec.of("patchDocument", DocumentRoutes.TAG, "Patch a document"),
            "Merges a JSON Merge Patch (RFC 7396) into a document of a `json` collection: members"
                + " of the patch replace those of the document, null removes, objects are merged."
                + " The patch is an object of at most %d bytes, the result satisfies the"
                    .formatted(maxDocumentBytes)
                + " collection's JSON Schema, and what the patch does not touch stays as it was"
                + " written. There must be a document.")
        .reads(new Body(MERGE_PATCH, Map.of("type", "object")))
        .answers(200, "Patched.", List.of(), WRITE_HEADERS)
        .refuses(ProblemType.DOCUMENT_NOT_FOUND, ProblemType.INVALID_PATCH)
        .refuses(ProblemType.NOT_PATCHABLE, ProblemType.INVALID_DOCUMENT)
        .refuses(ProblemType.BODY_TOO_LARGE, ProblemType.UNSUPPORTED_MEDIA_TYPE)
        .example(
            "a note",
            DocumentRoutes.example(Preconditions.IF_MATCH, "*"),
            MERGE_PATCH,
            "{\"text\":\"Bring bread\",\"done\":false}",
            200);
  }

  private static OperationSpec deleteSpec() {
    return common(
            OperationSpec.of("deleteDocument", DocumentRoutes.TAG, "Delete a document"),
            "Answered once the owner has applied it; the same if there was none.")
        .answers(204, "It is gone.", List.of(), ServedBy.POSITION, ServedBy.NODE)
        .example(
            "a note",
            DocumentRoutes.example(
                WriteTerms.IDEMPOTENCY_KEY, "\"8e03978e-40d5-43dd-bc93-6894a57f9324\""),
            204);
  }

  private static OperationSpec common(OperationSpec spec, String description) {
    return spec.describe(description + TERMS)
        .lane(Lane.WRITE)
        .takes(DocumentRoutes.COLLECTION, DocumentRoutes.KEY)
        .takes(WriteTerms.PARAMETERS)
        .answers(
            202, "The log has it (`ack=accepted`).", List.of(), ServedBy.POSITION, ServedBy.NODE)
        .refuses(ProblemType.UNKNOWN_COLLECTION, ProblemType.INVALID_KEY)
        .refuses(ProblemType.INVALID_CONDITION, ProblemType.INVALID_IDEMPOTENCY_KEY)
        .refuses(ProblemType.WRITER_IS_SOURCE, ProblemType.PRECONDITION_FAILED)
        .refuses(ProblemType.IDEMPOTENCY_KEY_REUSED, ProblemType.PRECONDITION_NOT_SUPPORTED)
        .refuses(ProblemType.LOG_UNAVAILABLE, ProblemType.NO_STANDBY, ProblemType.NOT_REPLICATED);
  }
}
