package dev.weir.query.routing;

import dev.weir.store.Catalogue;
import dev.weir.store.CollectionDefinition;
import dev.weir.store.SourceDefinition;
import dev.weir.store.SourceDefinition.KeyFrom;
import dev.weir.store.routing.RoutingTable;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which collections show less than there is while shards send; remembered, since every read asks.
 */
final class Incomplete {
  private volatile Found last = new Found(-1, -1, Set.of());

  private record Found(long table, int revision, Set<String> names) {}

  /** Their names. */
  Set<String> names(RoutingTable table, Catalogue catalogue) {
    Found found = last;
    if (found.table != table.version() || found.revision != catalogue.revision()) {
      found =
          new Found(
              table.version(),
              catalogue.revision(),
              table.sending() ? derived(catalogue) : Set.of());
      last = found;
    }
    return found.names;
  }

  private static Set<String> derived(Catalogue catalogue) {
    Set<String> names = new TreeSet<>();
    for (CollectionDefinition collection : catalogue.collections()) {
      if (collection.edge() != null) {
        names.add(collection.name());
      }
    }
    for (SourceDefinition source : catalogue.sources()) {
      if (source.mapping().keyFrom() == KeyFrom.TRACKED) {
        names.add(source.collection());
      }
    }
    return names;
  }
}
