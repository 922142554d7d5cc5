/** Clients that write a graph while faults are injected, and know what must become of it. */
@NullMarked
package dev.weir.chaos.graph;

import org.jspecify.annotations.NullMarked;
