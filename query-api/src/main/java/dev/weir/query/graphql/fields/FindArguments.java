package dev.weir.query.graphql.fields;

import static dev.weir.query.graphql.types.Inputs.argument;
import static dev.weir.query.graphql.types.Inputs.input;
import static graphql.Scalars.GraphQLBoolean;
import static graphql.Scalars.GraphQLString;
import static graphql.schema.GraphQLList.list;
import static graphql.schema.GraphQLNonNull.nonNull;
import static graphql.schema.GraphQLTypeReference.typeRef;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.query.graphql.InputFault;
import dev.weir.query.graphql.types.CollectionModel;
import dev.weir.query.graphql.types.OrderTypes;
import dev.weir.query.graphql.types.Scalars;
import dev.weir.query.graphql.types.StoredValues;
import dev.weir.query.graphql.types.WhereTypes;
import dev.weir.query.search.FieldCheck;
import dev.weir.query.search.FilterText;
import dev.weir.store.DefinitionReader.Read;
import dev.weir.store.Fault;
import dev.weir.store.Filter;
import dev.weir.store.Filter.Field;
import dev.weir.store.FilterReader;
import dev.weir.store.Query.Order;
import dev.weir.store.SearchQuery.Sort;
import dev.weir.store.filter.Clause;
import dev.weir.store.filter.ClauseReader;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.GraphQLArgument;
import graphql.schema.GraphQLInputObjectType;
import graphql.schema.GraphQLInputType;
import graphql.schema.GraphQLNamedType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The arguments by which documents are chosen and ordered.
 *
 * @param collection of the documents
 */
record FindArguments(CollectionModel collection) {
  static final String WHERE = "where";
  static final String ORDER_BY = "orderBy";
  static final String EXPLAIN = "explain";
  static final String ORDER = "DocumentOrder";
  private static final String FIELD = "field";
  private static final String DESCENDING = "descending";
  private static final int MOST_SORTS = 6;

  /** What all collections share. */
  static List<GraphQLNamedType> shared() {
    List<GraphQLNamedType> types = new ArrayList<>(WhereTypes.shared());
    types.add(OrderTypes.DIRECTION);
    types.add(
        GraphQLInputObjectType.newInputObject()
            .name(ORDER)
            .description(
                "What documents are put in order by: nothing, then false, true, numbers, texts;"
                    + " what is equal comes in the order of its keys.")
            .field(
                input(FIELD, "Path in the document, such as address.city.", nonNull(GraphQLString)))
            .field(input(DESCENDING, "Whether the greatest comes first.", GraphQLBoolean))
            .build());
    return types;
  }

  GraphQLArgument where() {
    return where(WHERE, "Which documents");
  }

  /** An argument that chooses documents of the collection. */
  GraphQLArgument where(String name, String which) {
    WhereTypes types = collection.documents().where();
    return argument(
        name,
        types == null
            ? which + ", such as {age: {gt: 20}}, or an expression in a string."
            : which + ".",
        types == null ? Scalars.JSON : types.argument());
  }

  GraphQLArgument orderBy() {
    return argument(
        ORDER_BY, "Order of the list; without it, that of the keys.", list(nonNull(entry())));
  }

  /** The type of an entry of {@code orderBy}. */
  GraphQLInputType entry() {
    OrderTypes types = collection.documents().order();
    return types == null ? typeRef(ORDER) : types.argument();
  }

  static GraphQLArgument explain() {
    return argument(
        EXPLAIN,
        "Whether extensions.weir.explain says how the documents were found.",
        GraphQLBoolean);
  }

  /** The filter; null = all documents. */
  @Nullable Filter filter(DataFetchingEnvironment field) throws InputFault {
    Object given = field.getArgument(WHERE);
    return given == null ? null : filter(given, WHERE);
  }

  /** A filter as an argument has it. */
  @SuppressWarnings("unchecked") // as the types say
  Filter filter(Object given, String name) throws InputFault {
    WhereTypes types = collection.documents().where();
    return types == null ? json(given, name) : read(types.json((Map<String, Object>) given), name);
  }

  /** A filter as JSON, or as an expression in a text, whether documents have a type or not. */
  Filter json(Object given, String name) throws InputFault {
    if (given instanceof String text) {
      FilterText.Reading reading = FilterText.read(text);
      if (reading instanceof FilterText.Reading.Good good) {
        return checked(good.filter());
      } else if (reading instanceof FilterText.Reading.BadExpression bad) {
        throw new InputFault(
            "'" + name + "' cannot be read: " + bad.at() + ".",
            Map.of("position", bad.at().position(), "expected", bad.at().expected()));
      }
      throw faults("'" + name + "' is no filter.", ((FilterText.Reading.BadJson) reading).faults());
    }
    return read(StoredValues.tree(given), name);
  }

  private Filter read(JsonNode json, String name) throws InputFault {
    Read<Filter> read = FilterReader.read(json);
    if (read.value().isEmpty()) {
      throw faults("'" + name + "' is no filter.", read.faults());
    }
    return checked(read.value().get());
  }

  private Filter checked(Filter filter) throws InputFault {
    FieldCheck check = FieldCheck.of(collection.definition());
    check.filter(filter);
    end(check);
    return filter;
  }

  /** What documents are ordered by; empty = by key. */
  List<Sort> order(DataFetchingEnvironment field) throws InputFault {
    List<Map<String, Object>> given = field.getArgumentOrDefault(ORDER_BY, List.of());
    if (given.size() > MOST_SORTS) {
      throw new InputFault("'" + ORDER_BY + "' has at most " + MOST_SORTS + " entries.");
    }
    List<Sort> order = new ArrayList<>();
    for (Map<String, Object> entry : given) {
      order.add(sort(entry));
    }
    return order;
  }

  /** An entry of {@code orderBy}. */
  Sort sort(Map<?, ?> entry) throws InputFault {
    OrderTypes types = collection.documents().order();
    if (types != null) {
      return types.sort(entry);
    }
    boolean descending = Boolean.TRUE.equals(entry.get(DESCENDING));
    return new Sort(
        path(String.valueOf(entry.get(FIELD)), ORDER_BY), descending ? Order.DESC : Order.ASC);
  }

  /** A field of the documents, as expressions name it. */
  Field path(String text, String argument) throws InputFault {
    Clause<Field> clause = ClauseReader.fields(text);
    if (clause instanceof Clause.Good<Field> readable && readable.items().size() == 1) {
      FieldCheck check = FieldCheck.of(collection.definition());
      check.field(readable.items().get(0));
      end(check);
      return readable.items().get(0);
    }
    throw new InputFault(
        "'" + argument + "' names no field: write a path such as address.city.",
        clause instanceof Clause.Bad<Field> no
            ? Map.of("position", no.at().position(), "expected", no.at().expected())
            : Map.of());
  }

  private static void end(FieldCheck check) throws InputFault {
    if (!check.faults().isEmpty()) {
      throw faults("By the collection's schema no document can match.", check.faults());
    }
  }

  private static InputFault faults(String message, List<Fault> faults) {
    return new InputFault(message, Map.of("faults", faults.stream().map(Fault::toString).toList()));
  }
}
