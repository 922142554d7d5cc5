/** Walks over the graph from chosen vertices, hop by hop, where the vertices are stored. */
@NullMarked
package dev.weir.graph.traverse;

import org.jspecify.annotations.NullMarked;
