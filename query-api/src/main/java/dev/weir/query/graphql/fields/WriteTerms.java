package dev.weir.query.graphql.fields;

import dev.weir.query.graphql.InputFault;
import dev.weir.query.graphql.types.CollectionModel;
import dev.weir.store.Ack;
import dev.weir.store.Condition;
import dev.weir.store.IdempotencyKey;
import dev.weir.store.Operation;
import dev.weir.store.Version;
import dev.weir.store.write.Fingerprint;
import graphql.schema.DataFetchingEnvironment;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The arguments that say on what terms a mutation writes. */
final class WriteTerms {
  private static final String ANY = "*";

  private WriteTerms() {}

  /** A change on the terms of a field. */
  static Operation on(DataFetchingEnvironment field, Operation.Change change) throws InputFault {
    Condition condition =
        condition(
            field.getArgument(Arguments.IF_MATCH), field.getArgument(Arguments.IF_NONE_MATCH));
    Operation operation =
        condition instanceof Condition.Always ? change : new Operation.When(condition, change);
    return once(field, operation);
  }

  /** When a field is to be answered. */
  static Ack ack(DataFetchingEnvironment field) {
    return field.getArgumentOrDefault(Arguments.ACK, Ack.APPLIED);
  }

  /**
   * A patch that has to satisfy a schema is appended again when the document changes meanwhile,
   * which nobody can do who does not wait for its fold.
   */
  static void refuseUncheckedPatch(Ack ack, CollectionModel collection) throws InputFault {
    if (ack == Ack.ACCEPTED && collection.definition().schema() != null) {
      throw new InputFault(
          "A patch for a collection with a schema is decided when it is applied: leave 'ack' out.");
    }
  }

  /** An operation that is to take effect once, if the field says so. */
  static Operation once(DataFetchingEnvironment field, Operation operation) throws InputFault {
    String key = field.getArgument(Arguments.IDEMPOTENCY_KEY);
    if (key == null) {
      return operation;
    }
    if (!IdempotencyKey.isUsable(key)) {
      throw new InputFault(
          "The idempotency key has 1 to " + IdempotencyKey.MOST_BYTES + " bytes in UTF-8.");
    }
    return Fingerprint.once(key, operation);
  }

  /** What must hold of a document. */
  static Condition condition(@Nullable List<String> ifMatch, @Nullable List<String> ifNoneMatch)
      throws InputFault {
    if (ifMatch != null && ifNoneMatch != null) {
      throw new InputFault("Give either ifMatch or ifNoneMatch.");
    }
    if (ifMatch != null) {
      return ifMatch.equals(List.of(ANY))
          ? new Condition.Exists()
          : new Condition.OneOf(versions(ifMatch));
    }
    if (ifNoneMatch != null) {
      return ifNoneMatch.equals(List.of(ANY))
          ? new Condition.Absent()
          : new Condition.NoneOf(versions(ifNoneMatch));
    }
    return Condition.NONE;
  }

  private static List<Version> versions(List<String> texts) throws InputFault {
    if (texts.isEmpty() || texts.size() > Condition.MOST_VERSIONS) {
      throw new InputFault(
          "A condition names \"*\" or 1 to " + Condition.MOST_VERSIONS + " versions.");
    }
    List<Version> versions = new ArrayList<>();
    for (String text : texts) {
      versions.add(
          Version.parse(text)
              .orElseThrow(
                  () ->
                      new InputFault(
                          "A condition has a version that no document can have: give it as"
                              + " 'version' says it.")));
    }
    return versions;
  }
}
