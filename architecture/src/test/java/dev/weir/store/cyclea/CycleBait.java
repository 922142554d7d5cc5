package dev.weir.store.cyclea;

import dev.weir.store.cycleb.OtherCycleBait;

/** Breaks, with its other half: packages do not depend on each other in a circle. */
public record CycleBait(int depth) {

  /** The other half. */
  public OtherCycleBait other() {
    return new OtherCycleBait(this);
  }
}
