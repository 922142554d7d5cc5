package dev.weir.chaos.load;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.chaos.process.Waiting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Reads a collection that nobody changes, page after page and each page at another node: whatever
 * happens meanwhile, a scan that ends has every document once and in order.
 */
final class ScanLoop implements Runnable {

  private static final int DOCUMENTS = 200;
  private static final int PAGE = 15;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String COLLECTION = "stable";

  private final AnyNode nodes;
  private final Random random;
  private final BooleanSupplier stopped;
  private final List<String> faults = new CopyOnWriteArrayList<>();
  private final AtomicInteger scans = new AtomicInteger();
  private final AtomicInteger repeatedPages = new AtomicInteger();

  ScanLoop(Supplier<List<String>> urls, Random random, BooleanSupplier stopped) {
    this.nodes = new AnyNode(urls);
    this.random = random;
    this.stopped = stopped;
  }

  private static List<String> keys() {
    return IntStream.range(0, DOCUMENTS).mapToObj(i -> "s" + (1_000 + i)).toList();
  }

  /** Writes the documents. */
  void prepare() {
    for (String key : keys()) {
      if (answered(() -> nodes.put(random, COLLECTION, key, "{}", key)).isEmpty()) {
        throw new IllegalStateException("the documents to scan cannot be written");
      }
    }
  }

  @Override
  public void run() {
    while (!stopped.getAsBoolean()) {
      scan();
      Waiting.pass(Duration.ofMillis(200));
    }
  }

  private void scan() {
    List<String> seen = new ArrayList<>();
    String cursor = "";
    do {
      String path = "/v1/collections/" + COLLECTION + "/documents?limit=" + PAGE + cursor;
      Optional<JsonNode> page = answered(() -> nodes.send(nodes.request(random, path).GET()));
      if (page.isEmpty()) {
        return;
      }
      page.get().path("items").forEach(item -> seen.add(item.path("key").asText()));
      JsonNode next = page.get().path("cursor");
      cursor = next.isTextual() ? "&cursor=" + next.asText() : "";
    } while (!cursor.isEmpty());
    scans.incrementAndGet();
    if (!seen.equals(keys())) {
      List<String> missing = new ArrayList<>(keys());
      missing.removeAll(seen);
      faults.add("a scan saw " + seen.size() + " of " + DOCUMENTS + ", missing " + missing);
    }
  }

  /** Asks one node after the other until one has the answer; empty if none had it in time. */
  private Optional<JsonNode> answered(Supplier<AnyNode.Reply> call) {
    List<JsonNode> answers = new ArrayList<>();
    boolean unused =
        Waiting.until(
            PATIENCE,
            () -> {
              AnyNode.Reply reply = call.get();
              if (reply.ok()) {
                answers.add(reply.body());
              } else {
                repeatedPages.incrementAndGet();
              }
              return reply.ok() || stopped.getAsBoolean();
            });
    return answers.stream().findFirst();
  }

  /** What was wrong, in words. */
  List<String> faults() {
    return List.copyOf(faults);
  }

  /** For the report. */
  String summary() {
    return scans + " scans of " + DOCUMENTS + " documents, " + repeatedPages + " pages asked again";
  }
}
