package dev.weir.graph.algorithms;

import dev.weir.store.write.PureFold;

/** Breaks: an algorithm knows nothing of Weir but the words it is written in. */
public record StoreBait(PureFold fold) {}
