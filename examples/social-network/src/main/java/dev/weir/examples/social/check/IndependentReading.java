package dev.weir.examples.social.check;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;

/**
 * What a database must say after all events: read from the rows of the files, column by column,
 * without ever making a document. Immutable.
 *
 * @param counts number of documents by collection
 * @param totals number of values by collection and path (divided by a dot), over all documents
 * @param facts values of chosen documents: of each relation the fullest, the first, the last and
 *     some between
 */
public record IndependentReading(
    Map<String, Long> counts, Map<String, Long> totals, List<Fact> facts) {

  private static final int SAMPLES = 5;

  public IndependentReading {
    facts = List.copyOf(facts);
  }

  /** Reads the files. */
  public static IndependentReading read() {
    List<List<String>> updates = new ArrayList<>();
    Lines.of("update_streams/updateStream_0_0_person", false).forEach(updates::add);
    Lines.of("update_streams/updateStream_0_0_forum", false).forEach(updates::add);

    Map<String, Long> totals = new LinkedHashMap<>();
    List<Fact> facts = new ArrayList<>();
    for (Relation relation : Relations.ALL) {
      add(relation.collection(), relation.path(), relation.read(updates), totals, facts);
    }
    SortedMap<Long, List<String>> friends = Friendships.read(updates);
    add("person", "friends[].personId", friends, totals, facts);
    return new IndependentReading(counts(updates), totals, facts);
  }

  private static void add(
      String collection,
      String path,
      SortedMap<Long, List<String>> values,
      Map<String, Long> totals,
      List<Fact> facts) {
    totals.put(collection + "." + path, values.values().stream().mapToLong(List::size).sum());
    for (long id : samples(values)) {
      facts.add(new Fact(collection, id, path, values.getOrDefault(id, List.of())));
    }
  }

  private static Set<Long> samples(SortedMap<Long, List<String>> values) {
    Set<Long> samples = new LinkedHashSet<>();
    values.entrySet().stream()
        .max(Comparator.comparingInt(entry -> entry.getValue().size()))
        .ifPresent(fullest -> samples.add(fullest.getKey()));
    List<Long> ids = new ArrayList<>(values.keySet());
    for (int i = 0; i < SAMPLES; i++) {
      samples.add(ids.get((int) ((ids.size() - 1L) * i / (SAMPLES - 1))));
    }
    return samples;
  }

  private static Map<String, Long> counts(List<List<String>> updates) {
    Map<String, Long> counts = new LinkedHashMap<>();
    for (String collection : List.of("tagclass", "tag", "place", "organisation")) {
      counts.put(collection, lines("static/" + collection));
    }
    counts.put("person", lines("dynamic/person") + rows(updates, "1"));
    counts.put("forum", lines("dynamic/forum") + rows(updates, "4"));
    counts.put("post", lines("dynamic/post") + rows(updates, "6"));
    counts.put("comment", lines("dynamic/comment") + rows(updates, "7"));
    return counts;
  }

  private static long lines(String file) {
    return Lines.of(file + "_0_0", true).count();
  }

  private static long rows(Collection<List<String>> updates, String operation) {
    return updates.stream().filter(row -> row.get(2).equals(operation)).count();
  }
}
