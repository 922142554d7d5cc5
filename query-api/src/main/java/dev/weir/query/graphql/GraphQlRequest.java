package dev.weir.query.graphql;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A well-formed request, whichever way it came.
 *
 * @param query the document's text; empty = it is named instead
 * @param name of the document, instead of its text or beside it
 * @param operationName which of its operations to execute; null = its only one
 * @param variables by name, as plain Java values of JSON; values may be null
 * @param wish how fresh the answer has to be, as {@code extensions.weir} says it
 * @param readOnly whether only queries may be executed, because it came by {@code GET}
 */
public record GraphQlRequest(
    String query,
    DocumentName name,
    @Nullable String operationName,
    Map<String, @Nullable Object> variables,
    Freshness wish,
    boolean readOnly) {}
