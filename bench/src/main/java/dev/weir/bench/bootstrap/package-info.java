/** How fast state comes to a node that lacks it, and what that costs those who read meanwhile. */
@NullMarked
package dev.weir.bench.bootstrap;

import org.jspecify.annotations.NullMarked;
