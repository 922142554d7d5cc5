/** Ports of the store in memory, for tests of what stands on them. */
@NullMarked
package dev.weir.store.testing;

import org.jspecify.annotations.NullMarked;
