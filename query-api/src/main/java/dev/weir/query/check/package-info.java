/** Proves on a live database that both sides of its edges hold the same. */
@NullMarked
package dev.weir.query.check;

import org.jspecify.annotations.NullMarked;
