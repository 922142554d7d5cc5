package dev.weir.client;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;

/** Answers with what it was given and keeps what it was asked. */
final class RecordingServer implements AutoCloseable {

  record Asked(String method, String uri, String contentType, String body, Headers headers) {

    String position() {
      return header("Weir-Position");
    }

    String level() {
      return header("Weir-Consistency");
    }

    private String header(String name) {
      String value = headers.getFirst(name);
      return value == null ? "" : value;
    }
  }

  private record Answer(int status, Map<String, String> headers, String body) {}

  private final HttpServer server;
  private final Queue<Answer> answers = new ArrayDeque<>();
  private final List<Asked> asked = Collections.synchronizedList(new ArrayList<>());

  RecordingServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String type = exchange.getRequestHeaders().getFirst("Content-Type");
          asked.add(
              new Asked(
                  exchange.getRequestMethod(),
                  exchange.getRequestURI().toString(),
                  type == null ? "" : type,
                  new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8),
                  exchange.getRequestHeaders()));
          Answer answer = answers.remove();
          answer.headers.forEach((name, value) -> exchange.getResponseHeaders().add(name, value));
          byte[] body = answer.body.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(answer.status, body.length == 0 ? -1 : body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  void answers(int status, Map<String, String> headers, String body) {
    answers.add(new Answer(status, headers, body));
  }

  void answersProblem(int status, String kind) {
    answers(
        status,
        Map.of("Content-Type", "application/problem+json", "Retry-After", "3"),
        """
        {"type":"https://weir.dev/problems/%s","title":"Title","status":%d,"detail":"detail",\
        "action":"action","collection":"note"}\
        """
            .formatted(kind, status));
  }

  Asked last() {
    return asked.get(asked.size() - 1);
  }

  int count() {
    return asked.size();
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
