package dev.weir.query.graphql.fields;

/** What somebody who follows a collection is told of. */
enum ChangeKind {
  /** A document that is there. */
  ROW,
  /** All documents that were there have been told. */
  COMPLETE,
  /** A document was stored. */
  PUT,
  /** A document was removed, or matches no more. */
  REMOVE
}
