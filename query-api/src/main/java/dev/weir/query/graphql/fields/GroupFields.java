package dev.weir.query.graphql.fields;

import static dev.weir.query.graphql.types.Inputs.argument;
import static graphql.Scalars.GraphQLBoolean;
import static graphql.Scalars.GraphQLString;
import static graphql.schema.GraphQLNonNull.nonNull;

import dev.weir.query.Result;
import dev.weir.query.SearchLimits;
import dev.weir.query.graphql.ErrorCode;
import dev.weir.query.graphql.Errors;
import dev.weir.query.graphql.GraphQlSettings;
import dev.weir.query.graphql.InputFault;
import dev.weir.query.graphql.types.Scalars;
import dev.weir.query.graphql.types.Sources;
import dev.weir.query.search.Explanation;
import dev.weir.query.search.Measures;
import dev.weir.query.search.Totals;
import dev.weir.query.search.Totals.Totalled;
import dev.weir.store.Filter.Field;
import dev.weir.store.SearchQuery.Aggregate;
import dev.weir.store.SearchQuery.Aggregated;
import dev.weir.store.SearchQuery.Group;
import dev.weir.store.SearchQuery.Kind;
import dev.weir.store.SearchQuery.Measure;
import dev.weir.store.filter.Clause;
import dev.weir.store.filter.ClauseReader;
import graphql.execution.DataFetcherResult;
import graphql.schema.DataFetcher;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLOutputType;
import graphql.schema.SelectedField;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What documents come to. What a caller selects of the groups is what is measured: nothing else is
 * asked of the shards. Safe from any thread.
 */
final class GroupFields {
  static final String TYPE = "DocumentGroup";
  static final String GROUP_BY = "groupBy";
  private static final String FIELD = "field";

  private final GraphQlSettings.Work bounds;

  GroupFields(GraphQlSettings.Work bounds) {
    this.bounds = bounds;
  }

  /** The source of a group's fields. */
  private record Row(Aggregate query, Group group) {
    /** What a measure comes to. */
    @Nullable Object value(Kind kind, @Nullable String field) {
      for (int i = 0; i < query.measures().size(); i++) {
        Measure measure = query.measures().get(i);
        boolean same =
            field == null
                ? measure.field() == null
                : measure.field() != null && field.equals(field(measure));
        if (measure.kind() == kind && same) {
          return Measures.value(kind, group.measured().get(i));
        }
      }
      throw new IllegalStateException("was not asked for: " + kind + " of " + field);
    }
  }

  private static String field(Measure measure) {
    return Objects.requireNonNull(measure.field()).path();
  }

  /** The type of a group. */
  static void addShared(SchemaDraft schema) {
    ObjectDraft type =
        schema
            .object(TYPE, "Documents with one value in the field they are grouped by.")
            .field(
                "key",
                "The value; null where there is none.",
                Scalars.JSON,
                field -> Measures.value(Sources.of(field, Row.class).group().value()))
            .field(
                "other",
                "Whether the value is a list, an object or a very long text.",
                nonNull(GraphQLBoolean),
                field -> {
                  Row row = Sources.of(field, Row.class);
                  return row.query().groupBy() != null && row.group().value() == null;
                });
    for (Kind kind : Kind.values()) {
      boolean count = kind == Kind.COUNT;
      GraphQLOutputType value = count ? nonNull(Scalars.LONG) : Scalars.JSON;
      GraphQLFieldDefinition field =
          SchemaDraft.field(name(kind), description(kind), value)
              .argument(
                  argument(
                      FIELD,
                      "Path in the documents, such as address.city.",
                      count ? GraphQLString : nonNull(GraphQLString)))
              .build();
      type.field(field, measured(kind));
    }
    schema.type(type.build());
  }

  private static String name(Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  private static String description(Kind kind) {
    return switch (kind) {
      case COUNT -> "How many documents there are, or how many have a field.";
      case SUM -> "The exact sum of the numbers in a field.";
      case MIN -> "The least value of a field; null if there is none.";
      case MAX -> "The greatest value of a field; null if there is none.";
      case AVG -> "The mean of the numbers in a field, to 34 digits; null if there are none.";
    };
  }

  private static DataFetcher<@Nullable Object> measured(Kind kind) {
    return field -> {
      Row row = Sources.of(field, Row.class);
      String path = field.getArgument(FIELD);
      return row.value(kind, path == null ? null : plain(path));
    };
  }

  /** The path that a field of an expression stands for; it was read before. */
  private static String plain(String text) {
    return ClauseReader.fields(text) instanceof Clause.Good<Field> readable
        ? readable.items().get(0).path()
        : text;
  }

  /** {@code personAggregate(…)}. */
  DataFetcher<Object> groups(FindArguments arguments) {
    return field -> {
      try {
        Aggregate query = query(field, arguments);
        RequestScope scope = RequestScope.of(field);
        return scope.work(() -> answer(field, query, scope));
      } catch (InputFault fault) {
        return LookupFields.refused(field, fault);
      }
    };
  }

  private Aggregate query(DataFetchingEnvironment field, FindArguments arguments)
      throws InputFault {
    String groupBy = field.getArgument(GROUP_BY);
    return new Aggregate(
        arguments.collection().id(),
        RangeQuery.range(field, arguments.collection(), bounds),
        arguments.filter(field),
        groupBy == null ? null : arguments.path(groupBy, GROUP_BY),
        measures(field, arguments),
        null,
        1,
        true);
  }

  private static List<Measure> measures(DataFetchingEnvironment field, FindArguments arguments)
      throws InputFault {
    Set<Measure> measures = new LinkedHashSet<>();
    for (SelectedField selected : field.getSelectionSet().getImmediateFields()) {
      for (Kind kind : Kind.values()) {
        if (selected.getName().equals(name(kind))) {
          Object path = selected.getArguments().get(FIELD);
          measures.add(
              new Measure(kind, path == null ? null : arguments.path((String) path, FIELD)));
        }
      }
    }
    return measures.isEmpty() ? List.of(new Measure(Kind.COUNT, null)) : List.copyOf(measures);
  }

  private static DataFetcherResult<Object> answer(
      DataFetchingEnvironment field, Aggregate query, RequestScope scope) {
    SearchLimits limits = scope.searchLimits();
    Totalled totalled = new Totals(scope::askHere, limits, scope.shards().shards()).total(query);
    if (totalled instanceof Totalled.Refused refused) {
      return Errors.field(field, Errors.of(refused.refusal()));
    } else if (totalled instanceof Totalled.TooMuch much) {
      return Errors.field(
          field,
          Errors.of(
              ErrorCode.LIMIT_EXCEEDED,
              "The answer is made of more " + much.what() + " than are allowed.",
              Map.of("limit", much.most(), "what", much.what())));
    }
    Result<Aggregated> result = ((Totalled.Complete) totalled).result();
    Aggregated all =
        result instanceof Result.Partial<Aggregated> partial
            ? partial.value()
            : ((Result.Success<Aggregated>) result).value();
    List<Result.Source> sources =
        result instanceof Result.Partial<Aggregated> partial
            ? partial.sources()
            : ((Result.Success<Aggregated>) result).sources();
    if (Boolean.TRUE.equals(field.getArgument(FindArguments.EXPLAIN))) {
      scope.explain(field, Explanation.of(query.filter(), all.plans(), sources));
    }
    List<Row> rows = new ArrayList<>();
    Measures.groups(query, all).forEach(group -> rows.add(new Row(query, group)));
    return DataFetcherResult.<Object>newResult().data(rows).build();
  }
}
