package dev.weir.store.node;

import dev.weir.store.Catalogue;
import dev.weir.store.routing.SharedDefinitions;

/**
 * The newest definitions that this node has seen, in a shard of its own or in what others publish.
 * Safe from any thread.
 */
final class KnownDefinitions implements SharedDefinitions {
  /** Replaced under the monitor of this object. */
  private volatile Catalogue newest = Catalogue.empty();

  @Override
  public Catalogue known() {
    return newest;
  }

  @Override
  public void published(Catalogue catalogue) {
    seen(catalogue);
  }

  void seen(Catalogue catalogue) {
    synchronized (this) {
      if (catalogue.revision() <= newest.revision()) {
        return;
      }
      newest = catalogue;
    }
  }
}
