package dev.weir.query.graphql.fields;

import dev.weir.graph.traverse.Hop;
import dev.weir.query.graphql.types.CollectionModel;
import org.jspecify.annotations.Nullable;

/**
 * What a field asks of the vertices that can be reached from one. Vertices of which the same is
 * asked are answered together.
 *
 * @param start collection of the vertices
 * @param hop which edges may be followed
 * @param hops how often, at least 1
 * @param within how many edges are looked at for each start
 * @param only the collection whose vertices are answered; null = any
 * @param first most vertices in the answer
 */
record ReachWish(
    CollectionModel start,
    Hop hop,
    int hops,
    int within,
    @Nullable CollectionModel only,
    int first) {}
