package dev.weir.query.graphql;

import graphql.ErrorClassification;
import graphql.ErrorType;
import graphql.ExecutionResult;
import graphql.GraphQLError;
import graphql.introspection.GoodFaithIntrospection.BadFaithIntrospectionError;
import graphql.language.SourceLocation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Results as the maps that become the answer's JSON; every error has a code. */
public final class Rendering {
  private Rendering() {}

  /** A request that was not executed. */
  public static Map<String, Object> of(List<GraphQLError> errors) {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("errors", errors.stream().map(Rendering::error).toList());
    return answer;
  }

  /**
   * A request that was executed, or refused on the way there.
   *
   * @param witness who answered
   */
  public static Map<String, Object> of(ExecutionResult result, Map<String, Object> witness) {
    Map<String, Object> answer = new LinkedHashMap<>();
    if (!result.getErrors().isEmpty()) {
      // Fields fail in the order of the answers; the caller gets them in that of the document.
      answer.put(
          "errors",
          result.getErrors().stream()
              .sorted(Comparator.comparingLong(Rendering::place))
              .map(Rendering::error)
              .toList());
    }
    if (result.isDataPresent()) {
      answer.put("data", result.getData());
    }
    Map<Object, Object> extensions = new LinkedHashMap<>();
    if (result.getExtensions() != null) {
      extensions.putAll(result.getExtensions());
    }
    if (!witness.isEmpty()) {
      extensions.put("weir", witness);
    }
    if (!extensions.isEmpty()) {
      answer.put("extensions", extensions);
    }
    return answer;
  }

  /** The code of an error, of our own ones and of the library's. */
  public static ErrorCode code(GraphQLError error) {
    Map<String, Object> extensions = error.getExtensions();
    if (extensions != null && extensions.get("code") instanceof String code) {
      return ErrorCode.valueOf(code);
    }
    if (error instanceof BadFaithIntrospectionError) {
      return ErrorCode.LIMIT_EXCEEDED;
    }
    ErrorClassification type = error.getErrorType();
    if (type == ErrorType.InvalidSyntax) {
      return ErrorCode.GRAPHQL_PARSE_FAILED;
    }
    if (type == ErrorType.ValidationError) {
      // Variables are coerced at the start of the execution, values in the document before it.
      return error instanceof graphql.validation.ValidationError
          ? ErrorCode.GRAPHQL_VALIDATION_FAILED
          : ErrorCode.BAD_USER_INPUT;
    }
    return type == ErrorType.OperationNotSupported
        ? ErrorCode.OPERATION_RESOLUTION_FAILURE
        : ErrorCode.INTERNAL;
  }

  public static Map<String, Object> error(GraphQLError error) {
    Map<String, Object> rendered = new LinkedHashMap<>();
    rendered.put("message", error.getMessage());
    List<SourceLocation> locations = error.getLocations();
    if (locations != null && !locations.isEmpty()) {
      rendered.put("locations", locations.stream().map(Rendering::location).toList());
    }
    if (error.getPath() != null) {
      rendered.put("path", new ArrayList<>(error.getPath()));
    }
    Map<String, Object> extensions = new LinkedHashMap<>();
    extensions.put("code", code(error).name());
    if (error.getExtensions() != null) {
      error.getExtensions().forEach(extensions::putIfAbsent);
    }
    extensions.remove("classification");
    rendered.put("extensions", extensions);
    return rendered;
  }

  private static long place(GraphQLError error) {
    List<SourceLocation> locations = error.getLocations();
    return locations == null || locations.isEmpty()
        ? 0
        : ((long) locations.get(0).getLine() << 32) + locations.get(0).getColumn();
  }

  private static Map<String, Object> location(SourceLocation location) {
    Map<String, Object> rendered = new LinkedHashMap<>();
    rendered.put("line", location.getLine());
    rendered.put("column", location.getColumn());
    return rendered;
  }
}
