package dev.weir.query.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that are answered ahead of their lane, and those that go on with their bodies. */
class QuickDoorTest {
  private final TestServer server = new TestServer();

  @AfterEach
  void close() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"quickly done", "quick, but later"})
  void whatCanBeAnsweredAtOnceIs(String body) throws Exception {
    try (RawConnection connection = new RawConnection(server.port())) {
      for (int i = 0; i < 3; i++) {
        connection.send(post("Content-Length: " + body.length(), body));
        assertThat(connection.readAnswer())
            .startsWith("HTTP/1.1 200")
            .contains("X-Content-Type-Options: nosniff")
            .endsWith("\r\n\r\n" + body);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 5_000, 8_192, 8_193, 300_000})
  void allElseGoesOnWithItsBody(int length) throws Exception {
    String body = "x".repeat(length);
    try (RawConnection connection = new RawConnection(server.port())) {
      for (int i = 0; i < 2; i++) {
        connection.send(post("Content-Length: " + length, body));
        assertThat(connection.readAnswer()).contains("\"body\":" + length + "}");
        connection.send(post("Transfer-Encoding: chunked", chunked(body, 1_000)));
        assertThat(connection.readAnswer()).contains("\"body\":" + length + "}");
      }
    }
  }

  @Test
  void bodiesInPiecesAreAwaited() throws Exception {
    try (RawConnection connection = new RawConnection(server.port())) {
      connection.send(post("Content-Length: 12", "quick"));
      connection.send("ly");
      connection.send(" done");
      assertThat(connection.readAnswer()).endsWith("quickly done");
      connection.send(post("Transfer-Encoding: chunked", chunked("quickly done", 3)));
      assertThat(connection.readAnswer()).endsWith("quickly done");
    }
  }

  @Test
  void bodiesThatAreTooLongToBeQuickAreNotLookedAt() throws Exception {
    String body = "quickly" + "x".repeat(8_186);
    try (RawConnection connection = new RawConnection(server.port())) {
      connection.send(post("Transfer-Encoding: chunked", chunked(body, 4_000)));
      assertThat(connection.readAnswer()).contains("\"body\":8193}");
      connection.send(post("Content-Encoding: gzip\r\nContent-Length: 7", "quickly"));
      assertThat(connection.readAnswer()).startsWith("HTTP/1.1 415");
    }
  }

  private static String post(String header, String body) {
    return "POST /graphql HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
        + header
        + "\r\n\r\n"
        + body;
  }

  private static String chunked(String body, int size) {
    StringBuilder chunks = new StringBuilder();
    for (int from = 0; from < body.length(); from += size) {
      String chunk = body.substring(from, Math.min(body.length(), from + size));
      chunks
          .append(Integer.toHexString(chunk.length()))
          .append("\r\n")
          .append(chunk)
          .append("\r\n");
    }
    return chunks.append("0\r\n\r\n").toString();
  }
}
