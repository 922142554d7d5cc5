package dev.weir.query.http;

/**
 * A kind of work with a capacity of its own, so that too much of one kind cannot take what the
 * others need. Gets of one document are in none: they are answered directly and never block.
 */
public enum Lane {
  /** Many documents by their keys. */
  BATCH("batch gets"),
  /** Ranges of documents, which ask every shard. */
  SCATTER("scans"),
  /** GraphQL. */
  GRAPHQL("GraphQL requests"),
  /** Everything that goes into the log. */
  WRITE("writes"),
  /** What operators and tools ask. */
  OTHER("requests to the node itself");

  private final String words;

  Lane(String words) {
    this.words = words;
  }

  /** What waits in it, in the plural. */
  String words() {
    return words;
  }
}
