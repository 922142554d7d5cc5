/** Commands that run graph algorithms in this process. */
@NullMarked
package dev.weir.cli.graph;

import org.jspecify.annotations.NullMarked;
