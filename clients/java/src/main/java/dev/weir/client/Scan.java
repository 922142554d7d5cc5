package dev.weir.client;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What to read: everything, in ascending order of the keys, unless said otherwise. Immutable.
 *
 * @param parameters of the request by name
 */
public record Scan(Map<String, String> parameters) {

  public Scan {
    parameters = Map.copyOf(parameters);
  }

  /** Everything. */
  public static Scan all() {
    return new Scan(Map.of());
  }

  /** From this key on, itself included. */
  public Scan from(String key) {
    return with("from", key);
  }

  /** Up to this key, itself not included. */
  public Scan to(String key) {
    return with("to", key);
  }

  /** Only keys that begin like this. */
  public Scan prefix(String prefix) {
    return with("prefix", prefix);
  }

  /** From the highest key to the lowest. */
  public Scan descending() {
    return with("order", "desc");
  }

  /**
   * Only documents that match.
   *
   * @param filter an expression, such as {@code age >= 18 && city == "Oslo"}
   */
  public Scan where(String filter) {
    return with("filter", filter);
  }

  /**
   * In the order of fields instead of keys.
   *
   * @param fields such as {@code age desc, name}
   */
  public Scan orderedBy(String fields) {
    return with("orderBy", fields);
  }

  /**
   * Only some fields of each document.
   *
   * @param fields such as {@code name, address.city}
   */
  public Scan fields(String fields) {
    return with("fields", fields);
  }

  /** At most this many documents a page, at least 1. */
  public Scan pageSize(int items) {
    return with("limit", Integer.toString(items));
  }

  /** Goes on behind a page. */
  public Scan after(String cursor) {
    return with("cursor", cursor);
  }

  /** This scan with a parameter of the HTTP API. */
  public Scan with(String name, String value) {
    Map<String, String> more = new TreeMap<>(parameters);
    more.put(name, value);
    return new Scan(more);
  }

  String query() {
    return parameters.isEmpty()
        ? ""
        : new TreeMap<>(parameters)
            .entrySet().stream()
                .map(p -> p.getKey() + "=" + Escapes.segment(p.getValue()))
                .collect(Collectors.joining("&", "?", ""));
  }
}
