package dev.weir.query.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.query.server.Notes.Range;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Random work on notes beside a sorted map in memory. */
final class NotesModel {
  private static final Comparator<String> BY_BYTES =
      (a, b) ->
          Arrays.compareUnsigned(
              a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
  private static final String[] PARTS = {
    "a", "b", "/", "%", "ä", "\uD83D\uDE00", "\uFFFF", "", "Z"
  };

  private final Notes notes;
  private final Random random;
  private final String space;
  private final NavigableMap<String, Integer> model = new TreeMap<>(BY_BYTES);
  private int value;
  private int writesBetweenPages;

  /**
   * Nothing done yet.
   *
   * @param space what all keys begin with
   */
  NotesModel(Notes notes, long seed, String space) {
    this.notes = notes;
    this.random = new Random(seed);
    this.space = space;
  }

  void run(int steps) {
    for (int step = 0; step < steps; step++) {
      switch (random.nextInt(8)) {
        case 0, 1, 2 -> put(key());
        case 3 -> delete(key());
        case 4 -> get(key());
        case 5 -> batch();
        case 6 -> scan(0);
        default -> scan(3);
      }
    }
  }

  /** How many writes came between two pages of a scan. */
  int writesBetweenPages() {
    return writesBetweenPages;
  }

  private String key() {
    StringBuilder key = new StringBuilder(space);
    for (int i = random.nextInt(4); i >= 0; i--) {
      key.append(PARTS[random.nextInt(PARTS.length)]);
    }
    return key.toString();
  }

  private void put(String key) {
    Optional<Boolean> isNew = notes.put(key, ++value);
    boolean wasNew = model.put(key, value) == null;
    isNew.ifPresent(told -> assertThat(told).as(key).isEqualTo(wasNew));
  }

  private void delete(String key) {
    notes.delete(key);
    model.remove(key);
  }

  private void get(String key) {
    assertThat(notes.get(key)).as(key).isEqualTo(Optional.ofNullable(model.get(key)));
  }

  private void batch() {
    Set<String> keys = new TreeSet<>();
    for (int i = random.nextInt(6); i >= 0; i--) {
      keys.add(key());
    }
    Map<String, Integer> expected = new TreeMap<>(model);
    expected.keySet().retainAll(keys);
    assertThat(notes.get(List.copyOf(keys))).isEqualTo(expected);
  }

  private void scan(int mostWrites) {
    Range range = range();
    new ModelledScan(range, mostWrites).run();
  }

  private Range range() {
    String a = key();
    String b = key();
    boolean ordered = BY_BYTES.compare(a, b) <= 0;
    return new Range(
        random.nextInt(3) == 0
            ? Optional.of(a)
            : random.nextInt(3) == 0 ? Optional.of(space) : Optional.empty(),
        ordered ? a : b,
        random.nextBoolean(),
        ordered ? b : a,
        random.nextBoolean(),
        random.nextBoolean());
  }

  /** The part of the model that a range asks for, in its order. */
  private NavigableMap<String, Integer> expected(Range range) {
    NavigableMap<String, Integer> part = new TreeMap<>(BY_BYTES);
    model.forEach(
        (key, number) -> {
          if (contains(range, key)) {
            part.put(key, number);
          }
        });
    return range.descending() ? part.descendingMap() : part;
  }

  private static boolean contains(Range range, String key) {
    if (range.prefix().isPresent()) {
      return key.startsWith(range.prefix().get());
    }
    int from = BY_BYTES.compare(key, range.from());
    int to = BY_BYTES.compare(key, range.to());
    return (from > 0 || (from == 0 && range.fromInclusive()))
        && (to < 0 || (to == 0 && range.toInclusive()));
  }

  /**
   * One scan, page by page, with writes between the pages: each key that none of them touched comes
   * exactly once with its value, a touched one at most once, all in key order.
   */
  private final class ModelledScan {
    private final Range range;
    private final int mostWrites;
    private final NavigableMap<String, Integer> before;
    private final Set<String> touched = new TreeSet<>();

    ModelledScan(Range range, int mostWrites) {
      this.range = range;
      this.mostWrites = mostWrites;
      this.before = new TreeMap<>(expected(range).comparator());
      before.putAll(expected(range));
    }

    void run() {
      int limit = 1 + random.nextInt(4);
      Notes.Pages pages = notes.scan(range, limit);
      List<Map.Entry<String, Integer>> found = new ArrayList<>();
      for (var page = pages.next(); page.isPresent(); page = pages.next()) {
        assertThat(page.get()).hasSizeLessThanOrEqualTo(limit);
        found.addAll(page.get());
        page.get().forEach(this::expectPossible);
        for (int i = random.nextInt(mostWrites + 1); i > 0; i--) {
          write();
        }
      }
      Comparator<String> order = range.descending() ? BY_BYTES.reversed() : BY_BYTES;
      assertThat(found.stream().map(Map.Entry::getKey).toList())
          .as("%s", range)
          .isSortedAccordingTo(order)
          .doesNotHaveDuplicates();
      assertThat(untouched(found)).as("%s", range).isEqualTo(untouched(before.entrySet()));
    }

    private void expectPossible(Map.Entry<String, Integer> entry) {
      assertThat(contains(range, entry.getKey())).as("%s in %s", entry.getKey(), range).isTrue();
      assertThat(model).as("what the page shows is there now").contains(entry);
    }

    private void write() {
      String key = key();
      touched.add(key);
      writesBetweenPages++;
      if (random.nextInt(3) == 0) {
        delete(key);
      } else {
        put(key);
      }
    }

    private List<Map.Entry<String, Integer>> untouched(
        Iterable<Map.Entry<String, Integer>> entries) {
      List<Map.Entry<String, Integer>> rest = new ArrayList<>();
      entries.forEach(
          entry -> {
            if (!touched.contains(entry.getKey())) {
              rest.add(Map.entry(entry.getKey(), entry.getValue()));
            }
          });
      return rest;
    }
  }
}
