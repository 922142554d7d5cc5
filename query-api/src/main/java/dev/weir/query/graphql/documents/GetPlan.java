package dev.weir.query.graphql.documents;

import dev.weir.query.Result;
import dev.weir.query.graphql.InputFault;
import dev.weir.query.graphql.types.CollectionModel;
import dev.weir.query.graphql.types.StoredNode;
import dev.weir.store.Document;
import dev.weir.store.Key;
import graphql.GraphQLContext;
import graphql.execution.CoercedVariables;
import graphql.language.Argument;
import graphql.language.Field;
import graphql.language.NonNullType;
import graphql.language.OperationDefinition;
import graphql.language.TypeName;
import graphql.language.Value;
import graphql.language.VariableDefinition;
import graphql.language.VariableReference;
import graphql.schema.CoercingParseLiteralException;
import graphql.schema.CoercingParseValueException;
import graphql.schema.GraphQLScalarType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How an operation is answered that asks for one document by its key and for nothing else: without
 * the library, whose execution costs several times what the get does. Made once for each document
 * that is remembered. Whatever is not plain is left to the library: fragments, directives, faulty
 * variables, failures, values of other types. Immutable.
 */
public final class GetPlan {
  private final CollectionModel collection;
  private final String name;
  private final Value<?> key;
  private final DocumentPlan node;
  private final long cost;

  private GetPlan(
      CollectionModel collection, String name, Value<?> key, DocumentPlan node, long cost) {
    this.collection = collection;
    this.name = name;
    this.key = key;
    this.node = node;
    this.cost = cost;
  }

  /** The plan of an operation; empty = it is left to the library. */
  static Optional<GetPlan> of(OperationDefinition operation, PlannedGets gets) {
    boolean one =
        operation.getOperation() == OperationDefinition.Operation.QUERY
            && operation.getDirectives().isEmpty()
            && operation.getSelectionSet().getSelections().size() == 1;
    if (!one || !(operation.getSelectionSet().getSelections().get(0) instanceof Field field)) {
      return Optional.empty();
    }
    CollectionModel collection = gets.collection(field.getName());
    List<Argument> arguments = field.getArguments();
    if (collection == null || !field.getDirectives().isEmpty() || arguments.size() != 1) {
      return Optional.empty();
    }
    Value<?> key = arguments.get(0).getValue();
    if (key instanceof VariableReference variable
        ? !declared(operation, variable, collection.keys().scalar())
        : !operation.getVariableDefinitions().isEmpty()) {
      return Optional.empty();
    }
    return gets.node(collection, field)
        .map(
            node ->
                new GetPlan(collection, field.getResultKey(), key, node, gets.cost(collection)));
  }

  /** Whether a variable is the only one, and no more than a key that must be there. */
  private static boolean declared(
      OperationDefinition operation, VariableReference variable, GraphQLScalarType scalar) {
    List<VariableDefinition> variables = operation.getVariableDefinitions();
    return variables.size() == 1
        && variables.get(0).getName().equals(variable.getName())
        && variables.get(0).getDefaultValue() == null
        && variables.get(0).getDirectives().isEmpty()
        && variables.get(0).getType() instanceof NonNullType type
        && type.getType() instanceof TypeName named
        && named.getName().equals(scalar.getName());
  }

  public CollectionModel collection() {
    return collection;
  }

  /** What it costs. */
  public long cost() {
    return cost;
  }

  /** The key that is asked for; empty = it is none, which the library tells. */
  public Optional<Key> key(Map<String, @Nullable Object> variables, int maxBytes) {
    try {
      Object value =
          key instanceof VariableReference variable
              ? parsed(variables.get(variable.getName()))
              : literal(key);
      return value == null ? Optional.empty() : Optional.of(collection.key(value, maxBytes));
    } catch (CoercingParseValueException | CoercingParseLiteralException | InputFault e) {
      return Optional.empty();
    }
  }

  private @Nullable Object parsed(@Nullable Object value) {
    return value == null
        ? null
        : collection
            .keys()
            .scalar()
            .getCoercing()
            .parseValue(value, GraphQLContext.getDefault(), Locale.ENGLISH);
  }

  private @Nullable Object literal(Value<?> value) {
    return collection
        .keys()
        .scalar()
        .getCoercing()
        .parseLiteral(
            value, CoercedVariables.emptyVariables(), GraphQLContext.getDefault(), Locale.ENGLISH);
  }

  /** The data of the answer; empty = the library is to tell what is wrong. */
  public Optional<Map<String, @Nullable Object>> data(Result<Optional<Document>> result) {
    if (!(result instanceof Result.Success<Optional<Document>> success)) {
      return Optional.empty();
    }
    Map<String, @Nullable Object> data = new LinkedHashMap<>();
    if (success.value().isEmpty()) {
      data.put(name, null);
      return Optional.of(data);
    }
    try {
      data.put(name, node.of(new StoredNode(collection, success.value().get())));
      return Optional.of(data);
    } catch (DocumentPlan.Unplain e) {
      return Optional.empty();
    }
  }
}
