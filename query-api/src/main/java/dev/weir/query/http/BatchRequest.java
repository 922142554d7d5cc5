package dev.weir.query.http;

import com.fasterxml.jackson.databind.JsonNode;
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
import dev.weir.store.log.TopicPlan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads the body of a batch of writes. */
final class BatchRequest {
  private static final String IF_MATCH = "ifMatch";
  private static final String IF_NONE_MATCH = "ifNoneMatch";

  /** The member that each operation needs beside collection and key; empty = none. */
  private static final Map<String, String> CONTENT =
      Map.of("put", "document", "patch", "patch", "delete", "");

  /** Leaves room for what is around keys and values in a record of the log. */
  private static final int MOST_BYTES = TopicPlan.MAX_MESSAGE_BYTES / 4 * 3;

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
    TreeSet<String> met = new TreeSet<>();
    for (JsonNode operation : operations) {
      try {
        When when = operation(operation, ack);
        if (!met.add(when.change().collection() + " " + when.change().key())) {
          throw invalid("The document is in the batch twice: make one operation of them.");
        }
        changes.add(when);
      } catch (ProblemException e) {
        throw new ProblemException(e.problem().with("index", changes.size()));
      }
    }
    checkShard(changes);
    checkSize(changes);
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

  private void checkShard(List<When> changes) throws ProblemException {
    Map<Integer, List<Integer>> byShard = new TreeMap<>();
    for (int i = 0; i < changes.size(); i++) {
      int shard = database.shards().shardOf(changes.get(i).change().key());
      byShard.computeIfAbsent(shard, s -> new ArrayList<>()).add(i);
    }
    if (byShard.size() == 1) {
      return;
    }
    List<Map<String, Object>> shards = new ArrayList<>();
    byShard.forEach(
        (shard, indexes) -> {
          Map<String, Object> json = new LinkedHashMap<>();
          json.put("shard", shard);
          json.put("operations", indexes);
          shards.add(json);
        });
    throw new ProblemException(
        Problem.of(
                ProblemType.BATCH_ACROSS_SHARDS,
                "The keys of the batch are in %d shards.".formatted(byShard.size()))
            .with("shards", shards));
  }

  private static void checkSize(List<When> changes) throws ProblemException {
    long size = 0;
    for (When when : changes) {
      size += when.change().key().bytes().length + 32L;
      if (when.change() instanceof Operation.Put put) {
        size += put.value().length;
      } else if (when.change() instanceof Operation.Patch patch) {
        size += patch.patch().length;
      }
    }
    if (size > MOST_BYTES) {
      throw new ProblemException(
          Problem.of(
                  ProblemType.BODY_TOO_LARGE,
                  "The batch takes %d bytes in the log; at most %d fit into a record."
                      .formatted(size, MOST_BYTES))
              .with("limit", MOST_BYTES));
    }
  }

  private static ProblemException invalid(String detail) {
    return new ProblemException(ProblemType.INVALID_BODY, detail);
  }
}
