package dev.weir.query.peer;

import dev.weir.query.ShardQuery;
import dev.weir.store.GraphQuery;
import dev.weir.store.Query;
import java.util.List;

/** Kinds of calls by the work they make; each has a capacity of its own at both ends. */
enum Work {
  /** A few documents by their keys, or something as quick. */
  POINT("gets"),
  /** Many documents by their keys, or the edges of vertices. */
  BATCH("batch gets"),
  /** Ranges, counts and whatever else looks at a whole shard. */
  SCATTER("scans"),
  /** Operations for the log, which may block. */
  WRITE("writes"),
  /** Pieces of files. */
  TRANSFER("transfers");

  /** More keys than this are a batch. */
  private static final int SHORT_KEYS = 128;

  private final String words;

  Work(String words) {
    this.words = words;
  }

  /** What it is, in the plural. */
  String words() {
    return words;
  }

  /** The work that some questions make together. */
  static Work of(List<? extends ShardQuery<?>> questions) {
    int keys = 0;
    for (ShardQuery<?> question : questions) {
      if (question.query() instanceof Query.Get || question.query() instanceof Query.Decision) {
        keys++;
      } else if (question.query() instanceof Query.MultiGet get) {
        keys += get.keys().size();
      } else if (question.query() instanceof Query.Select select) {
        keys += select.keys().size();
      } else if (question.query() instanceof GraphQuery.Degrees degrees) {
        keys += degrees.vertices().size();
      } else if (question.query() instanceof GraphQuery.Expand
          || question.query() instanceof GraphQuery.Visit) {
        keys += SHORT_KEYS + 1; // one vertex may have very many edges
      } else {
        return SCATTER;
      }
    }
    return keys <= SHORT_KEYS ? POINT : BATCH;
  }
}
