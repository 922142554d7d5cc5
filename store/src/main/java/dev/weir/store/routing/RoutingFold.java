package dev.weir.store.routing;

import dev.weir.store.Catalogue;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Folds the records of the routing topic into routing tables of one generation.
 *
 * <p>A node's newest record stands for all before it, so the fold of the compacted topic is the
 * fold of the whole one. Of several nodes that claim to be active for a shard, the one whose claim
 * is the newest is: the others have not noticed yet, or are dead. A node that has gone over to
 * another generation is no longer in the table. Not thread-safe.
 */
public final class RoutingFold {

  /** Names of nodes that come and go are forgotten some time. */
  private static final int MOST_DEPARTED = 1_000;

  private final int generation;
  private final SortedMap<String, Announcement> nodes = new TreeMap<>();
  private Catalogue catalogue = Catalogue.empty();
  private final Set<String> departed = new LinkedHashSet<>();
  private long version = -1;
  private long skipped;

  /** The fold before the first record. */
  public RoutingFold(int generation) {
    this.generation = generation;
  }

  /**
   * Folds a record. One that cannot be read is skipped and counted.
   *
   * @param offset of the record in the routing topic, above those before
   * @param key the node
   * @param value its entry; null = the node has left
   */
  public void accept(long offset, byte @Nullable [] key, byte @Nullable [] value) {
    version = offset;
    if (key == null) {
      skipped++;
      return;
    }
    String node = AnnouncementFormat.node(key);
    if (value == null) {
      nodes.remove(node);
      return;
    }
    AnnouncementFormat.read(node, value)
        .ifPresentOrElse(announcement -> accept(offset, announcement), () -> skipped++);
  }

  /**
   * Folds the record of a node that has left of its own accord.
   *
   * @param offset of the record in the routing topic, above those before
   * @param key the node
   */
  public void left(long offset, byte @Nullable [] key) {
    accept(offset, key, null);
    if (key != null) {
      departed.remove(AnnouncementFormat.node(key));
      departed.add(AnnouncementFormat.node(key));
      if (departed.size() > MOST_DEPARTED) {
        departed.remove(departed.iterator().next());
      }
    }
  }

  private void accept(long offset, Announcement announcement) {
    NodeEntry entry = announcement.entry();
    departed.remove(entry.node());
    Catalogue published = announcement.catalogue();
    if (published != null && published.revision() > catalogue.revision()) {
      catalogue = published;
    }
    if (entry.generation() != generation) {
      nodes.remove(entry.node());
      return;
    }
    SortedMap<Integer, Long> claims = new TreeMap<>();
    // A claim from the future is one made before the topic was deleted and created anew.
    announcement
        .claims()
        .forEach(
            (shard, since) ->
                claims.put(shard, since < 0 || since > offset ? (Long) offset : since));
    nodes.put(entry.node(), new Announcement(entry, claims));
  }

  /** The table after the records so far. */
  public RoutingTable table() {
    SortedMap<String, NodeEntry> entries = new TreeMap<>();
    Map<Integer, NodeEntry> actives = new HashMap<>();
    Map<Integer, Long> newest = new HashMap<>();
    for (Announcement node : nodes.values()) {
      entries.put(node.entry().node(), node.entry());
      node.claims()
          .forEach(
              (shard, since) -> {
                if (since > newest.getOrDefault(shard, -1L)) {
                  newest.put(shard, since);
                  actives.put(shard, node.entry());
                }
              });
    }
    return new RoutingTable(
        version,
        Collections.unmodifiableSortedMap(entries),
        Collections.unmodifiableMap(actives),
        Set.copyOf(departed));
  }

  /** The newest definitions published so far. */
  public Catalogue catalogue() {
    return catalogue;
  }

  /** Number of records that could not be read. */
  public long skipped() {
    return skipped;
  }
}
