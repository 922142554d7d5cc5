package dev.weir.store.search;

/**
 * A range of an index's entries.
 *
 * @param from section and values that it begins with, inclusive
 * @param to end, exclusive
 */
record Span(byte[] from, byte[] to) {}
