package dev.weir.query.graphql.types;

import graphql.GraphQLContext;
import graphql.execution.CoercedVariables;
import graphql.language.ArrayValue;
import graphql.language.BooleanValue;
import graphql.language.FloatValue;
import graphql.language.IntValue;
import graphql.language.NullValue;
import graphql.language.ObjectField;
import graphql.language.ObjectValue;
import graphql.language.StringValue;
import graphql.language.Value;
import graphql.language.VariableReference;
import graphql.schema.Coercing;
import graphql.schema.CoercingParseLiteralException;
import graphql.schema.CoercingParseValueException;
import graphql.schema.CoercingSerializeException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A scalar by two functions: literals and variables are read alike. */
final class ScalarCoercing implements Coercing<Object, Object> {

  /** Reads a plain Java value of JSON. */
  interface Input {
    /**
     * @throws IllegalArgumentException if the scalar has no such value
     */
    Object read(Object value);
  }

  /** Writes a value as a plain Java value of JSON. */
  interface Output {
    Object write(Object value);
  }

  private final String name;
  private final Input input;
  private final Output output;

  ScalarCoercing(String name, Input input, Output output) {
    this.name = name;
    this.input = input;
    this.output = output;
  }

  @Override
  public Object serialize(Object value, GraphQLContext context, Locale locale) {
    try {
      return output.write(value);
    } catch (RuntimeException e) {
      throw new CoercingSerializeException("The stored value is not of type " + name + ".");
    }
  }

  @Override
  public Object parseValue(Object value, GraphQLContext context, Locale locale) {
    try {
      return input.read(value);
    } catch (IllegalArgumentException e) {
      throw new CoercingParseValueException("The value is not of type " + name + ".");
    }
  }

  @Override
  public Object parseLiteral(
      Value<?> literal, CoercedVariables variables, GraphQLContext context, Locale locale) {
    try {
      Object value = plain(literal, variables);
      if (value != null) {
        return input.read(value);
      }
    } catch (IllegalArgumentException e) {
      // answered below, like a literal of another kind
    }
    throw new CoercingParseLiteralException("The literal is not of type " + name + ".");
  }

  private static @Nullable Object plain(Value<?> literal, CoercedVariables variables) {
    if (literal instanceof StringValue text) {
      return text.getValue();
    }
    if (literal instanceof IntValue integer) {
      return integer.getValue();
    }
    if (literal instanceof FloatValue number) {
      return number.getValue();
    }
    if (literal instanceof BooleanValue truth) {
      return truth.isValue();
    }
    if (literal instanceof VariableReference variable) {
      return variables.get(variable.getName());
    }
    if (literal instanceof ArrayValue array) {
      List<@Nullable Object> parts = new ArrayList<>();
      for (Value<?> part : array.getValues()) {
        parts.add(plain(part, variables));
      }
      return parts;
    }
    if (literal instanceof ObjectValue object) {
      Map<String, @Nullable Object> members = new LinkedHashMap<>();
      for (ObjectField member : object.getObjectFields()) {
        members.put(member.getName(), plain(member.getValue(), variables));
      }
      return members;
    }
    if (literal instanceof NullValue) {
      return null;
    }
    throw new IllegalArgumentException("not a JSON value");
  }
}
