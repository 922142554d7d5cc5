package dev.weir.examples.social.check;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The friends of each person: a row says it once for both. */
final class Friendships {

  private Friendships() {}

  static SortedMap<Long, List<String>> read(List<List<String>> updates) {
    SortedMap<Long, List<String>> friends = new TreeMap<>();
    Lines.of("dynamic/person_knows_person_0_0", true)
        .forEach(row -> add(friends, row.get(0), row.get(1)));
    updates.stream()
        .filter(row -> row.get(2).equals("8"))
        .forEach(row -> add(friends, row.get(3), row.get(4)));
    return friends;
  }

  private static void add(SortedMap<Long, List<String>> friends, String one, String other) {
    friends.computeIfAbsent(Long.valueOf(one), id -> new ArrayList<>()).add(other);
    friends.computeIfAbsent(Long.valueOf(other), id -> new ArrayList<>()).add(one);
  }
}
