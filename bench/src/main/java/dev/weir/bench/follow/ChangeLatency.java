package dev.weir.bench.follow;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Puts one document after the other, and sees when followers by three transports hear of it. */
final class ChangeLatency implements AutoCloseable {
  private static final Pattern NUMBER = Pattern.compile("\"n\":(\\d+)");
  private static final long PATIENCE_SECONDS = 30;
  private static final String QUERY =
      "subscription { "
          + FollowNode.COLLECTION
          + "Changes(documents: false) { kind key cursor node { json } } }";

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final String base;
  private final List<Listener> listeners;
  private final List<AutoCloseable> open = new ArrayList<>();
  private long number = System.nanoTime() & 0xffffff;

  /** What one follower hears, and when. */
  private static final class Listener {
    final String name;
    final LinkedBlockingQueue<Heard> heard = new LinkedBlockingQueue<>();

    Listener(String name) {
      this.name = name;
    }

    void hear(String text) {
      long now = System.nanoTime();
      Matcher matcher = NUMBER.matcher(text);
      while (matcher.find()) {
        heard.add(new Heard(Long.parseLong(matcher.group(1)), now));
      }
    }

    /** When a number was heard; those before it do not matter. */
    long when(long wanted) throws InterruptedException {
      while (true) {
        Heard next = heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (next == null) {
          throw new IllegalStateException(name + " heard nothing of " + wanted);
        }
        if (next.number == wanted) {
          return next.nanos;
        }
      }
    }
  }

  private record Heard(long number, long nanos) {}

  ChangeLatency(int port) throws IOException, InterruptedException {
    base = "http://127.0.0.1:" + port;
    Listener rest = new Listener("change to client, REST events");
    Listener events = new Listener("change to client, GraphQL events");
    Listener sockets = new Listener("change to client, GraphQL WebSocket");
    listeners = List.of(rest, events, sockets);
    read(rest, request("/v1/collections/" + FollowNode.COLLECTION + "/changes?documents=false"));
    read(
        events,
        request("/graphql")
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString("{\"query\":\"" + QUERY + "\"}")));
    converse(sockets, port);
    awaitAll();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(base + path)).header("Accept", "text/event-stream");
  }

  private void read(Listener listener, HttpRequest.Builder request)
      throws IOException, InterruptedException {
    HttpResponse<java.io.InputStream> response =
        http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
    open.add(response.body()); // the reader is locked by whoever waits for a line
    Thread reader = new Thread(() -> lines.lines().forEach(listener::hear), listener.name);
    reader.setDaemon(true);
    reader.setUncaughtExceptionHandler((thread, end) -> {}); // closed, as it should be
    reader.start();
  }

  private void converse(Listener listener, int port) {
    WebSocket socket =
        http.newWebSocketBuilder()
            .subprotocols("graphql-transport-ws")
            .buildAsync(
                URI.create("ws://127.0.0.1:" + port + "/graphql"),
                new WebSocket.Listener() {
                  private final StringBuilder message = new StringBuilder();

                  @Override
                  public CompletionStage<?> onText(
                      WebSocket from, CharSequence text, boolean last) {
                    message.append(text);
                    if (last) { // a number may come in two pieces
                      listener.hear(message.toString());
                      message.setLength(0);
                    }
                    from.request(1);
                    return java.util.concurrent.CompletableFuture.completedFuture(null);
                  }
                })
            .join();
    WebSocket unused =
        socket
            .sendText("{\"type\":\"connection_init\"}", true)
            .thenCompose(
                same ->
                    same.sendText(
                        "{\"id\":\"1\",\"type\":\"subscribe\",\"payload\":{\"query\":\""
                            + QUERY
                            + "\"}}",
                        true))
            .join();
    open.add(socket::abort);
  }

  /** Until all of them hear something, nobody knows that they follow. */
  private void awaitAll() throws IOException, InterruptedException {
    for (int i = 0; i < 100; i++) {
      put();
      TimeUnit.MILLISECONDS.sleep(50);
      if (listeners.stream().noneMatch(each -> each.heard.isEmpty())) {
        return;
      }
    }
    throw new IllegalStateException("somebody hears nothing");
  }

  private long put() throws IOException, InterruptedException {
    number++;
    HttpRequest put =
        HttpRequest.newBuilder(
                URI.create(
                    base
                        + "/v1/collections/"
                        + FollowNode.COLLECTION
                        + "/documents/k"
                        + number % 64))
            .header("Content-Type", "application/json")
            .PUT(HttpRequest.BodyPublishers.ofString("{\"n\":" + number + "}"))
            .build();
    HttpResponse<String> answer = http.send(put, HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() >= 300) {
      throw new IOException("put: " + answer.statusCode() + " " + answer.body());
    }
    return number;
  }

  /** Nanoseconds from before a put is sent until it is heard of, and until it is acknowledged. */
  Map<String, List<Long>> measure(int puts) throws IOException, InterruptedException {
    Map<String, List<Long>> all = new LinkedHashMap<>();
    for (int i = 0; i < puts; i++) {
      long start = System.nanoTime();
      long written = put();
      add(all, "put", System.nanoTime() - start);
      for (Listener each : listeners) {
        add(all, each.name, each.when(written) - start);
      }
    }
    return all;
  }

  private static void add(Map<String, List<Long>> all, String name, long nanos) {
    all.computeIfAbsent(name, each -> new ArrayList<>()).add(nanos);
  }

  @Override
  public void close() throws Exception {
    for (AutoCloseable each : open) {
      each.close();
    }
  }
}
