package dev.weir.bench.node;

import dev.weir.bench.Documents;
import dev.weir.bench.weir.WeirStore;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks a node what a benchmark needs to know besides its measurements. */
public final class NodeClient {
  private static final Pattern CURSOR = Pattern.compile("\"cursor\":\"([^\"]+)\"");
  private static final long PATIENCE_MINUTES = 15;
  private static final int LAST = 64;

  private final HttpClient http = HttpClient.newHttpClient();
  private final String base;

  /** Asks a node of this machine. */
  public NodeClient(int port) {
    this.base = "http://127.0.0.1:" + port + "/v1/collections/" + WeirStore.COLLECTION;
  }

  /** Which node answers for a document; empty if there is no such document now. */
  public String servedBy(long number) throws IOException, InterruptedException {
    HttpResponse<String> answer = get("/documents/" + Documents.key(number));
    return answer.statusCode() == 200
        ? answer.headers().firstValue("Weir-Served-By").orElse("")
        : "";
  }

  /** Waits until the last of so many documents can be read. */
  public void awaitDocuments(long documents) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(PATIENCE_MINUTES);
    for (long number = Math.max(0, documents - LAST); number < documents; number++) {
      while (servedBy(number).isEmpty()) {
        if (System.nanoTime() > deadline) {
          throw new IllegalStateException("the documents have not arrived");
        }
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
      }
    }
  }

  /** Reads everything page by page; gives the number of pages. */
  public int scanAll(int limit) throws IOException, InterruptedException {
    int pages = 0;
    String cursor = "";
    while (true) {
      String body = get("/documents?limit=" + limit + cursor).body();
      pages++;
      Matcher next = CURSOR.matcher(body.substring(Math.max(0, body.length() - 2_000)));
      if (!next.find()) {
        return pages;
      }
      cursor = "&cursor=" + next.group(1);
    }
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(URI.create(base + path)).build(), BodyHandlers.ofString());
  }
}
