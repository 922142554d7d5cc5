package dev.weir.examples.social.check;

import java.util.List;

/**
 * Something the input files say about one document.
 *
 * @param collection the document's collection
 * @param id the document's key
 * @param path a field, or {@code list[].field} for a field of every entry of a list, or {@code
 *     list[]} for the entries themselves
 * @param values the values as text, sorted; empty = the field is absent or the list is empty
 */
public record Fact(String collection, long id, String path, List<String> values) {
  public Fact {
    values = values.stream().sorted().toList();
  }
}
