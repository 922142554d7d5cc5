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
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads a collection that nobody changes, page after page and each page at another node: whatever
 * happens meanwhile, a scan that ends has every document once and in order.
 */
final class ScanLoop implements Runnable {

  private static final int DOCUMENTS = 200;
  private static final int PAGE = 15;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration CALL = Duration.ofSeconds(5);
  private static final Pattern KEY = Pattern.compile("\"key\":\"(s\\d+)\"");
  private static final Pattern CURSOR = Pattern.compile("\"cursor\":\"([^\"]+)\"");

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CALL).build();
  private final Supplier<List<String>> urls;
  private final Random random;
  private final BooleanSupplier stopped;
  private final List<String> faults = new CopyOnWriteArrayList<>();
  private final AtomicInteger scans = new AtomicInteger();
  private final AtomicInteger repeatedPages = new AtomicInteger();

  ScanLoop(Supplier<List<String>> urls, Random random, BooleanSupplier stopped) {
    this.urls = urls;
    this.random = random;
    this.stopped = stopped;
  }

  private static List<String> keys() {
    return IntStream.range(0, DOCUMENTS).mapToObj(i -> "s" + (1_000 + i)).toList();
  }

  /** Writes the documents. */
  void prepare() {
    for (String key : keys()) {
      HttpRequest.Builder put =
          HttpRequest.newBuilder()
              .header("Content-Type", "application/json")
              .PUT(BodyPublishers.ofString("{}"));
      if (send(put, "/v1/collections/stable/documents/" + key).isEmpty()) {
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
      HttpRequest.Builder get = HttpRequest.newBuilder().GET();
      Optional<String> page = send(get, "/v1/collections/stable/documents?limit=" + PAGE + cursor);
      if (page.isEmpty()) {
        return;
      }
      KEY.matcher(page.get()).results().forEach(match -> seen.add(match.group(1)));
      Matcher next = CURSOR.matcher(page.get());
      cursor = next.find() ? "&cursor=" + next.group(1) : "";
    } while (!cursor.isEmpty());
    scans.incrementAndGet();
    if (!seen.equals(keys())) {
      List<String> missing = new ArrayList<>(keys());
      missing.removeAll(seen);
      faults.add("a scan saw " + seen.size() + " of " + DOCUMENTS + ", missing " + missing);
    }
  }

  /** Sends a request to one node after the other until one succeeds; empty if none did in time. */
  private Optional<String> send(HttpRequest.Builder request, String path) {
    String[] body = new String[1];
    boolean ok =
        Waiting.until(
            PATIENCE,
            () -> {
              body[0] = trySend(request, path);
              return body[0] != null || stopped.getAsBoolean();
            });
    return ok ? Optional.ofNullable(body[0]) : Optional.empty();
  }

  private @Nullable String trySend(HttpRequest.Builder request, String path) {
    List<String> nodes = urls.get();
    URI uri = URI.create(nodes.get(random.nextInt(nodes.size())) + path);
    try {
      HttpResponse<String> response =
          http.send(request.copy().uri(uri).timeout(CALL).build(), BodyHandlers.ofString());
      if (response.statusCode() < 300) {
        return response.body();
      }
    } catch (IOException e) {
      // Another node may do better.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    repeatedPages.incrementAndGet();
    return null;
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
