/** Words and ports of graph algorithms: what somebody who writes one has to know. */
@NullMarked
package dev.weir.graph;

import org.jspecify.annotations.NullMarked;
