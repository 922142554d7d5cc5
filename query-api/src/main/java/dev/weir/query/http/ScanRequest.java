package dev.weir.query.http;

import dev.weir.query.Cursors;
import dev.weir.query.Resumption;
import dev.weir.store.CollectionDefinition;
import dev.weir.store.InvalidKeyException;
import dev.weir.store.KeyCodec;
import dev.weir.store.KeyRange;
import dev.weir.store.Query;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A scan as a caller asks for it.
 *
 * @param collection the collection
 * @param whole the scan with its whole range, which cursors are bound to
 * @param rest what is left of it behind the caller's cursor
 */
record ScanRequest(CollectionDefinition collection, Query.Scan whole, Query.Scan rest) {
  static final String FROM = "from";
  static final String FROM_INCLUSIVE = "fromInclusive";
  static final String TO = "to";
  static final String TO_INCLUSIVE = "toInclusive";
  static final String PREFIX = "prefix";
  static final String ORDER = "order";
  static final String CURSOR = "cursor";
  static final List<String> ORDERS = List.of("asc", "desc");

  /**
   * Reads the parameters of a scan.
   *
   * @param limit the most items it may give
   */
  static ScanRequest read(
      QueryParameters query, CollectionDefinition collection, int limit, Cursors cursors)
      throws ProblemException {
    Query.Order order =
        query.choice(ORDER, ORDERS).equals("asc") ? Query.Order.ASC : Query.Order.DESC;
    Query.Scan whole = new Query.Scan(collection.id(), range(query, collection), order, limit);
    Optional<String> cursor = query.text(CURSOR);
    return new ScanRequest(
        collection, whole, cursor.isEmpty() ? whole : resume(cursor.get(), whole, cursors));
  }

  private static Query.Scan resume(String cursor, Query.Scan whole, Cursors cursors)
      throws ProblemException {
    Resumption resumption = cursors.resume(cursor, whole);
    if (resumption instanceof Resumption.Resumed resumed) {
      return resumed.rest();
    }
    Resumption.Fault fault = ((Resumption.Refused) resumption).fault();
    String why =
        switch (fault) {
          case FORGED -> "The cursor is not one that this application issued, or was changed.";
          case OTHER_COLLECTION -> "The cursor belongs to another collection.";
          case OTHER_GENERATION -> "The cursor is from before the shards were divided anew.";
          case OTHER_QUERY ->
              "The cursor belongs to a scan with other from, to, prefix or order; repeat them.";
        };
    throw new ProblemException(
        Problem.of(ProblemType.INVALID_CURSOR, why).with("parameter", CURSOR));
  }

  private static KeyRange range(QueryParameters query, CollectionDefinition collection)
      throws ProblemException {
    Optional<String> prefix = query.text(PREFIX);
    if (prefix.isEmpty()) {
      return new KeyRange(
          bound(query, FROM, collection),
          query.flag(FROM_INCLUSIVE, true),
          bound(query, TO, collection),
          query.flag(TO_INCLUSIVE, false));
    }
    for (String name : List.of(FROM, FROM_INCLUSIVE, TO, TO_INCLUSIVE)) {
      if (query.text(name).isPresent()) {
        throw QueryParameters.invalid(
            name, "Use either 'prefix' or a range, not 'prefix' and '" + name + "'.");
      }
    }
    try {
      return KeyRange.prefix(KeyCodec.of(collection.keyType()).prefix(prefix.get()));
    } catch (InvalidKeyException e) {
      throw fault(e, PREFIX, collection);
    }
  }

  private static byte @Nullable [] bound(
      QueryParameters query, String name, CollectionDefinition collection) throws ProblemException {
    Optional<String> text = query.text(name);
    if (text.isEmpty()) {
      return null;
    }
    try {
      return KeyCodec.of(collection.keyType()).fromText(text.get()).bytes();
    } catch (InvalidKeyException e) {
      throw fault(e, name, collection);
    }
  }

  private static ProblemException fault(
      InvalidKeyException fault, String parameter, CollectionDefinition collection) {
    Problem problem = Collections.invalid(fault, collection).problem();
    return new ProblemException(problem.with("parameter", parameter));
  }
}
