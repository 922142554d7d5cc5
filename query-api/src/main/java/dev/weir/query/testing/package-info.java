/** A whole database in memory and its parts, for tests of what stands on the ports. */
@NullMarked
package dev.weir.query.testing;

import org.jspecify.annotations.NullMarked;
