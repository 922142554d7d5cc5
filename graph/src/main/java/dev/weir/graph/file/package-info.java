/** Graphs from files, and results into files. */
@NullMarked
package dev.weir.graph.file;

import org.jspecify.annotations.NullMarked;
