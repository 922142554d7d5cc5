/** The words and ports of the store: what a shard holds and how it is asked. */
@NullMarked
package dev.weir.store;

import org.jspecify.annotations.NullMarked;
