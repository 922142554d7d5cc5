package dev.weir.graph.traverse;

import dev.weir.store.Document;
import java.util.List;
import java.util.Optional;

/**
 * What was found at a vertex.
 *
 * @param vertex where
 * @param matches whether it may be reached
 * @param document as far as it was wanted
 * @param arcs the edges that may be followed from it
 */
record Seen(VertexId vertex, boolean matches, Optional<Document> document, List<Arc> arcs) {}
