package dev.weir.query.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One operation on a WebSocket of the sub-protocol graphql-transport-ws. */
final class GraphQlSocketClient implements WebSocket.Listener, AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  /** Stands for the end of the socket. */
  private static final String END = "";

  private final LinkedBlockingQueue<String> heard = new LinkedBlockingQueue<>();
  private final StringBuilder text = new StringBuilder();
  private WebSocket socket;

  static GraphQlSocketClient open(String url) throws IOException {
    GraphQlSocketClient client = new GraphQlSocketClient();
    try {
      client.socket =
          HTTP.newWebSocketBuilder()
              .subprotocols("graphql-transport-ws")
              .buildAsync(URI.create(url), client)
              .join();
      client.socket.sendText("{\"type\":\"connection_init\"}", true).join();
    } catch (CompletionException e) {
      throw new IOException(e);
    }
    return client;
  }

  void subscribe(String query) throws IOException {
    String message =
        JSON.writeValueAsString(
            Map.of("id", "1", "type", "subscribe", "payload", Map.of("query", query)));
    try {
      socket.sendText(message, true).join();
    } catch (CompletionException e) {
      throw new IOException(e);
    }
  }

  /** Data of the next result; null = nothing more comes, or nothing for a while. */
  @Nullable JsonNode next() throws IOException, InterruptedException {
    while (true) {
      String message = heard.poll(10, TimeUnit.SECONDS);
      if (message == null || message.equals(END)) {
        return null;
      }
      JsonNode read = JSON.readTree(message);
      if (read.path("type").asText().equals("next")) {
        return read.path("payload").path("data");
      }
      if (!read.path("type").asText().equals("connection_ack")) {
        return null;
      }
    }
  }

  @Override
  public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
    text.append(data);
    if (last) {
      heard.add(text.toString());
      text.setLength(0);
    }
    from.request(1);
    return null;
  }

  @Override
  public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
    heard.add(END);
    return null;
  }

  @Override
  public void onError(WebSocket from, Throwable cause) {
    heard.add(END);
  }

  @Override
  public void close() {
    socket.abort();
  }
}
