package dev.weir.graph;

/** What an algorithm may know. */
public record GraphWord(int anything) {}
