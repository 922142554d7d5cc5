package dev.weir.query.graphql;

/** What {@code errors[].extensions.code} says; stable words that clients may decide by. */
public enum ErrorCode {
  // The request as HTTP: the caller's software must change.
  BAD_REQUEST,
  METHOD_NOT_ALLOWED,
  NOT_ACCEPTABLE,
  UNSUPPORTED_MEDIA_TYPE,

  // The document: the caller must change it.
  GRAPHQL_PARSE_FAILED,
  GRAPHQL_VALIDATION_FAILED,
  OPERATION_RESOLUTION_FAILURE,
  BAD_USER_INPUT,
  LIMIT_EXCEEDED,
  INTROSPECTION_DISABLED,
  PERSISTED_QUERY_NOT_FOUND,
  PERSISTED_QUERY_NOT_SUPPORTED,
  DOCUMENT_NOT_TRUSTED,

  // The data: asking again does not help.
  NOT_FOUND,
  WRITER_IS_SOURCE,
  CONDITION_FAILED,
  IDEMPOTENCY_KEY_REUSED,
  VALUE_MISMATCH,
  CHANGES_NOT_KEPT,
  CHANGES_GONE,

  // The database: asking again later may help.
  UNAVAILABLE,
  OVERLOADED,
  OUTCOME_UNKNOWN,
  DEADLINE_EXCEEDED,
  INTERNAL
}
