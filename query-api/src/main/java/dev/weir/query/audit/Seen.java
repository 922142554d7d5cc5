package dev.weir.query.audit;

import org.jspecify.annotations.Nullable;

/**
 * A document as the state had it.
 *
 * @param mark of the document; null = it was not there
 */
record Seen(@Nullable Long mark) {}
