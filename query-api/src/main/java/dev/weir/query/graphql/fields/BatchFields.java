package dev.weir.query.graphql.fields;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.query.BatchRules;
import dev.weir.query.graphql.GraphQlSettings;
import dev.weir.query.graphql.InputFault;
import dev.weir.query.graphql.types.CollectionModel;
import dev.weir.query.graphql.types.StoredValues;
import dev.weir.store.Ack;
import dev.weir.store.Condition;
import dev.weir.store.InvalidKeyException;
import dev.weir.store.Key;
import dev.weir.store.KeyCodec;
import dev.weir.store.Operation;
import dev.weir.store.Operation.When;
import dev.weir.store.Outcome;
import graphql.execution.DataFetcherResult;
import graphql.schema.DataFetcher;
import graphql.schema.DataFetchingEnvironment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The mutation that writes several documents of one shard at once. Safe from any thread. */
final class BatchFields {
  static final String OPERATIONS = "operations";
  static final String OP = "op";
  static final String COLLECTION = "collection";

  private final Map<String, CollectionModel> collections = new HashMap<>();
  private final GraphQlSettings.Work bounds;

  /** What is done to a document of a batch. */
  enum Kind {
    PUT,
    PATCH,
    DELETE
  }

  BatchFields(Iterable<CollectionModel> collections, GraphQlSettings.Work bounds) {
    collections.forEach(one -> this.collections.put(one.definition().name(), one));
    this.bounds = bounds;
  }

  /**
   * The source of a batch's fields.
   *
   * @param outcomes of its operations, in their order; empty = not known yet
   * @param replayed whether it had been decided before
   */
  record Written(List<Outcome> outcomes, boolean replayed) {}

  /** {@code batch(operations:)}. */
  DataFetcher<Object> batch() {
    return field -> {
      try {
        Ack ack = WriteTerms.ack(field);
        List<When> changes = changes(field, ack);
        check(changes, RequestScope.of(field));
        return submit(field, new Operation.Batch(changes), ack);
      } catch (InputFault fault) {
        return LookupFields.refused(field, fault);
      }
    };
  }

  private List<When> changes(DataFetchingEnvironment field, Ack ack) throws InputFault {
    List<Map<String, Object>> given = field.getArgumentOrDefault(OPERATIONS, List.of());
    if (given.isEmpty() || given.size() > Operation.Batch.MOST_CHANGES) {
      throw new InputFault("A batch has 1 to " + Operation.Batch.MOST_CHANGES + " operations.");
    }
    List<When> changes = new ArrayList<>();
    for (Map<String, Object> one : given) {
      try {
        changes.add(change(one, ack));
      } catch (InputFault fault) {
        Map<String, Object> facts = new LinkedHashMap<>(fault.facts());
        facts.put("index", changes.size());
        throw new InputFault(fault.text(), facts);
      }
    }
    return changes;
  }

  private When change(Map<String, Object> given, Ack ack) throws InputFault {
    CollectionModel collection = collections.get(String.valueOf(given.get(COLLECTION)));
    if (collection == null) {
      throw new InputFault("There is no collection of this name.");
    }
    Kind kind = (Kind) given.get(OP);
    Key key = key(given.get(Arguments.KEY), collection);
    Condition condition =
        WriteTerms.condition(
            strings(given.get(Arguments.IF_MATCH)), strings(given.get(Arguments.IF_NONE_MATCH)));
    Object document = content(given, Arguments.DOCUMENT, kind == Kind.PUT);
    Object patch = content(given, Arguments.PATCH, kind == Kind.PATCH);
    if (document != null) {
      byte[] value = StoredValues.fromInput(collection.definition(), document);
      return new When(condition, new Operation.Put(collection.id(), key, value));
    }
    if (patch != null) {
      WriteTerms.refuseUncheckedPatch(ack, collection);
      byte[] merged = StoredValues.patch(patch);
      return new When(condition, new Operation.Patch(collection.id(), key, merged, null));
    }
    return new When(condition, new Operation.Delete(collection.id(), key));
  }

  private static @Nullable Object content(Map<String, Object> given, String name, boolean needed)
      throws InputFault {
    Object content = given.get(name);
    if (needed == (content == null)) {
      throw new InputFault("'document' belongs to PUT and 'patch' to PATCH, and nowhere else.");
    }
    return content;
  }

  @SuppressWarnings("unchecked") // the schema says so
  private static @Nullable List<String> strings(@Nullable Object list) {
    return (List<String>) list;
  }

  private Key key(@Nullable Object given, CollectionModel collection) throws InputFault {
    try {
      JsonNode json = StoredValues.tree(given);
      Key key = KeyCodec.of(collection.definition().keyType()).fromJson(json);
      if (key.bytes().length <= bounds.maxKeyBytes()) {
        return key;
      }
    } catch (InvalidKeyException e) {
      throw new InputFault("The key is not valid: " + e.getMessage());
    }
    throw new InputFault("The key is too long: it may have " + bounds.maxKeyBytes() + " bytes.");
  }

  private static void check(List<When> changes, RequestScope scope) throws InputFault {
    Optional<BatchRules.Fault> broken =
        BatchRules.check(changes, scope.catalogue(), scope.shards());
    if (broken.isEmpty()) {
      return;
    }
    BatchRules.Fault fault = broken.get();
    if (fault instanceof BatchRules.Fault.Twice twice) {
      throw new InputFault(
          "The document is in the batch twice: make one operation of them.",
          Map.of("index", twice.index()));
    }
    if (fault instanceof BatchRules.Fault.AcrossShards across) {
      throw new InputFault(
          "The keys of the batch are in several shards: send a batch for each.",
          Map.of(
              "shards",
              across.shards().entrySet().stream()
                  .map(e -> Map.of("shard", e.getKey(), OPERATIONS, e.getValue()))
                  .toList()));
    }
    throw new InputFault(
        "The batch is too large for a record of the log.", Map.of("limit", BatchRules.MOST_BYTES));
  }

  private static CompletableFuture<DataFetcherResult<Written>> submit(
      DataFetchingEnvironment field, Operation.Batch batch, Ack ack) throws InputFault {
    List<Operation.Change> changes = batch.changes().stream().map(When::change).toList();
    return RequestScope.of(field)
        .submit(WriteTerms.once(field, batch), changes, ack)
        .thenApply(
            result ->
                WriteFields.answer(
                    field,
                    result,
                    (decided, replayed) ->
                        outcomes(decided).map(outcomes -> new Written(outcomes, replayed))));
  }

  /** Those of the operations, none if they are not known yet; empty = nothing was written. */
  private static Optional<List<Outcome>> outcomes(Outcome decided) {
    if (decided instanceof Outcome.Batched batched) {
      return Optional.of(batched.outcomes());
    }
    return decided instanceof Outcome.Accepted ? Optional.of(List.of()) : Optional.empty();
  }
}
