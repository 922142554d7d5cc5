package dev.weir.query.http;

import dev.weir.query.search.FieldCheck;
import dev.weir.query.search.FilterText;
import dev.weir.store.CollectionDefinition;
import dev.weir.store.Fault;
import dev.weir.store.Filter;
import dev.weir.store.Filter.Field;
import dev.weir.store.SearchQuery.Kind;
import dev.weir.store.SearchQuery.Measure;
import dev.weir.store.SearchQuery.Sort;
import dev.weir.store.filter.Clause;
import dev.weir.store.filter.ClauseReader;
import dev.weir.store.filter.Expression;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads the parameters of searches, and checks their fields against the collection's schema. */
final class SearchParameters {
  static final String FILTER = "filter";
  static final String ORDER_BY = "orderBy";
  static final String FIELDS = "fields";
  static final String EXPLAIN = "explain";
  static final String GROUP_BY = "groupBy";
  static final String MEASURES = "measures";

  static final ProblemType[] PROBLEMS = {
    ProblemType.INVALID_EXPRESSION,
    ProblemType.INVALID_FIELD,
    ProblemType.UNBOUNDED_SORT,
    ProblemType.SCAN_REFUSED
  };

  private final QueryParameters query;
  private final CollectionDefinition collection;
  private final FieldCheck check;

  SearchParameters(QueryParameters query, CollectionDefinition collection) {
    this.query = query;
    this.collection = collection;
    this.check = FieldCheck.of(collection);
  }

  static Parameter filterParameter() {
    return Parameter.query(
        FILTER,
        Schemas.TEXT,
        "Which documents, such as `age >= 18 && city in [\"Oslo\", \"Bergen\"]`: an expression, see"
            + " docs/queries.md, or a Filter as JSON.");
  }

  static Parameter explainParameter() {
    return Parameter.query(
        EXPLAIN,
        Schemas.flag(false),
        "Whether the answer says under `explain` how each shard found the documents, and how many"
            + " rows were read.");
  }

  boolean explain() throws ProblemException {
    return query.flag(EXPLAIN, false);
  }

  /** The filter; null = none. */
  @Nullable Filter filter() throws ProblemException {
    Optional<String> text = query.text(FILTER);
    if (text.isEmpty()) {
      return null;
    }
    Filter filter = filter(text.get(), FILTER);
    json(FILTER);
    check.filter(filter);
    return filter;
  }

  /** A filter as a parameter has it. */
  static @Nullable Filter filter(
      Call call, String parameter, CollectionDefinition collection, Collections collections)
      throws ProblemException {
    String text = call.query().text(parameter).orElse("");
    if (text.isEmpty()) {
      return null;
    }
    if (!collection.format().equals("json")) {
      TraversalReader reader = new TraversalReader(collections);
      reader.fault(
          parameter,
          "a condition looks at fields, and the values of '%s' are %s"
              .formatted(collection.name(), collection.format()),
          "leave it out");
      reader.end();
    }
    return filter(text, parameter);
  }

  /** Reads an expression, or JSON. */
  static Filter filter(String text, String parameter) throws ProblemException {
    FilterText.Reading reading = FilterText.read(text);
    if (reading instanceof FilterText.Reading.Good good) {
      return good.filter();
    } else if (reading instanceof FilterText.Reading.BadExpression bad) {
      throw unreadable(bad.at(), parameter);
    }
    List<Fault> faults = ((FilterText.Reading.BadJson) reading).faults();
    throw new ProblemException(
        Problem.of(ProblemType.INVALID_EXPRESSION, faults.get(0) + ".")
            .with("parameter", parameter)
            .with("faults", faults.stream().map(Fault::toString).toList()));
  }

  /** What documents are ordered by; empty = by key. */
  List<Sort> order() throws ProblemException {
    List<Sort> order = list(ORDER_BY, ClauseReader::order);
    order.forEach(sort -> check.field(sort.field()));
    return order;
  }

  /** Which fields are wanted, as paths; empty = all. */
  List<String> fields() throws ProblemException {
    List<Field> fields = list(FIELDS, ClauseReader::fields);
    fields.forEach(check::field);
    return fields.stream().map(Field::path).toList();
  }

  /** The field whose values part the documents; null = none. */
  @Nullable Field groupBy() throws ProblemException {
    List<Field> fields = list(GROUP_BY, ClauseReader::fields);
    if (fields.size() > 1) {
      throw QueryParameters.invalid(GROUP_BY, "Documents are grouped by one field.");
    }
    fields.forEach(check::field);
    return fields.isEmpty() ? null : fields.get(0);
  }

  /** What is wanted of each group, at least the number of documents. */
  List<Measure> measures() throws ProblemException {
    List<Measure> measures = list(MEASURES, ClauseReader::measures);
    for (Measure measure : measures) {
      Field field = measure.field();
      if (field != null) {
        check.field(field);
      }
    }
    return measures.isEmpty() ? List.of(new Measure(Kind.COUNT, null)) : measures;
  }

  /** No field that was read is one that the schema forbids. */
  void end() throws ProblemException {
    List<Fault> faults = check.faults();
    if (!faults.isEmpty()) {
      throw new ProblemException(
          Problem.of(ProblemType.INVALID_FIELD, faults.get(0) + ".")
              .with("collection", collection.name())
              .with("faults", faults.stream().map(Fault::toString).toList()));
    }
  }

  private <T> List<T> list(String name, Function<String, Clause<T>> read) throws ProblemException {
    Optional<String> text = query.text(name);
    if (text.isEmpty()) {
      return List.of();
    }
    json(name);
    Clause<T> clause = read.apply(text.get());
    if (clause instanceof Clause.Good<T> readable) {
      return readable.items();
    }
    throw unreadable(((Clause.Bad<T>) clause).at(), name);
  }

  private void json(String parameter) throws ProblemException {
    if (!collection.format().equals("json")) {
      throw QueryParameters.invalid(
          parameter,
          "'%s' looks at fields, and the values of '%s' are %s."
              .formatted(parameter, collection.name(), collection.format()));
    }
  }

  private static ProblemException unreadable(Expression.At at, String parameter) {
    return new ProblemException(
        Problem.of(ProblemType.INVALID_EXPRESSION, "In '" + parameter + "', " + at + ".")
            .with("parameter", parameter)
            .with("position", at.position())
            .with("expected", at.expected()));
  }
}
