package dev.weir.query.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients that leave while they wait, or say how long they do. */
@Timeout(60)
class ClientTest {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final String NOTE = "/v1/collections/note/documents/";
  private static final String WAITING = "weir_http_lane_waiting{lane=\"write\"} ";

  private TestServer server;
  private CompletableFuture<Void> release;
  private RawConnection first;

  /** A server with room for one write, which is there and waits. */
  @BeforeEach
  void start() throws IOException {
    HttpSettings defaults = HttpSettings.defaults("127.0.0.1", 0);
    HttpSettings.Queue queue = new HttpSettings.Queue(1, 10, Duration.ofMinutes(5));
    server =
        new TestServer(
            new HttpSettings(
                "127.0.0.1",
                0,
                defaults.limits(),
                defaults.timeouts(),
                defaults.capacity().with(Lane.WRITE, queue)));
    release = server.holdWrites();
    first = new RawConnection(server.port()).send(put("first", ""));
    await().atMost(SOON).until(server::isHolding);
  }

  @AfterEach
  void stop() throws IOException {
    first.close();
    server.close();
  }

  private static String put(String key, String header) {
    return "PUT "
        + NOTE
        + key
        + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
        + header
        + "Content-Length: 1\r\n\r\n1";
  }

  private void awaitWaiting(int count) {
    await()
        .atMost(SOON)
        .until(() -> server.get("/metrics").body().contains(WAITING + count + ".0"));
  }

  /**
   * All connections are looked at in rounds: two that were noticed one after the other took two.
   */
  private void awaitLook() throws IOException {
    int before = server.clientsGone();
    new RawConnection(server.port()).send(put("other", "")).close();
    await().atMost(SOON).until(() -> server.clientsGone() > before);
    new RawConnection(server.port()).send(put("other", "")).close();
    await().atMost(SOON).until(() -> server.clientsGone() > before + 1);
  }

  @Test
  void theWorkOfAClientThatLeftIsNotBegun() throws Exception {
    RawConnection leaving = new RawConnection(server.port()).send(put("left", ""));
    awaitWaiting(1);
    RawConnection staying = new RawConnection(server.port()).send(put("stayed", ""));
    awaitWaiting(2);
    leaving.close();
    await().atMost(SOON).until(() -> server.clientsGone() == 1);

    release.complete(null);
    try (staying) {
      assertThat(staying.readAnswer()).startsWith("HTTP/1.1 201 ");
    }
    assertThat(server.get(NOTE + "left").statusCode()).isEqualTo(404);
  }

  /** ksql #9161, from a client. */
  @Test
  void whatIsTooLateIsNotBegun() throws Exception {
    try (RawConnection late =
        new RawConnection(server.port()).send(put("late", "Weir-Timeout: 1ms\r\n"))) {
      awaitWaiting(1);
      release.complete(null);
      assertThat(late.readAnswer())
          .startsWith("HTTP/1.1 504 ")
          .contains("https://weir.dev/problems/deadline-exceeded");
    }
    assertThat(server.get(NOTE + "late").statusCode()).isEqualTo(404);
    assertThat(first.readAnswer()).startsWith("HTTP/1.1 201 ");
  }

  /** Watching for the end of a connection must not swallow what comes on it. */
  @Test
  void requestsSentAheadAreAnsweredInTurn() throws Exception {
    String get = "GET " + NOTE + "first HTTP/1.1\r\nHost: x\r\n\r\n";
    first.send(get.substring(0, 10));
    awaitLook();
    first.send(get.substring(10) + put("second", "") + get.substring(0, 20));
    awaitLook();
    release.complete(null);
    assertThat(first.readAnswer()).startsWith("HTTP/1.1 201 ");
    assertThat(first.readAnswer()).startsWith("HTTP/1.1 200 ");
    assertThat(first.readAnswer()).startsWith("HTTP/1.1 201 ");
    first.send(get.substring(20));
    assertThat(first.readAnswer()).startsWith("HTTP/1.1 200 ");
  }

  @Test
  void aTimeoutThatIsNoneIsRefused() {
    for (String text : new String[] {"5", "0ms", "-1s", "1.5s", "soon", "10000000000ms", ""}) {
      server
          .request()
          .header(Client.TIMEOUT, text)
          .get(NOTE + "x")
          .then()
          .statusCode(400)
          .body("type", org.hamcrest.Matchers.endsWith("/invalid-header"));
    }
    server.request().header(Client.TIMEOUT, " 5s ").get(NOTE + "x").then().statusCode(404);
    release.complete(null);
  }
}
