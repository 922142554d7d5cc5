package dev.weir.graph;

/**
 * What is known of a graph as a whole.
 *
 * @param vertices how many, at least 0
 * @param edges how many, each undirected one counted once
 * @param directed whether an edge has a direction
 * @param weighted whether edges have weights; without, each weighs 1
 * @param lowestWeight the least weight of an edge; 1 without weights, infinity without edges
 * @param inEdges whether edges can be followed against their direction; true if undirected
 */
public record GraphFacts(
    long vertices,
    long edges,
    boolean directed,
    boolean weighted,
    double lowestWeight,
    boolean inEdges) {}
