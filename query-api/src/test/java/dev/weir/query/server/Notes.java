package dev.weir.query.server;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The collection {@code note} of a cluster, by one of the ways in which users reach it. */
interface Notes {

  /**
   * A part of the keys.
   *
   * @param prefix what they begin with; empty = they lie between {@code from} and {@code to}
   */
  record Range(
      Optional<String> prefix,
      String from,
      boolean fromInclusive,
      String to,
      boolean toInclusive,
      boolean descending) {}

  /**
   * Stores a number, at a node that does not own the key; returns whether the key is new, if told.
   */
  Optional<Boolean> put(String key, int value);

  /** Removes a document, at a node that does not own the key. */
  void delete(String key);

  /** Reads a number, at a node that does not own the key. */
  Optional<Integer> get(String key);

  /** Reads several numbers; those that are there, by their keys. */
  Map<String, Integer> get(List<String> keys);

  /** Begins to read a range page by page. */
  Pages scan(Range range, int limit);

  /** One page after the other, each from another node than the one before. */
  interface Pages {
    /** The next page; empty = there was none any more. */
    Optional<List<Map.Entry<String, Integer>>> next();
  }
}
