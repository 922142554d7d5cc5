package dev.weir.query.http;

import dev.weir.query.Cursors;
import dev.weir.query.RangeWish;
import dev.weir.query.Resumption;
import dev.weir.store.CollectionDefinition;
import dev.weir.store.InvalidKeyException;
import dev.weir.store.Key;
import dev.weir.store.KeyCodec;
import dev.weir.store.KeyRange;
import dev.weir.store.Query;
import java.util.List;
import java.util.Optional;

/**
 * A scan as a caller asks for it.
 *
 * @param collection the collection
 * @param whole the scan with its whole range, which cursors are bound to
 * @param rest what is left of it behind the caller's cursor
 */
record ScanRequest(CollectionDefinition collection, Query.Scan whole, Query.Scan rest) {
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
    String why = "The cursor " + ((Resumption.Refused) resumption).fault().words() + ".";
    throw new ProblemException(
        Problem.of(ProblemType.INVALID_CURSOR, why).with("parameter", CURSOR));
  }

  /** The range of keys that a request names; without one, all. */
  static KeyRange range(QueryParameters query, CollectionDefinition collection)
      throws ProblemException {
    String prefix = query.text(RangeWish.PREFIX).orElse(null);
    for (String name : List.of(RangeWish.FROM_INCLUSIVE, RangeWish.TO_INCLUSIVE)) {
      if (prefix != null && query.text(name).isPresent()) {
        throw both(name);
      }
    }
    RangeWish<String> wish =
        new RangeWish<>(
            query.text(RangeWish.FROM).orElse(null),
            query.flag(RangeWish.FROM_INCLUSIVE, true),
            query.text(RangeWish.TO).orElse(null),
            query.flag(RangeWish.TO_INCLUSIVE, false),
            prefix);
    RangeWish.Reading reading = wish.read(new TextKeys(KeyCodec.of(collection.keyType())));
    if (reading instanceof RangeWish.Reading.Range range) {
      return range.range();
    }
    if (reading instanceof RangeWish.Reading.BadKey bad) {
      throw fault(bad.why(), bad.parameter(), collection);
    }
    throw both(((RangeWish.Reading.Both) reading).bound());
  }

  /** What names a range of keys. */
  static Parameter[] rangeParameters() {
    return new Parameter[] {
      Parameter.query(RangeWish.FROM, Schemas.TEXT, "Lowest key, in textual form."),
      Parameter.query(
          RangeWish.FROM_INCLUSIVE, Schemas.flag(true), "Whether `from` belongs to it."),
      Parameter.query(RangeWish.TO, Schemas.TEXT, "Highest key, in textual form."),
      Parameter.query(RangeWish.TO_INCLUSIVE, Schemas.flag(false), "Whether `to` belongs to it."),
      Parameter.query(
          RangeWish.PREFIX,
          Schemas.TEXT,
          "Start of the keys, in place of a range: text, base64url, or a JSON array of the"
              + " leading parts of a tuple.")
    };
  }

  private record TextKeys(KeyCodec codec) implements RangeWish.Keys<String> {
    @Override
    public Key key(String text) throws InvalidKeyException {
      return codec.fromText(text);
    }

    @Override
    public byte[] prefix(String text) throws InvalidKeyException {
      return codec.prefix(text);
    }
  }

  private static ProblemException both(String bound) {
    return QueryParameters.invalid(
        bound, "Use either 'prefix' or a range, not 'prefix' and '" + bound + "'.");
  }

  private static ProblemException fault(
      InvalidKeyException fault, String parameter, CollectionDefinition collection) {
    Problem problem = Collections.invalid(fault, collection).problem();
    return new ProblemException(problem.with("parameter", parameter));
  }
}
