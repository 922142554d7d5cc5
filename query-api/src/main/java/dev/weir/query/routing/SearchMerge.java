package dev.weir.query.routing;

import dev.weir.store.SearchQuery.Aggregate;
import dev.weir.store.SearchQuery.Aggregated;
import dev.weir.store.SearchQuery.Found;
import dev.weir.store.SearchQuery.Group;
import dev.weir.store.SearchQuery.Hit;
import dev.weir.store.SearchQuery.Measured;
import dev.weir.store.SearchQuery.Occurrence;
import dev.weir.store.SearchQuery.Occurrences;
import dev.weir.store.SearchQuery.Plan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes one answer of what shards have found, by the places of hits, groups and values.
 *
 * <p>A page that ends early says nothing of what lies behind its end, so the answer ends where the
 * first such page ends, and goes on from there.
 */
public final class SearchMerge {
  private SearchMerge() {}

  /** The first hits of several pages of one list. */
  static Found found(int limit, List<Found> pages) {
    byte[] known = least(pages.stream().map(Found::next).toList());
    List<Hit> hits = new ArrayList<>();
    List<Plan> plans = new ArrayList<>();
    for (Found page : pages) {
      plans.addAll(page.plans());
      page.hits().stream().filter(hit -> isWithin(hit.place(), known)).forEach(hits::add);
    }
    hits.sort((a, b) -> Arrays.compareUnsigned(a.place(), b.place()));
    return hits.size() > limit
        ? new Found(hits.subList(0, limit), hits.get(limit - 1).place(), plans)
        : new Found(hits, known, plans);
  }

  /**
   * All groups of several answers together. Whether shards have more to say, and from where on, is
   * a matter of each: an answer of several goes on nowhere, unless it is that of one shard.
   */
  public static Aggregated groups(Aggregate query, List<Aggregated> pages) {
    SortedMap<byte[], Group> groups = new TreeMap<>(Arrays::compareUnsigned);
    List<Plan> plans = new ArrayList<>();
    for (Aggregated page : pages) {
      plans.addAll(page.plans());
      page.groups()
          .forEach(group -> groups.merge(group.place(), group, (a, b) -> both(query, a, b)));
    }
    byte[] next = pages.size() == 1 ? pages.get(0).next() : null;
    return new Aggregated(List.copyOf(groups.values()), next, plans);
  }

  private static Group both(Aggregate query, Group a, Group b) {
    List<Measured> measured = new ArrayList<>();
    for (int i = 0; i < query.measures().size(); i++) {
      measured.add(a.measured().get(i).and(b.measured().get(i), query.measures().get(i).kind()));
    }
    return new Group(a.place(), a.value() == null ? b.value() : a.value(), measured);
  }

  /** The values of an index that more than one document has, of all shards together. */
  static Occurrences duplicates(List<Occurrences> pages) {
    byte[] known = least(pages.stream().map(Occurrences::next).toList());
    SortedMap<byte[], Occurrence> values = new TreeMap<>(Arrays::compareUnsigned);
    for (Occurrences page : pages) {
      page.values().stream()
          .filter(value -> isWithin(value.place(), known))
          .forEach(value -> values.merge(value.place(), value, SearchMerge::both));
    }
    return new Occurrences(
        values.values().stream().filter(value -> value.documents() > 1).toList(), known);
  }

  private static Occurrence both(Occurrence a, Occurrence b) {
    return new Occurrence(
        a.place(),
        a.values(),
        a.documents() + b.documents(),
        Stream.of(a, b)
            .map(Occurrence::keys)
            .flatMap(List::stream)
            .sorted(Comparator.naturalOrder())
            .limit(Occurrence.MOST_KEYS)
            .toList(),
        a.exact() && b.exact());
  }

  private static boolean isWithin(byte[] place, byte @Nullable [] known) {
    return known == null || Arrays.compareUnsigned(place, known) <= 0;
  }

  private static byte @Nullable [] least(List<byte @Nullable []> places) {
    byte[] least = null;
    for (byte[] place : places) {
      if (place != null && (least == null || Arrays.compareUnsigned(place, least) < 0)) {
        least = place;
      }
    }
    return least;
  }
}
