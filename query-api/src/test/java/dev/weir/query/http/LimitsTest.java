package dev.weir.query.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Requests that are too long, too slow or not HTTP, as bytes on a socket. */
class LimitsTest {
  private static final String HOST = "Host: x\r\n";
  private static TestServer server;

  @BeforeAll
  static void start() {
    HttpSettings defaults = HttpSettings.defaults("127.0.0.1", 0);
    server =
        new TestServer(
            new HttpSettings(
                "127.0.0.1",
                0,
                defaults.limits(),
                new HttpSettings.Timeouts(
                    Duration.ofSeconds(2), Duration.ofSeconds(1), Duration.ofSeconds(5)),
                defaults.capacity()));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static String say(String text) throws IOException {
    try (RawConnection connection = new RawConnection(server.port())) {
      return connection.send(text).readAnswer();
    }
  }

  private static void expect(String answer, int status, String slug) {
    assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
    assertThat(answer).contains("application/problem+json");
    assertThat(answer).contains("https://weir.dev/problems/" + slug);
    assertThat(answer).doesNotContain("jetty").doesNotContain("Exception").doesNotContain("\tat ");
  }

  @Test
  void aUrlOfAnyLengthIsAnswered() throws IOException {
    String get = "GET /v1/collections/note/documents/";
    expect(say(get + "k".repeat(33_000) + " HTTP/1.1\r\n" + HOST + "\r\n"), 400, "invalid-key");
    expect(say(get + "k".repeat(45_000) + " HTTP/1.1\r\n" + HOST + "\r\n"), 414, "uri-too-long");
    expect(say(get + "k".repeat(100_000) + " HTTP/1.1\r\n" + HOST + "\r\n"), 414, "uri-too-long");
    assertThat(say(get + "k".repeat(32_000) + " HTTP/1.1\r\n" + HOST + "\r\n"))
        .startsWith("HTTP/1.1 404 ");
  }

  @Test
  void headersOfAnyLengthAreAnswered() throws IOException {
    String start = "GET /healthz/live HTTP/1.1\r\n" + HOST;
    expect(say(start + "X: " + "y".repeat(100_000) + "\r\n\r\n"), 431, "headers-too-large");
    String many =
        IntStream.range(0, 10_000)
            .mapToObj(i -> "X-" + i + ": y\r\n")
            .collect(Collectors.joining());
    expect(say(start + many + "\r\n"), 431, "headers-too-large");
    assertThat(say(start + "X: " + "y".repeat(10_000) + "\r\n\r\n")).startsWith("HTTP/1.1 200 ");
  }

  @Test
  void whatIsNotHttpIsRefusedAsAProblem() throws IOException {
    expect(say("GET / HTTP/1.1\r\n\r\n"), 400, "malformed-request"); // no Host
    expect(say("GET /\u0000 HTTP/1.1\r\n" + HOST + "\r\n"), 400, "malformed-request");
    expect(
        say("GET /healthz/live HTTP/1.1\r\n" + HOST + "Content-Length: x\r\n\r\n"),
        400,
        "malformed-request");
    expect(
        say(
            "POST /graphql HTTP/1.1\r\n"
                + HOST
                + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\nabc"),
        400,
        "malformed-request");
    String documents = "GET /v1/collections/note/documents";
    expect(say(documents + "/%zz HTTP/1.1\r\n" + HOST + "\r\n"), 400, "malformed-request");
    expect(say(documents + "/%c3%28 HTTP/1.1\r\n" + HOST + "\r\n"), 400, "malformed-request");
    expect(say(documents + "/%c0%af HTTP/1.1\r\n" + HOST + "\r\n"), 400, "malformed-request");
    expect(say(documents + "/% HTTP/1.1\r\n" + HOST + "\r\n"), 400, "malformed-request");
    expect(say(documents + "?limit=%4 HTTP/1.1\r\n" + HOST + "\r\n"), 400, "malformed-request");
    expect(say("BREW /healthz/live HTTP/1.1\r\n" + HOST + "\r\n"), 405, "method-not-allowed");
    assertThat(say("OPTIONS /healthz/live HTTP/1.1\r\n" + HOST + "\r\n"))
        .startsWith("HTTP/1.1 204 ")
        .contains("Allow: GET, HEAD, OPTIONS");
  }

  @Test
  void aBodyThatIsTooLargeIsCutWithoutBeingKept() throws Exception {
    URI put =
        URI.create("http://127.0.0.1:" + server.port() + "/v1/collections/note/documents/big");
    List<HttpRequest.BodyPublisher> bodies = new ArrayList<>();
    bodies.add(HttpRequest.BodyPublishers.ofByteArray(new byte[20 << 20]));
    bodies.add(HttpRequest.BodyPublishers.ofInputStream(() -> new Zeros(20 << 20)));
    for (HttpRequest.BodyPublisher body : bodies) {
      HttpResponse<String> answer =
          HttpClient.newBuilder()
              .version(HttpClient.Version.HTTP_1_1)
              .build()
              .send(
                  HttpRequest.newBuilder(put)
                      .header("Content-Type", "application/json")
                      .PUT(body)
                      .build(),
                  HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(413);
      assertThat(answer.body()).contains("problems/body-too-large").contains("1048576");
    }
    assertThat(server.get("/v1/collections/note/documents/big").statusCode()).isEqualTo(404);
  }

  @Test
  void aBodyThatWaitsForContinueIsRefusedBeforeItIsSent() throws IOException {
    String put = "PUT /v1/collections/note/documents/x HTTP/1.1\r\n" + HOST;
    String answer =
        say(
            put
                + "Content-Type: application/json\r\nContent-Length: 30000000\r\n"
                + "Expect: 100-continue\r\n\r\n");
    expect(answer, 413, "body-too-large");
    expect(
        say(
            "PUT /v1/collections/no/documents/x HTTP/1.1\r\n"
                + HOST
                + "Content-Type: application/json\r\nContent-Length: 30\r\n"
                + "Expect: 100-continue\r\n\r\n"),
        404,
        "unknown-collection");
  }

  @Test
  void aCompressedBodyIsRefused() {
    server
        .request()
        .contentType("application/json")
        .header("Content-Encoding", "gzip")
        .body(new byte[] {31, (byte) 139})
        .put("/v1/collections/note/documents/zip")
        .then()
        .statusCode(415);
  }

  @Test
  void slowHeadsAndBodiesAreCutWhileOthersAreAnswered() throws Exception {
    List<RawConnection> slow = new ArrayList<>();
    String put = "PUT /v1/collections/note/documents/s HTTP/1.1\r\n" + HOST;
    for (int i = 0; i < 150; i++) {
      slow.add(new RawConnection(server.port()).send("GET /healthz/live HTTP/1.1\r\nHo"));
      slow.add(
          new RawConnection(server.port())
              .send(put + "Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{"));
    }
    assertThat(server.get("/healthz/live").statusCode()).isEqualTo(200);
    assertThat(server.putJson("/v1/collections/note/documents/q", "1").statusCode()).isEqualTo(201);
    for (RawConnection connection : slow) {
      try (connection) {
        String rest = connection.readToEnd();
        assertThat(rest).doesNotStartWith("HTTP/1.1 2");
      }
    }
  }

  @Test
  void aHeadThatTricklesIsCut() throws Exception {
    try (RawConnection connection = new RawConnection(server.port())) {
      connection.send("GET /healthz/live HTTP/1.1\r\nX: ");
      trickle(connection);
    }
  }

  @Test
  void aBodyThatTricklesIsCut() throws Exception {
    try (RawConnection connection = new RawConnection(server.port())) {
      connection.send(
          "PUT /v1/collections/note/documents/s HTTP/1.1\r\n"
              + HOST
              + "Content-Type: application/json\r\nContent-Length: 10000\r\n\r\n");
      trickle(connection);
    }
  }

  /** Reads a little now and then, often enough for any idle timeout, until the server gives up. */
  @Test
  void aStreamThatIsReadTooSlowlyIsCut() throws Exception {
    String large = "{\"text\":\"" + "x".repeat(1_000_000) + "\"}";
    for (long i = 0; i < 30; i++) {
      server.ingest("person", i, large);
    }
    try (RawConnection connection = new RawConnection(server.port(), 4_096)) {
      connection.send(
          "GET /v1/collections/person/documents HTTP/1.1\r\n"
              + HOST
              + "Accept: application/x-ndjson\r\n\r\n");
      String gone =
          "outcome=\"CLIENT_GONE\",status=\"499\",uri=\"/v1/collections/{collection}/documents\"";
      org.awaitility.Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .pollInterval(Duration.ofMillis(100))
          .until(
              () -> {
                connection.readSome(new byte[100]);
                return server.metrics.scrape().contains(gone);
              });
    }
  }

  /** Sends a byte now and then, often enough for any idle timeout, until the server hangs up. */
  private static void trickle(RawConnection connection) throws Exception {
    org.awaitility.Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(200))
        .until(
            () -> {
              try {
                connection.send("1");
                return false;
              } catch (IOException e) {
                return true;
              }
            });
  }

  /** So many zeros, made as they are read. */
  private static final class Zeros extends InputStream {
    private int left;

    Zeros(int count) {
      this.left = count;
    }

    @Override
    public int read() {
      return left-- > 0 ? 0 : -1;
    }

    @Override
    public int read(byte[] into, int from, int length) {
      if (left <= 0) {
        return -1;
      }
      int n = Math.min(left, length);
      left -= n;
      return n;
    }
  }
}
