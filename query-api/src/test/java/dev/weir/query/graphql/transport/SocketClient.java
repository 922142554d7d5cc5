package dev.weir.query.graphql.transport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A WebSocket client that sends what it is told, however wrong. */
final class SocketClient implements WebSocket.Listener, AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final LinkedBlockingQueue<JsonNode> heard = new LinkedBlockingQueue<>();
  private final CompletableFuture<String> closed = new CompletableFuture<>();
  private final StringBuilder text = new StringBuilder();
  private WebSocket socket;

  /**
   * Opens a socket.
   *
   * @param headers name, value, name, value, …
   * @throws java.util.concurrent.CompletionException if the server refuses
   */
  static SocketClient open(URI url, String protocol, List<String> headers) {
    SocketClient client = new SocketClient();
    WebSocket.Builder builder = CLIENT.newWebSocketBuilder();
    if (!protocol.isEmpty()) {
      builder.subprotocols(protocol);
    }
    for (int i = 0; i < headers.size(); i += 2) {
      builder.header(headers.get(i), headers.get(i + 1));
    }
    client.socket = builder.buildAsync(url, client).join();
    return client;
  }

  /** Opens a socket whose client has been acknowledged. */
  static SocketClient introduced(URI url) throws InterruptedException {
    SocketClient client = open(url, "graphql-transport-ws", List.of());
    client.send("{\"type\":\"connection_init\"}");
    client.expect("{\"type\":\"connection_ack\"}");
    return client;
  }

  void send(String message) {
    socket.sendText(message, true).join();
  }

  void subscribe(String id, String query) {
    send(
        JSON.createObjectNode()
            .put("id", id)
            .put("type", "subscribe")
            .set("payload", JSON.createObjectNode().put("query", query))
            .toString());
  }

  /** The next message. */
  JsonNode next() throws InterruptedException {
    JsonNode next = heard.poll(20, TimeUnit.SECONDS);
    if (next == null) {
      throw new AssertionError("nothing was heard; closed: " + closed.getNow("no"));
    }
    return next;
  }

  void expect(String message) throws InterruptedException {
    try {
      if (!next().equals(JSON.readTree(message))) {
        throw new AssertionError("not " + message);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Code and reason with which the server closes. */
  String close(boolean ours) throws Exception {
    if (ours) {
      socket.sendClose(1000, "").join();
    }
    return closed.get(20, TimeUnit.SECONDS);
  }

  WebSocket socket() {
    return socket;
  }

  @Override
  public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
    text.append(data);
    if (last) {
      try {
        heard.add(JSON.readTree(text.toString()));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      text.setLength(0);
    }
    from.request(1);
    return null;
  }

  @Override
  public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
    closed.complete(code + " " + reason);
    return null;
  }

  @Override
  public void onError(WebSocket from, Throwable cause) {
    closed.complete("broken: " + cause);
  }

  @Override
  public void close() {
    socket.abort();
  }
}
