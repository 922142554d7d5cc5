package dev.weir.query.graphql.fields;

import dev.weir.query.RangeWish;
import dev.weir.query.changes.Place;
import dev.weir.query.changes.PlaceTokens;
import dev.weir.query.changes.Wish;
import dev.weir.query.graphql.GraphQlSettings;
import dev.weir.query.graphql.InputFault;
import dev.weir.query.graphql.types.CollectionModel;
import dev.weir.query.graphql.types.Sources;
import dev.weir.query.graphql.types.StoredNode;
import dev.weir.store.Key;
import dev.weir.store.KeyRange;
import graphql.execution.DataFetcherResult;
import graphql.schema.DataFetcher;
import graphql.schema.DataFetchingEnvironment;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The fields by which collections are followed. They are executed once to find out what is to be
 * followed, and once for each event. Safe from any thread.
 */
final class ChangeFields {
  static final String DOCUMENTS = "documents";
  static final String AFTER = "after";

  private final PlaceTokens tokens;
  private final GraphQlSettings.Work bounds;

  ChangeFields(PlaceTokens tokens, GraphQlSettings.Work bounds) {
    this.tokens = tokens;
    this.bounds = bounds;
  }

  /** {@code personChanges(…)}. */
  DataFetcher<Object> changes(FindArguments arguments) {
    return field -> {
      ChangeEvent event = field.getGraphQlContext().get(ChangeEvent.class);
      if (event != null) {
        return event;
      }
      Opening opening = field.getGraphQlContext().get(Opening.class);
      if (opening == null) {
        throw new IllegalStateException("a subscription that nobody opened");
      }
      try {
        opening.wants(wanted(field, arguments));
        return null;
      } catch (InputFault fault) {
        DataFetcherResult<Object> refused = LookupFields.refused(field, fault);
        opening.refuse(refused.getErrors().get(0));
        return refused;
      }
    };
  }

  private Opening.Wanted wanted(DataFetchingEnvironment field, FindArguments arguments)
      throws InputFault {
    CollectionModel collection = arguments.collection();
    Wish wish =
        new Wish(
            collection.definition(),
            range(field, collection),
            arguments.filter(field),
            field.getArgumentOrDefault(DOCUMENTS, true));
    String cursor = field.getArgument(AFTER);
    return new Opening.Wanted(collection, wish, cursor == null ? null : place(cursor, wish));
  }

  private KeyRange range(DataFetchingEnvironment field, CollectionModel collection)
      throws InputFault {
    if (field.getArgument(Arguments.KEY) == null) {
      return RangeQuery.range(field, collection, bounds);
    }
    for (String other : List.of(RangeWish.FROM, RangeWish.TO, RangeWish.PREFIX)) {
      if (field.getArgument(other) != null) {
        throw new InputFault("Give 'key' or a range, not both.", Map.of("argument", other));
      }
    }
    Key key = Arguments.key(field, collection, bounds.maxKeyBytes());
    return new KeyRange(key.bytes(), true, key.bytes(), true);
  }

  private Place place(String cursor, Wish wish) throws InputFault {
    PlaceTokens.Reading reading = tokens.read(cursor, wish);
    if (reading instanceof PlaceTokens.Reading.Read read) {
      return read.place();
    }
    String why = ((PlaceTokens.Reading.Refused) reading).fault().words();
    throw new InputFault("The cursor in '" + AFTER + "' " + why + ".", Map.of("argument", AFTER));
  }

  static DataFetcher<ChangeKind> kind() {
    return field -> Sources.of(field, ChangeEvent.class).kind();
  }

  static DataFetcher<@Nullable Object> key() {
    return field -> Sources.of(field, ChangeEvent.class).key();
  }

  static DataFetcher<@Nullable StoredNode> node() {
    return field -> Sources.of(field, ChangeEvent.class).node();
  }

  static DataFetcher<@Nullable String> version() {
    return field -> Sources.of(field, ChangeEvent.class).version();
  }

  static DataFetcher<@Nullable Long> timestamp() {
    return field -> Sources.of(field, ChangeEvent.class).timestamp();
  }

  static DataFetcher<@Nullable String> cursor() {
    return field -> Sources.of(field, ChangeEvent.class).cursor();
  }
}
