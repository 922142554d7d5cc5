package dev.weir.examples.social;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The short reads of LDBC SNB's interactive workload, and its shortest path, as GraphQL queries.
 */
public final class ShortReadQueries {

  /** Queries about a person, whose key is the variable {@code person}. */
  public static final List<String> OF_PERSONS = List.of("is1", "is2", "is3");

  /** Queries about a post or comment, whose key is the variable {@code message}. */
  public static final List<String> OF_MESSAGES = List.of("is4", "is5", "is6", "is7");

  /** The query about two persons, {@code one} and {@code other}. */
  public static final String OF_TWO_PERSONS = "ic13";

  private ShortReadQueries() {}

  /**
   * The text of a query.
   *
   * @throws IllegalArgumentException if there is none of this name
   */
  public static String text(String name) {
    try (InputStream in =
        ShortReadQueries.class.getResourceAsStream("queries/" + name + ".graphql")) {
      if (in == null) {
        throw new IllegalArgumentException("there is no query " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(name + " cannot be read", e);
    }
  }
}
