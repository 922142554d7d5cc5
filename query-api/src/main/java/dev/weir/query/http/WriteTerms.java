package dev.weir.query.http;

import dev.weir.store.Condition;
import dev.weir.store.IdempotencyKey;
import dev.weir.store.Operation;
import dev.weir.store.write.Fingerprint;
import org.jspecify.annotations.Nullable;

/**
 * On what terms a write is made.
 *
 * @param condition what must hold of the document
 * @param idempotencyKey what makes the request recognisable; null = nothing
 */
record WriteTerms(Condition condition, @Nullable String idempotencyKey) {
  static final String IDEMPOTENCY_KEY = "Idempotency-Key";

  static final Parameter[] PARAMETERS = {
    Parameter.header(
        Preconditions.IF_MATCH,
        "ETags of which the document must have one, or `*`: there must be a document. Else 412."),
    Parameter.header(
        Preconditions.IF_NONE_MATCH,
        "`*`: there must be no document yet; or ETags that it must not have. Else 412."),
    Parameter.header(
        IDEMPOTENCY_KEY,
        "1 to 255 visible ASCII characters, new for each request. The same request with the same"
            + " key takes effect once and is answered as the first time, with the header"
            + " `Idempotency-Replayed: true`, for 24 hours or the 1,000,000 keys after it in the"
            + " document's shard.")
  };

  /** Reads the header fields of a write. */
  static WriteTerms of(Call call) throws ProblemException {
    return new WriteTerms(Preconditions.of(call.incoming()), idempotencyKey(call.incoming()));
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
