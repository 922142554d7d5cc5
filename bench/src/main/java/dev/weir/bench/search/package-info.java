/** Secondary indexes beside gets and scans. */
@NullMarked
package dev.weir.bench.search;

import org.jspecify.annotations.NullMarked;
