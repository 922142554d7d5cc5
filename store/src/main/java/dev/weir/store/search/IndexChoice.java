package dev.weir.store.search;

import dev.weir.store.IndexDefinition;
import java.util.List;

/**
 * What of an index a question needs.
 *
 * @param definition the index
 * @param spans of its entries, rising and apart from each other; no document is in two of them
 * @param section of the entries that are meant; spans of other sections have documents that hardly
 *     ever are there: texts where lists are meant, and those with too many entries
 * @param pinned so many of its first fields have one value in the section
 * @param equal so many of its first fields have one of some values
 * @param ranged whether the next field has a range
 */
record IndexChoice(
    IndexDefinition definition,
    List<Span> spans,
    int section,
    int pinned,
    int equal,
    boolean ranged) {
  IndexChoice {
    spans = List.copyOf(spans);
  }

  /** Whether all spans are of the section that is meant. */
  boolean isPlain() {
    return spans.stream().allMatch(span -> (span.from()[0] & 0xff) == section);
  }

  /** The same with some of the spans only. */
  IndexChoice with(List<Span> left) {
    return new IndexChoice(definition, left, section, pinned, equal, ranged);
  }
}
