/** Proves on a live database that its state is what its sources say. */
@NullMarked
package dev.weir.query.audit;

import org.jspecify.annotations.NullMarked;
