package dev.weir.chaos.search;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.chaos.load.AnyNode.Reply;
import dev.weir.chaos.process.Waiting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Indexes of one collection come and go for ever; meanwhile one client writes it, and one reads all
 * that matches, page after page, each at another node. Whatever happens, a list that ends has each
 * document that nobody changes exactly once; and in the end an index has what the documents have.
 */
public final class SearchLoad implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration RETRY = Duration.ofMillis(100);
  private static final int TAGS = 8;
  private static final int PAGE = 37;
  private static final String STILL = "tag == \"still\"";

  private final SearchApi api;
  private final long seed;
  private final int still;
  private final Duration pause;
  private final List<Thread> threads = new ArrayList<>();
  private final SortedMap<String, Integer> tags = new TreeMap<>(); // of the writer, then of all
  private final List<String> faults = new CopyOnWriteArrayList<>();
  private final AtomicInteger writes = new AtomicInteger();
  private final AtomicInteger lists = new AtomicInteger();
  private final AtomicInteger indexes = new AtomicInteger();
  private volatile boolean stopped;

  /**
   * A load that has not begun.
   *
   * @param urls of the nodes, those included that are down
   * @param still documents that nobody changes
   * @param pause between two writes
   */
  public SearchLoad(long seed, Supplier<List<String>> urls, int still, Duration pause) {
    this.api = new SearchApi(urls);
    this.seed = seed;
    this.still = still;
    this.pause = pause;
    threads.add(new Thread(this::define, "search-indexes"));
    threads.add(new Thread(this::write, "search-writer"));
    threads.add(new Thread(this::list, "search-lists"));
  }

  /** Writes what nobody changes, and begins. */
  public void start() {
    Random random = new Random(seed);
    until("define " + SearchApi.COLLECTION, () -> api.define(random, "", "").ok());
    for (int i = 0; i < still; i++) {
      String key = "still" + i;
      String json = "{\"tag\":\"still\",\"n\":" + i + "}";
      until("PUT " + key, () -> api.put(random, key, json, key).ok());
    }
    threads.forEach(
        thread -> {
          thread.setDaemon(true);
          thread.start();
        });
  }

  /** Ends all of it, once every call is answered. */
  public void stop() throws InterruptedException {
    stopped = true;
    for (Thread thread : threads) {
      thread.join();
    }
  }

  /** Sends it again and again; an unanswered one is a fault. */
  private boolean until(String what, Supplier<Boolean> call) {
    boolean done =
        Waiting.until(
            PATIENCE,
            () -> {
              if (call.get()) {
                return true;
              }
              Waiting.pass(RETRY);
              return false;
            });
    if (!done) {
      faults.add(what + " was not answered");
    }
    return done;
  }

  /** What is answered in the end; empty = nothing was, which is a fault. */
  private <T> Optional<T> answered(String what, Supplier<Optional<T>> call) {
    List<T> answers = new ArrayList<>();
    boolean unused =
        until(
            what,
            () -> {
              call.get().ifPresent(answers::add);
              return !answers.isEmpty();
            });
    return answers.stream().findFirst();
  }

  private void define() {
    Random random = new Random(seed + 1);
    String present = "";
    for (int number = 0; !stopped; number++) {
      String add = random.nextInt(4) == 0 ? "" : "i" + number;
      String drop = present;
      if (until("index " + add, () -> changed(random, add, drop))) {
        present = add;
        indexes.incrementAndGet();
      }
      Waiting.pass(Duration.ofMillis(random.nextInt(3_000)));
    }
  }

  /** A change whose answer was lost may have happened: what is defined says. */
  private boolean changed(Random random, String add, String drop) {
    if (!add.isEmpty() || !drop.isEmpty()) {
      Optional<List<String>> before = api.indexes(random);
      if (before.isPresent() && !isDone(before.get(), add, drop)) {
        String left = before.get().contains(drop) ? drop : "";
        boolean unused = api.define(random, add, left).ok();
      }
      return api.indexes(random).map(now -> isDone(now, add, drop)).orElse(false);
    }
    return true;
  }

  private static boolean isDone(List<String> now, String add, String drop) {
    return (add.isEmpty() || now.contains(add)) && !now.contains(drop);
  }

  private void write() {
    Random random = new Random(seed + 2);
    while (!stopped) {
      String key = "d" + random.nextInt(still);
      int tag = random.nextInt(TAGS + 2) - 2;
      String once = "w" + writes.getAndIncrement();
      if (tag < 0) {
        if (until("DELETE " + key, () -> gone(api.delete(random, key, once)))) {
          tags.remove(key);
        }
      } else {
        String json = "{\"tag\":\"t%d\",\"n\":%d}".formatted(tag, random.nextInt(1_000));
        if (until("PUT " + key, () -> api.put(random, key, json, once).ok())) {
          tags.put(key, tag);
        }
      }
      Waiting.pass(pause);
    }
  }

  private static boolean gone(Reply reply) {
    return reply.ok() || reply.status() == 404;
  }

  private void list() {
    Random random = new Random(seed + 3);
    while (!stopped) {
      Optional<List<String>> seen = all(random, STILL);
      if (seen.isPresent()) {
        lists.incrementAndGet();
        List<String> wanted = new ArrayList<>();
        for (int i = 0; i < still; i++) {
          wanted.add("still" + i);
        }
        expectSame("a list of what nobody changes", seen.get(), wanted);
      }
    }
  }

  private void expectSame(String what, List<String> seen, List<String> wanted) {
    List<String> missing = new ArrayList<>(wanted);
    missing.removeAll(seen);
    List<String> more = new ArrayList<>(seen);
    wanted.forEach(more::remove);
    if (!missing.isEmpty() || !more.isEmpty()) {
      faults.add(
          "%s has %d of %d: missing %s, too many %s"
              .formatted(what, seen.size(), wanted.size(), missing, more));
    }
  }

  /** The keys of all that matches, in the order of the list; empty = the load ended meanwhile. */
  private Optional<List<String>> all(Random random, String filter) {
    List<String> keys = new ArrayList<>();
    String cursor = "";
    do {
      String from = cursor;
      Optional<Reply> page =
          answered(
              "a page of " + filter,
              () ->
                  Optional.of(api.page(random, filter, PAGE, from))
                      .filter(reply -> reply.ok() || reply.status() == 400));
      if (page.isEmpty()) {
        return Optional.empty();
      }
      JsonNode body = page.get().body();
      if (!page.get().ok()) {
        faults.add("a page of " + filter + " was refused: " + body);
        return Optional.empty();
      }
      for (JsonNode item : body.path("items")) {
        keys.add(item.path("key").asText());
      }
      cursor = body.path("cursor").asText("");
    } while (!cursor.isEmpty() && !cursor.equals("null"));
    return Optional.of(keys);
  }

  /** What is wrong once nothing is written any more, at whichever node. */
  public List<String> faults() {
    Random random = new Random(seed + 4);
    String last = "last";
    answered("list the indexes", () -> api.indexes(random))
        .ifPresent(
            names -> names.forEach(name -> until("drop " + name, () -> changed(random, "", name))));
    until("index " + last, () -> changed(random, last, ""));
    until("all shards have the index", () -> isBuilt(random));
    SortedMap<String, List<String>> wanted = new TreeMap<>();
    for (Map.Entry<String, Integer> each : tags.entrySet()) {
      wanted.computeIfAbsent("t" + each.getValue(), t -> new ArrayList<>()).add(each.getKey());
    }
    for (int tag = 0; tag < TAGS; tag++) {
      String filter = "tag == \"t" + tag + "\"";
      List<String> right = wanted.getOrDefault("t" + tag, List.of());
      // An index does not help with what no document may have: the scan is the index's judge.
      String scanned = "(" + filter + " || nowhere == 1)";
      all(random, filter).ifPresent(seen -> expectSame("the index: " + filter, seen, right));
      all(random, scanned).ifPresent(seen -> expectSame("the scan: " + filter, seen, right));
      answered(
              "explain " + filter, () -> Optional.of(api.explain(random, filter)).filter(Reply::ok))
          .map(plan -> plan.body().toString())
          .filter(plan -> !plan.contains("\"" + last + "\""))
          .ifPresent(plan -> faults.add("the index is not used: " + plan));
    }
    return List.copyOf(faults);
  }

  private boolean isBuilt(Random random) {
    Reply cluster = api.cluster(random);
    if (!cluster.ok()) {
      return false;
    }
    for (JsonNode shard : cluster.body().path("shards")) {
      List<JsonNode> copies = new ArrayList<>();
      copies.add(shard.path("active"));
      shard.path("standbys").forEach(copies::add);
      for (JsonNode copy : copies) {
        if (!copy.path("building").isArray() || !copy.path("building").isEmpty()) {
          return false;
        }
      }
    }
    return true;
  }

  /** For the report. */
  public String summary() {
    return "%d lists of %d documents over %d changes of indexes and %d writes, %d faults"
        .formatted(lists.get(), still, indexes.get(), writes.get(), faults.size());
  }

  @Override
  public void close() throws InterruptedException {
    stop();
  }
}
