package dev.weir.chaos.load;

import dev.weir.chaos.process.Waiting;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Overwrites a few large documents for ever, and knows what each must be: every write is made only
 * if the document is still the one that was known, so that a write without an answer can be there
 * later or not, but never in place of a later one. Each thread has documents of its own.
 */
public final class Overwrites implements AutoCloseable {
  private static final String COLLECTION = "overwritten";
  private static final Duration RETRY = Duration.ofMillis(100);
  private static final int DOCUMENTS_EACH = 5;
  private static final String FILLING = "x".repeat(8_000);

  private final AnyNode nodes;
  private final Duration pause;
  private final List<Thread> threads = new ArrayList<>();
  private final List<Slot> slots = new ArrayList<>();
  private final AtomicLong written = new AtomicLong();
  private final ConcurrentLinkedQueue<String> violations = new ConcurrentLinkedQueue<>();
  private volatile boolean stopped;

  /** One document; only its thread touches it while the load runs. */
  private static final class Slot {
    final String key;
    long known;
    String etag = "";
    long tried;

    Slot(String key) {
      this.key = key;
    }
  }

  /**
   * A load that has not begun.
   *
   * @param urls of the nodes, those included that are down
   * @param writers threads
   * @param pause between two writes of one of them
   */
  public Overwrites(long seed, Supplier<List<String>> urls, int writers, Duration pause) {
    this.nodes = new AnyNode(urls);
    this.pause = pause;
    for (int writer = 0; writer < writers; writer++) {
      List<Slot> mine = new ArrayList<>();
      for (int i = 0; i < DOCUMENTS_EACH; i++) {
        mine.add(new Slot("w" + writer + "-" + i));
      }
      slots.addAll(mine);
      Random random = new Random(seed + writer);
      threads.add(new Thread(() -> run(mine, random), "overwrites-" + writer));
    }
  }

  /** Begins. */
  public void start() {
    threads.forEach(Thread::start);
  }

  /** Writes that were acknowledged. */
  public long written() {
    return written.get();
  }

  /** What was read and can not be. */
  public List<String> violations() {
    return List.copyOf(violations);
  }

  private void run(List<Slot> mine, Random random) {
    while (!stopped) {
      Slot slot = mine.get(random.nextInt(mine.size()));
      if (!write(slot, random)) {
        while (!stopped && !look(slot, random)) {
          Waiting.pass(RETRY);
        }
      }
      Waiting.pass(pause);
    }
  }

  /** Whether it was acknowledged. */
  private boolean write(Slot slot, Random random) {
    slot.tried++;
    HttpRequest.Builder request =
        nodes
            .document(random, COLLECTION, slot.key)
            .header("Content-Type", "application/json")
            .PUT(BodyPublishers.ofString("{\"n\":" + slot.tried + ",\"x\":\"" + FILLING + "\"}"));
    if (slot.etag.isEmpty()) {
      request.header("If-None-Match", "*");
    } else {
      request.header("If-Match", slot.etag);
    }
    AnyNode.Reply reply = nodes.send(request);
    if (!reply.ok()) {
      return false;
    }
    slot.known = slot.tried;
    slot.etag = reply.etag();
    written.incrementAndGet();
    return true;
  }

  /** Finds out what a document is; false = no node says. */
  private boolean look(Slot slot, Random random) {
    AnyNode.Reply reply =
        nodes.send(
            nodes
                .document(random, COLLECTION, slot.key)
                .header("Weir-Consistency", "strong")
                .GET());
    boolean absent =
        reply.status() == 404 && reply.body().path("type").asText().endsWith("/document-not-found");
    if (!reply.ok() && !absent) {
      return false;
    }
    long found = absent ? 0 : reply.body().path("n").asLong(Long.MAX_VALUE);
    if (found < slot.known || found > slot.tried) {
      violations.add(
          "%s is %d, but %d was acknowledged and %d tried last"
              .formatted(slot.key, found, slot.known, slot.tried));
    }
    slot.known = found;
    slot.etag = reply.etag();
    return true;
  }

  /** Ends the writing. */
  public void stop() throws InterruptedException {
    stopped = true;
    for (Thread thread : threads) {
      thread.join();
    }
  }

  /** Reads every document; false = one of them could not be. */
  public boolean readAll() {
    boolean complete = true;
    Random random = new Random(1);
    for (Slot slot : slots) {
      complete &= look(slot, random);
    }
    return complete;
  }

  @Override
  public void close() throws InterruptedException {
    stop();
  }
}
