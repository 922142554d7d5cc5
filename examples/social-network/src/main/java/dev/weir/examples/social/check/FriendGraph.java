package dev.weir.examples.social.check;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The friendships of all persons, from the rows of the files, and what follows from them by the
 * plainest computations. Immutable.
 */
public final class FriendGraph {

  private static final double DAMPING = 0.85;

  private final SortedMap<Long, List<Long>> friends;

  private FriendGraph(SortedMap<Long, List<Long>> friends) {
    this.friends = friends;
  }

  /** Reads the files, the updates too. */
  public static FriendGraph read() {
    ShortReads reads = ShortReads.ofSnapshot();
    ShortReads.updates().forEach(reads::update);
    SortedMap<Long, List<String>> rows = Friendships.read(ShortReads.updates());
    SortedMap<Long, List<Long>> friends = new TreeMap<>();
    for (long person : reads.persons()) {
      friends.put(
          person, rows.getOrDefault(person, List.of()).stream().map(Long::valueOf).toList());
    }
    return new FriendGraph(friends);
  }

  /** PageRank as LDBC Graphalytics defines it: a fixed number of rounds, sinks give to all. */
  public SortedMap<Long, Double> ranks(int rounds) {
    int count = friends.size();
    SortedMap<Long, Double> ranks = new TreeMap<>();
    friends.keySet().forEach(person -> ranks.put(person, 1.0 / count));
    for (int round = 0; round < rounds; round++) {
      Map<Long, Double> given = new TreeMap<>();
      double lost = 0;
      for (Map.Entry<Long, List<Long>> entry : friends.entrySet()) {
        double rank = ranks.getOrDefault(entry.getKey(), 0.0);
        List<Long> to = entry.getValue();
        if (to.isEmpty()) {
          lost += rank;
        } else {
          to.forEach(friend -> given.merge(friend, rank / to.size(), Double::sum));
        }
      }
      double base = (1 - DAMPING) / count + DAMPING * lost / count;
      ranks.replaceAll((person, rank) -> base + DAMPING * given.getOrDefault(person, 0.0));
    }
    return ranks;
  }

  /** For each person, the least key of all who are connected with it. */
  public SortedMap<Long, Long> components() {
    SortedMap<Long, Long> components = new TreeMap<>();
    for (long first : friends.keySet()) {
      Deque<Long> open = new ArrayDeque<>(List.of(first));
      while (!open.isEmpty()) {
        long person = open.remove();
        if (components.putIfAbsent(person, first) == null) {
          open.addAll(friends.getOrDefault(person, List.of()));
        }
      }
    }
    return components;
  }
}
