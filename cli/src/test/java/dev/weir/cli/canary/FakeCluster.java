package dev.weir.cli.canary;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Two nodes of one database, at two ports of this process, that can be told to lie. */
final class FakeCluster implements AutoCloseable {
  private static final String DOCUMENTS = "/v1/collections/canary/documents/";

  /** By key, the values in the order in which they were written. */
  final Map<String, List<String>> written = new ConcurrentHashMap<>();

  /** Level at which the value before the last one is given; null = at none. */
  volatile @Nullable String liesAt;

  private final Map<String, HttpServer> nodes = new TreeMap<>();

  FakeCluster() throws IOException {
    nodes.put("a", start());
    nodes.put("b", start());
  }

  private HttpServer start() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.start();
    return server;
  }

  String url(String node) {
    return "http://127.0.0.1:" + nodes.get(node).getAddress().getPort();
  }

  /** A node goes without a word. */
  synchronized void kill(String node) {
    nodes.remove(node).stop(0);
  }

  private synchronized void handle(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    byte[] body = exchange.getRequestBody().readAllBytes();
    if (path.equals("/v1/cluster")) {
      List<String> rows = new ArrayList<>();
      nodes.keySet().forEach(n -> rows.add(node(n)));
      answer(exchange, 200, "{\"nodes\":[" + String.join(",", rows) + "]}");
    } else if (path.startsWith(DOCUMENTS)) {
      document(exchange, path.substring(DOCUMENTS.length()), body);
    } else {
      answer(exchange, 404, "{}");
    }
  }

  private String node(String name) {
    return "{\"id\":\"%s\",\"url\":\"%s\",\"live\":true}".formatted(name, url(name));
  }

  private void document(HttpExchange exchange, String key, byte[] body) throws IOException {
    List<String> values = written.computeIfAbsent(key, k -> new ArrayList<>());
    switch (exchange.getRequestMethod()) {
      case "PUT" -> {
        values.add(new String(body, StandardCharsets.UTF_8));
        exchange.getResponseHeaders().add("ETag", "\"0-" + values.size() + "\"");
        answer(exchange, 200, "");
      }
      case "DELETE" -> {
        written.remove(key);
        answer(exchange, 204, "");
      }
      default -> {
        String level = exchange.getRequestHeaders().getFirst("Weir-Consistency");
        String lies = liesAt;
        int shown = values.size() - (lies != null && level.startsWith(lies) ? 1 : 0);
        if (shown <= 0) {
          exchange.getResponseHeaders().add("Content-Type", "application/problem+json");
          answer(exchange, 404, "{\"type\":\"https://weir.dev/problems/document-not-found\"}");
        } else {
          exchange.getResponseHeaders().add("ETag", "\"0-" + shown + "\"");
          answer(exchange, 200, values.get(shown - 1));
        }
      }
    }
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    nodes.values().forEach(server -> server.stop(0));
  }
}
