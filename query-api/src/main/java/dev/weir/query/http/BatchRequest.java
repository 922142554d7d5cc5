package dev.weir.query.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.query.BatchRules;
import dev.weir.query.Database;
import dev.weir.store.Ack;
import dev.weir.store.CollectionDefinition;
import dev.weir.store.Condition;
import dev.weir.store.InvalidKeyException;
import dev.weir.store.Key;
import dev.weir.store.KeyCodec;
import dev.weir.store.Operation;
import dev.weir.store.Operation.Batch;
import dev.weir.store.Operation.When;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the body of a batch of writes. */
final class BatchRequest {
  private static final String IF_MATCH = "ifMatch";
  private static final String IF_NONE_MATCH = "ifNoneMatch";

  /** The member that each operation needs beside collection and key; empty = none. */
  private static final Map<String, String> CONTENT =
      Map.of("put", "document", "patch", "patch", "delete", "");

  private final Database database;
  private final Collections collections;

  BatchRequest(Database database, Collections collections) {
    this.database = database;
    this.collections = collections;
  }

  /**
   * Reads a batch.
   *
   * @throws ProblemException with the {@code index} of the operation that is at fault
   */
  Batch read(JsonNode body, Ack ack) throws ProblemException {
    JsonNode operations = body.path("operations");
    if (!operations.isArray() || body.size() != 1) {
      throw new ProblemException(
          ProblemType.INVALID_BODY,
          "The body is to be an object {\"operations\":[…]} and nothing else.");
    }
    if (operations.isEmpty() || operations.size() > Batch.MOST_CHANGES) {
      throw new ProblemException(
          Problem.of(
                  ProblemType.INVALID_BODY,
                  "The batch has %d operations; 1 to %d are taken."
                      .formatted(operations.size(), Batch.MOST_CHANGES))
              .with("limit", Batch.MOST_CHANGES));
    }
    List<When> changes = new ArrayList<>();
    for (JsonNode operation : operations) {
      try {
        changes.add(operation(operation, ack));
      } catch (ProblemException e) {
        throw new ProblemException(e.problem().with("index", changes.size()));
      }
    }
    check(changes);
    return new Batch(changes);
  }

  private When operation(JsonNode json, Ack ack) throws ProblemException {
    String op = json.path("op").asText();
    String content = CONTENT.get(op);
    if (content == null) {
      throw invalid("'op' is to be put, patch or delete, not '%s'.".formatted(Texts.shorten(op)));
    }
    checkNames(json, content);
    CollectionDefinition collection = collections.named(json.path("collection").asText());
    WriteRoutes.refuseSourceFed(collection);
    Key key = key(json.path("key"), collection);
    Condition condition =
        Preconditions.of(tags(json.path(IF_MATCH)), tags(json.path(IF_NONE_MATCH)));
    if (op.equals("put")) {
      byte[] value = Values.acceptJson(collection, Json.bytes(json.path(content)));
      return new When(condition, new Operation.Put(collection.id(), key, value));
    }
    if (op.equals("delete")) {
      return new When(condition, new Operation.Delete(collection.id(), key));
    }
    WriteTerms.refuseUncheckedPatch(ack, collection);
    byte[] patch = WriteRoutes.mergePatch(collection, Json.bytes(json.path(content)));
    return new When(condition, new Operation.Patch(collection.id(), key, patch, null));
  }

  private static void checkNames(JsonNode json, String content) throws ProblemException {
    List<String> allowed = new ArrayList<>(List.of("op", "collection", "key"));
    if (!content.isEmpty()) {
      allowed.add(content);
    }
    for (String name : allowed) {
      if (!json.has(name)) {
        throw invalid("The operation has no '%s'.".formatted(name));
      }
    }
    allowed.addAll(List.of(IF_MATCH, IF_NONE_MATCH));
    for (var member : json.properties()) {
      if (!allowed.contains(member.getKey())) {
        throw invalid(
            "The operation has no member '%s'; it may have %s."
                .formatted(Texts.shorten(member.getKey()), String.join(", ", allowed)));
      }
    }
  }

  private Key key(JsonNode json, CollectionDefinition collection) throws ProblemException {
    try {
      return collections.checked(KeyCodec.of(collection.keyType()).fromJson(json), collection);
    } catch (InvalidKeyException e) {
      throw Collections.invalid(e, collection);
    }
  }

  /** {@code *}, a version, or a list of versions, as the header with ETags has them. */
  private static @Nullable String tags(JsonNode json) throws ProblemException {
    if (json.isMissingNode()) {
      return null;
    }
    if (json.isTextual()) {
      return json.asText().equals("*") ? "*" : '"' + json.asText() + '"';
    }
    List<String> tags = new ArrayList<>();
    for (JsonNode version : json) {
      tags.add('"' + version.asText() + '"');
    }
    if (!json.isArray()) {
      throw new ProblemException(
          ProblemType.INVALID_CONDITION, "A condition is *, a version or a list of versions.");
    }
    return String.join(",", tags);
  }

  private void check(List<When> changes) throws ProblemException {
    Optional<BatchRules.Fault> broken =
        BatchRules.check(changes, database.catalogue(), database.shards());
    if (broken.isEmpty()) {
      return;
    }
    BatchRules.Fault fault = broken.get();
    if (fault instanceof BatchRules.Fault.Twice twice) {
      throw new ProblemException(
          invalid("The document is in the batch twice: make one operation of them.")
              .problem()
              .with("index", twice.index()));
    }
    if (fault instanceof BatchRules.Fault.AcrossShards across) {
      throw acrossShards(across);
    }
    throw new ProblemException(
        Problem.of(
                ProblemType.BODY_TOO_LARGE,
                "The batch takes %d bytes in the log; at most %d fit into a record."
                    .formatted(((BatchRules.Fault.TooLarge) fault).bytes(), BatchRules.MOST_BYTES))
            .with("limit", BatchRules.MOST_BYTES));
  }

  private static ProblemException acrossShards(BatchRules.Fault.AcrossShards across) {
    List<Map<String, Object>> shards = new ArrayList<>();
    across
        .shards()
        .forEach(
            (shard, indexes) -> {
              Map<String, Object> json = new LinkedHashMap<>();
              json.put("shard", shard);
              json.put("operations", indexes);
              shards.add(json);
            });
    return new ProblemException(
        Problem.of(
                ProblemType.BATCH_ACROSS_SHARDS,
                "The keys of the batch are in %d shards.".formatted(shards.size()))
            .with("shards", shards));
  }

  private static ProblemException invalid(String detail) {
    return new ProblemException(ProblemType.INVALID_BODY, detail);
  }
}
