package dev.weir.cli.main;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** As much of a node's HTTP API as the commands need, over a map of texts. */
final class FakeNode implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String DOCUMENTS = "/v1/collections/note/documents";

  final Map<String, String> notes = new ConcurrentSkipListMap<>();
  final List<JsonNode> applied = Collections.synchronizedList(new ArrayList<>());
  final AtomicInteger refusals = new AtomicInteger();

  /** Where node-1 is said to be. */
  volatile String address = "http://a:7071";

  private final HttpServer server;

  FakeNode() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext("/", this::handle);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private void handle(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getRawPath();
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    if (refusals.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
      problem(exchange, 503, "rebalancing");
    } else if (path.equals(DOCUMENTS)) {
      scan(exchange);
    } else if (path.startsWith(DOCUMENTS + "/")) {
      String key =
          URLDecoder.decode(
              path.substring(DOCUMENTS.length() + 1).replace("+", "%2B"), StandardCharsets.UTF_8);
      document(exchange, key, body);
    } else if (path.equals("/v1/definitions") && exchange.getRequestMethod().equals("POST")) {
      applied.add(JSON.readTree(body));
      answer(exchange, 200, "{\"revision\":4,\"applied\":true,\"changes\":[\"add source s\"]}");
    } else {
      String resource = "/fake" + path.replace("/v1", "") + ".json";
      try (var in = FakeNode.class.getResourceAsStream(resource)) {
        if (in == null) {
          problem(exchange, 404, "unknown-collection");
        } else {
          String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
          answer(exchange, 200, text.replace("http://a:7071", address));
        }
      }
    }
  }

  private void document(HttpExchange exchange, String key, String body) throws IOException {
    boolean absent = "*".equals(exchange.getRequestHeaders().getFirst("If-None-Match"));
    String match = exchange.getRequestHeaders().getFirst("If-Match");
    boolean other = match != null && !match.equals("*") && !match.equals("\"0-9\"");
    if (other || (absent && notes.containsKey(key)) || (match != null && !notes.containsKey(key))) {
      problem(exchange, 412, "precondition-failed");
      return;
    }
    switch (exchange.getRequestMethod()) {
      case "PATCH" -> {
        exchange.getResponseHeaders().add("ETag", "\"0-10\"");
        exchange.getResponseHeaders().add("Weir-Served-By", "node-2");
        notes.merge(key, body, String::concat);
        answer(exchange, 200, "");
      }
      case "PUT" -> {
        exchange.getResponseHeaders().add("ETag", "\"0-9\"");
        exchange.getResponseHeaders().add("Weir-Served-By", "node-2");
        answer(exchange, notes.put(key, body) == null ? 201 : 200, "");
      }
      case "DELETE" -> {
        notes.remove(key);
        answer(exchange, 204, "");
      }
      default -> {
        String value = notes.get(key);
        if (value == null) {
          problem(exchange, 404, "document-not-found");
        } else {
          answer(exchange, 200, value);
        }
      }
    }
  }

  private void scan(HttpExchange exchange) throws IOException {
    List<String> items = new ArrayList<>();
    for (Map.Entry<String, String> note : notes.entrySet()) {
      String key = JSON.writeValueAsString(note.getKey());
      items.add(
          "{\"key\":%s,\"document\":%s,\"version\":\"0-1\",\"timestamp\":5}"
              .formatted(key, note.getValue()));
    }
    answer(exchange, 200, "{\"items\":[" + String.join(",", items) + "],\"cursor\":null}");
  }

  private static void problem(HttpExchange exchange, int status, String kind) throws IOException {
    exchange.getResponseHeaders().add("Content-Type", "application/problem+json");
    send(
        exchange,
        status,
        "{\"type\":\"https://weir.dev/problems/%s\",\"title\":\"Refused\",\"detail\":\"%s\"}"
            .formatted(kind, kind));
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    send(exchange, status, body);
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
