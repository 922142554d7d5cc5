package dev.weir.examples.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.weir.query.server.RefusedException;
import dev.weir.query.server.Weir;
import dev.weir.query.server.WeirCollection;
import dev.weir.store.KeyType;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /orders/<id>} gives an order with its remark, {@code GET /orders?from=<id>} the next
 * ten, {@code PUT /orders/<id>/remark} stores a remark. Orders come from the topic {@code
 * shop.orders}; several of these services with one Kafka share them.
 */
public final class OrderService implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int PAGE = 10;
  private static final String ORDERS = "/orders";
  private static final String REMARK = "/remark";

  private final Weir weir;
  private final WeirCollection<Long> orders;
  private final WeirCollection<Long> remarks;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newFixedThreadPool(4);

  private OrderService(Weir weir, int port) throws IOException {
    this.weir = weir;
    this.orders = weir.collection("order", Long.class);
    this.remarks = weir.collection("remark", Long.class);
    this.server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.setExecutor(threads);
    server.createContext(ORDERS, this::handle);
    server.start();
  }

  /**
   * Starts the service with its node.
   *
   * @param bootstrapServers of Kafka, which must have the topic {@code shop.orders}
   * @param state directory of this instance's shards
   * @param port of the service; 0 = any free one
   */
  public static OrderService start(String bootstrapServers, Path state, int port)
      throws IOException {
    Weir weir =
        Weir.builder()
            .application("shop")
            .bootstrapServers(bootstrapServers)
            .stateDirectory(state)
            .listen("127.0.0.1:0")
            .shards(2)
            .collectionFrom("shop.orders", "order", KeyType.Scalar.LONG)
            .collection("remark", KeyType.Scalar.LONG)
            .start();
    try {
      weir.awaitReady(PATIENCE);
      return new OrderService(weir, port);
    } catch (IOException | RuntimeException e) {
      weir.close();
      throw e;
    }
  }

  /** Where the service is. */
  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try {
      String path = exchange.getRequestURI().getPath().substring(ORDERS.length());
      if (exchange.getRequestMethod().equals("PUT") && path.endsWith(REMARK)) {
        long id = Long.parseLong(path.substring(1, path.length() - REMARK.length()));
        String text = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        remarks.put(id, JsonNodeFactory.instance.textNode(text));
        answer(exchange, 204, null);
      } else if (path.isEmpty()) {
        answer(exchange, 200, list(exchange.getRequestURI().getQuery()));
      } else {
        JsonNode order = order(Long.parseLong(path.substring(1)));
        answer(exchange, order == null ? 404 : 200, order);
      }
    } catch (NumberFormatException e) {
      answer(exchange, 404, null);
    } catch (RefusedException e) {
      // The shard is on its way to another instance: the caller should come back.
      exchange.getResponseHeaders().add("Retry-After", "1");
      answer(exchange, 503, null);
    } finally {
      exchange.close();
    }
  }

  private @Nullable JsonNode order(long id) {
    var found = orders.get(id);
    if (found.isEmpty()) {
      return null;
    }
    ObjectNode order = found.get().value().deepCopy();
    remarks.get(id).ifPresent(remark -> order.set("remark", remark.value()));
    return order;
  }

  private JsonNode list(@Nullable String query) {
    Long from =
        query != null && query.startsWith("from=") ? Long.valueOf(query.substring(5)) : null;
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    orders.range(from, null, PAGE).forEach(entry -> list.add(entry.value()));
    return list;
  }

  private static void answer(HttpExchange exchange, int status, @Nullable JsonNode body)
      throws IOException {
    if (body == null) {
      exchange.sendResponseHeaders(status, -1);
      return;
    }
    byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  /** Stops taking requests, then hands the shards over. */
  @Override
  public void close() {
    server.stop(1);
    threads.shutdown();
    weir.close();
  }
}
