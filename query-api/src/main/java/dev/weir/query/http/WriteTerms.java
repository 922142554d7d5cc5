package dev.weir.query.http;

import dev.weir.store.Ack;
import dev.weir.store.CollectionDefinition;
import dev.weir.store.Condition;
import dev.weir.store.IdempotencyKey;
import dev.weir.store.Operation;
import dev.weir.store.write.Fingerprint;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * On what terms a write is made.
 *
 * @param condition what must hold of the document
 * @param idempotencyKey what makes the request recognisable; null = nothing
 * @param ack when it is answered
 */
record WriteTerms(Condition condition, @Nullable String idempotencyKey, Ack ack) {
  static final String IDEMPOTENCY_KEY = "Idempotency-Key";

  private static final String ACK_NAME = "ack";
  private static final List<String> ACKS = List.of("applied", "accepted", "replicated");

  static final Parameter ACK =
      Parameter.query(
          ACK_NAME,
          Schemas.oneOf(ACKS.toArray(String[]::new)),
          "When the write is answered: `applied`, once the shard's active has folded it;"
              + " `accepted`, with 202 once the log has it, when nobody knows yet what becomes of"
              + " it; `replicated`, once a standby has folded it too.");

  static final Parameter KEY =
      Parameter.header(
          IDEMPOTENCY_KEY,
          "1 to 255 visible ASCII characters, new for each request. The same request with the same"
              + " key takes effect once and is answered as the first time, with the header"
              + " `Idempotency-Replayed: true`, for 24 hours or the 1,000,000 keys after it in the"
              + " document's shard.");

  static final Parameter[] PARAMETERS = {
    ACK,
    Parameter.header(
        Preconditions.IF_MATCH,
        "ETags of which the document must have one, or `*`: there must be a document. Else 412."),
    Parameter.header(
        Preconditions.IF_NONE_MATCH,
        "`*`: there must be no document yet; or ETags that it must not have. Else 412."),
    KEY
  };

  /** Reads the header fields of a write. */
  static WriteTerms of(Call call) throws ProblemException {
    Ack ack = Ack.valueOf(call.query().choice(ACK_NAME, ACKS).toUpperCase(Locale.ROOT));
    return new WriteTerms(Preconditions.of(call.incoming()), idempotencyKey(call.incoming()), ack);
  }

  /** These terms, which have no condition for all. */
  WriteTerms withoutCondition() throws ProblemException {
    if (!(condition instanceof Condition.Always)) {
      throw new ProblemException(
          ProblemType.INVALID_CONDITION,
          "A batch takes conditions in its operations, not in header fields.");
    }
    return this;
  }

  /**
   * A patch that has to satisfy a schema is appended again when the document changes meanwhile,
   * which nobody can do who does not wait for its fold.
   */
  static void refuseUncheckedPatch(Ack ack, CollectionDefinition collection)
      throws ProblemException {
    if (ack == Ack.ACCEPTED && collection.schema() != null) {
      throw QueryParameters.invalid(
          ACK_NAME,
          "A patch for a collection with a schema is decided when it is applied: leave 'ack' out.");
    }
  }

  /** The idempotency key of a request, without the quotes that it may have; null = none. */
  static @Nullable String idempotencyKey(Incoming incoming) throws ProblemException {
    String text = incoming.headerList(IDEMPOTENCY_KEY);
    if (text == null) {
      return null;
    }
    boolean quoted = text.length() > 1 && text.startsWith("\"") && text.endsWith("\"");
    String key = quoted ? text.substring(1, text.length() - 1) : text;
    if (!IdempotencyKey.isUsable(key) || !key.chars().allMatch(c -> c > 0x20 && c < 0x7f)) {
      throw new ProblemException(
          Problem.of(
                  ProblemType.INVALID_IDEMPOTENCY_KEY,
                  "'%s' is not 1 to %d visible ASCII characters."
                      .formatted(Texts.shorten(key), IdempotencyKey.MOST_BYTES))
              .with("header", IDEMPOTENCY_KEY));
    }
    return key;
  }

  /** A change on these terms. */
  Operation on(Operation.Change change) {
    return once(
        condition instanceof Condition.Always ? change : new Operation.When(condition, change));
  }

  /** An operation that is to take effect once, if the terms say so. */
  Operation once(Operation operation) {
    return idempotencyKey == null ? operation : Fingerprint.once(idempotencyKey, operation);
  }
}
