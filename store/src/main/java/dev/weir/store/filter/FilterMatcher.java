package dev.weir.store.filter;

import dev.weir.store.Filter;

/**
 * A filter made ready for stored documents: one pass over a document's bytes finds the fields that
 * the filter names, and ends when it has them all. Immutable, safe from any thread.
 */
public final class FilterMatcher {
  private final FieldTree fields;
  private final FieldTest test;

  private FilterMatcher(FieldTree fields, FieldTest test) {
    this.fields = fields;
    this.test = test;
  }

  /** Prepares a filter. */
  public static FilterMatcher of(Filter filter) {
    FieldTree fields = new FieldTree();
    return new FilterMatcher(fields, FieldTest.of(filter, fields));
  }

  /** Whether all documents match, so that none need be looked at. */
  public boolean matchesAll() {
    return test == FieldTest.TRUE;
  }

  /**
   * Whether the filter is true of a document.
   *
   * @param json as a collection of JSON documents stores it; in anything else, all fields are
   *     absent
   */
  public boolean matches(byte[] json) {
    return test.holds(FieldFinder.find(json, fields));
  }
}
