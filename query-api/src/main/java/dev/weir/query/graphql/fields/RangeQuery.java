package dev.weir.query.graphql.fields;

import dev.weir.query.Cursors;
import dev.weir.query.RangeWish;
import dev.weir.query.Resumption;
import dev.weir.query.graphql.GraphQlSettings;
import dev.weir.query.graphql.InputFault;
import dev.weir.query.graphql.types.CollectionModel;
import dev.weir.query.graphql.types.KeyForm;
import dev.weir.store.InvalidKeyException;
import dev.weir.store.Key;
import dev.weir.store.KeyRange;
import dev.weir.store.Query;
import graphql.schema.DataFetchingEnvironment;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A page of a range as the arguments ask for it.
 *
 * @param list the whole list the page is cut from; its limit does not matter
 * @param after the page begins behind this key; null = at the start of the list
 * @param before the page ends ahead of this key; null = at the end of the list
 * @param forward whether the page is the first part of what lies between, or the last
 * @param size most documents, at least 0
 */
record RangeQuery(
    Query.Scan list, @Nullable Key after, @Nullable Key before, boolean forward, int size) {
  static final String FIRST = "first";
  static final String LAST = "last";
  static final String AFTER = "after";
  static final String BEFORE = "before";
  static final String ORDER = "order";

  static RangeQuery of(
      DataFetchingEnvironment field,
      CollectionModel collection,
      Cursors cursors,
      GraphQlSettings.Work bounds)
      throws InputFault {
    Query.Order order = field.getArgumentOrDefault(ORDER, Query.Order.ASC);
    Query.Scan list = new Query.Scan(collection.id(), range(field, collection, bounds), order, 1);
    Integer first = size(field, FIRST, bounds.maxPage());
    Integer last = size(field, LAST, bounds.maxPage());
    if (first != null && last != null) {
      throw new InputFault("Give 'first' or 'last', not both.");
    }
    int size = first != null ? first : last != null ? last : bounds.defaultPage();
    return new RangeQuery(
        list,
        cursor(field, AFTER, list, cursors),
        cursor(field, BEFORE, list, cursors),
        last == null,
        size);
  }

  /** What lies between the cursors. */
  KeyRange window() {
    KeyRange window = list.range();
    boolean ascending = list.order() == Query.Order.ASC;
    if (after != null) {
      window = ascending ? window.after(after) : window.before(after);
    }
    if (before != null) {
      window = ascending ? window.before(before) : window.after(before);
    }
    return window;
  }

  /** The order in which the page is read. */
  Query.Order direction() {
    return forward ? list.order() : opposite(list.order());
  }

  /** What the list holds up to the start of the window; null = nothing. */
  @Nullable KeyRange ahead() {
    return after == null ? null : rest(after, list.order() == Query.Order.ASC);
  }

  /** What the list holds from the end of the window on; null = nothing. */
  @Nullable KeyRange behind() {
    return before == null ? null : rest(before, list.order() == Query.Order.DESC);
  }

  /** Whether no key can lie in a range; such a range is not asked for. */
  static boolean isEmpty(KeyRange range) {
    if (range.from() == null || range.to() == null) {
      return false;
    }
    int order = Arrays.compareUnsigned(range.from(), range.to());
    return order > 0 || (order == 0 && !(range.fromInclusive() && range.toInclusive()));
  }

  private KeyRange rest(Key key, boolean below) {
    KeyRange all = list.range();
    return below
        ? new KeyRange(all.from(), all.fromInclusive(), key.bytes(), true)
        : new KeyRange(key.bytes(), true, all.to(), all.toInclusive());
  }

  private static Query.Order opposite(Query.Order order) {
    return order == Query.Order.ASC ? Query.Order.DESC : Query.Order.ASC;
  }

  /** The range of keys that the arguments name; without them, all. */
  static KeyRange range(
      DataFetchingEnvironment field, CollectionModel collection, GraphQlSettings.Work bounds)
      throws InputFault {
    RangeWish<Object> wish =
        new RangeWish<>(
            field.getArgument(RangeWish.FROM),
            field.getArgumentOrDefault(RangeWish.FROM_INCLUSIVE, true),
            field.getArgument(RangeWish.TO),
            field.getArgumentOrDefault(RangeWish.TO_INCLUSIVE, false),
            field.getArgument(RangeWish.PREFIX));
    RangeWish.Reading reading = wish.read(new ScalarKeys(collection.keys(), bounds.maxKeyBytes()));
    if (reading instanceof RangeWish.Reading.Range range) {
      return range.range();
    }
    if (reading instanceof RangeWish.Reading.BadKey bad) {
      throw new InputFault("'" + bad.parameter() + "' is not valid: " + bad.why().getMessage());
    }
    throw new InputFault("Give 'prefix' or a range with 'from' and 'to', not both.");
  }

  /** Keys as the collection's scalar has read them. */
  private record ScalarKeys(KeyForm form, int maxBytes) implements RangeWish.Keys<Object> {
    @Override
    public Key key(Object value) throws InvalidKeyException {
      Key key = form.key(value);
      if (key.bytes().length > maxBytes) {
        throw new InvalidKeyException("it may have " + maxBytes + " bytes");
      }
      return key;
    }

    @Override
    public byte[] prefix(Object value) throws InvalidKeyException {
      return form.prefix(value);
    }
  }

  private static @Nullable Integer size(DataFetchingEnvironment field, String name, int most)
      throws InputFault {
    Integer size = field.getArgument(name);
    if (size != null && (size < 0 || size > most)) {
      throw new InputFault("'" + name + "' must be from 0 to " + most + ", not " + size + ".");
    }
    return size;
  }

  private static @Nullable Key cursor(
      DataFetchingEnvironment field, String name, Query.Scan list, Cursors cursors)
      throws InputFault {
    String text = field.getArgument(name);
    if (text == null) {
      return null;
    }
    Resumption resumption = cursors.resume(text, list);
    if (resumption instanceof Resumption.Resumed resumed) {
      return resumed.last();
    }
    String why = ((Resumption.Refused) resumption).fault().words();
    throw new InputFault("The cursor in '" + name + "' " + why + ".");
  }
}
