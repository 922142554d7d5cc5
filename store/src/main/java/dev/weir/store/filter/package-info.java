/** Filters and projections: read from JSON, written back, applied to stored documents. */
@NullMarked
package dev.weir.store.filter;

import org.jspecify.annotations.NullMarked;
