/** From a topic to queryable. */
@NullMarked
package dev.weir.bench.ingest;

import org.jspecify.annotations.NullMarked;
