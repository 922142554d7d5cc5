package dev.weir.store.node;

import dev.weir.store.Catalogue;
import dev.weir.store.routing.SharedDefinitions;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * The newest definitions that this node has seen, in a shard of its own or in what others publish.
 * Safe from any thread.
 */
final class KnownDefinitions implements SharedDefinitions {
  private final List<Consumer<Catalogue>> listeners = new CopyOnWriteArrayList<>();

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

  /** Adds a listener for newer definitions; called on the thread that brings them. */
  void onChange(Consumer<Catalogue> listener) {
    listeners.add(listener);
  }

  void seen(Catalogue catalogue) {
    synchronized (this) {
      if (catalogue.revision() <= newest.revision()) {
        return;
      }
      newest = catalogue;
    }
    listeners.forEach(listener -> listener.accept(catalogue));
  }
}
