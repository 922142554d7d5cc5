package dev.weir.graph.traverse;

/**
 * What a walk took.
 *
 * @param rounds how often the database was asked, each time with at most one call to a node
 * @param vertices visited where they are stored
 * @param edges looked at
 */
public record Effort(int rounds, long vertices, long edges) {}
