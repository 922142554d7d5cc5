package dev.weir.chaos.load;

import dev.weir.chaos.process.Waiting;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Overwrites a few large documents for ever, and knows what each must be: every write is made only
 * if the document is still the one that was known, so that a write without an answer can be there
 * later or not, but never in place of a later one. Each thread has documents of its own.
 */
public final class Overwrites implements AutoCloseable {
  private static final String PATH = "/v1/collections/overwritten/documents/";
  private static final Pattern NUMBER = Pattern.compile("\"n\":(\\d+)");
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration RETRY = Duration.ofMillis(100);
  private static final int DOCUMENTS_EACH = 5;
  private static final String FILLING = "x".repeat(8_000);

  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();
  private final Supplier<List<String>> urls;
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
    this.urls = urls;
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
        request(slot, random)
            .header("Content-Type", "application/json")
            .PUT(BodyPublishers.ofString("{\"n\":" + slot.tried + ",\"x\":\"" + FILLING + "\"}"));
    if (slot.etag.isEmpty()) {
      request.header("If-None-Match", "*");
    } else {
      request.header("If-Match", slot.etag);
    }
    Optional<HttpResponse<String>> response = send(request);
    if (response.isEmpty() || response.get().statusCode() >= 300) {
      return false;
    }
    slot.known = slot.tried;
    slot.etag = Texts.header(response.get(), "ETag");
    written.incrementAndGet();
    return true;
  }

  /** Finds out what a document is; false = no node says. */
  private boolean look(Slot slot, Random random) {
    Optional<HttpResponse<String>> response =
        send(request(slot, random).header("Weir-Consistency", "strong").GET());
    if (response.isEmpty()) {
      return false;
    }
    int status = response.get().statusCode();
    String body = response.get().body();
    boolean absent = status == 404 && body.contains("document-not-found");
    if (status != 200 && !absent) {
      return false;
    }
    long found = absent ? 0 : Texts.first(NUMBER, body).map(Long::parseLong).orElse(Long.MAX_VALUE);
    if (found < slot.known || found > slot.tried) {
      violations.add(
          "%s is %d, but %d was acknowledged and %d tried last"
              .formatted(slot.key, found, slot.known, slot.tried));
    }
    slot.known = found;
    slot.etag = Texts.header(response.get(), "ETag");
    return true;
  }

  private HttpRequest.Builder request(Slot slot, Random random) {
    List<String> nodes = urls.get();
    String url = nodes.get(random.nextInt(nodes.size()));
    return HttpRequest.newBuilder(URI.create(url + PATH + slot.key)).timeout(PATIENCE);
  }

  private Optional<HttpResponse<String>> send(HttpRequest.Builder request) {
    try {
      return Optional.of(http.send(request.build(), BodyHandlers.ofString()));
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
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
