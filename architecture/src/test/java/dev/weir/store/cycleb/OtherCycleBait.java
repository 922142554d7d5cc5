package dev.weir.store.cycleb;

import dev.weir.store.cyclea.CycleBait;

/** The other half of the circle. */
public record OtherCycleBait(CycleBait half) {}
