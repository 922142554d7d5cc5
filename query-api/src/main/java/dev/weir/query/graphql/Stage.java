package dev.weir.query.graphql;

/** How far a well-formed request got; decides the HTTP status. */
public enum Stage {
  /** The document is no GraphQL. */
  PARSING,
  /** The document, its variables or the choice of its operation do not fit the schema. */
  VALIDATION,
  /** A limit is exceeded: refused before execution. */
  LIMITS,
  /** The operation is no query, which the method demands. */
  METHOD,
  /** The operation was executed; fields may have failed. */
  EXECUTION,
  /** The execution took too long and was given up. */
  DEADLINE,
  /** The program itself failed. */
  FAILURE
}
