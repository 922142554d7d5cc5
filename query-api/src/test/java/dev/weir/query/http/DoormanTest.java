package dev.weir.query.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Requests that wait for one of the server's own threads. */
class DoormanTest {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final String NOTE = "/v1/collections/note/documents/";
  private static final String GET = "GET " + NOTE + "a HTTP/1.1\r\nHost: x\r\n\r\n";
  private static final String LIVE = "GET /healthz/live HTTP/1.1\r\nHost: x\r\n\r\n";

  /** A server at which every request has waited too long. */
  private static TestServer impatient() {
    HttpSettings defaults = HttpSettings.defaults("127.0.0.1", 0);
    return new TestServer(
        new HttpSettings(
            "127.0.0.1",
            0,
            defaults.limits(),
            defaults.timeouts(),
            defaults.capacity().with(Duration.ofNanos(1))));
  }

  private static double metric(TestServer server, String name) {
    return Stream.of(server.get("/metrics").body().split("\n"))
        .filter(line -> line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .findFirst()
        .orElseThrow();
  }

  private static String ask(RawConnection connection, String request) throws Exception {
    return connection.send(request).readAnswer();
  }

  /** Asks until the line stands. */
  private static void crowd(TestServer server) {
    await()
        .atMost(SOON)
        .until(
            () -> {
              try (RawConnection connection = new RawConnection(server.port())) {
                return ask(connection, GET).startsWith("HTTP/1.1 429 ");
              }
            });
  }

  @Test
  void getsThatWaitedTooLongAreRefusedAndNothingElseIs() throws Exception {
    try (TestServer server = impatient()) {
      crowd(server);
      await()
          .atMost(SOON)
          .untilAsserted(
              () -> {
                try (RawConnection connection = new RawConnection(server.port())) {
                  assertThat(ask(connection, GET))
                      .startsWith("HTTP/1.1 429 ")
                      .contains("Retry-After: 1", "problems/overloaded", "at the door", NOTE + "a");
                }
              });
      try (RawConnection connection = new RawConnection(server.port())) {
        assertThat(ask(connection, LIVE)).startsWith("HTTP/1.1 200 ");
      }
      assertThat(server.putJson(NOTE + "a", "1").statusCode()).isEqualTo(201);
      assertThat(server.get("/v1/collections/note/documents").statusCode()).isEqualTo(200);
      assertThat(metric(server, "weir_http_door_refused_total")).isPositive();
    }
  }

  @Test
  void whoAsksForTheSameAgainTooEarlyWaitsAndWhoAsksForAnythingElseDoesNot() throws Exception {
    try (TestServer server = impatient();
        RawConnection connection = new RawConnection(server.port())) {
      List<String> answers = new ArrayList<>();
      await()
          .atMost(SOON)
          .until(
              () -> {
                answers.add(ask(connection, GET));
                return answers.get(answers.size() - 1).startsWith("HTTP/1.1 429 ");
              });
      assertThat(ask(connection, LIVE)).startsWith("HTTP/1.1 200 ");
      assertThat(metric(server, "weir_http_door_held_total")).isZero();

      assertThat(ask(connection, GET)).startsWith("HTTP/1.1 404 "); // its turn has come
      assertThat(metric(server, "weir_http_door_held_total")).isEqualTo(1);
    }
  }

  @Test
  void whoIsHeldLongerThanHeWaitsIsToldSo() throws Exception {
    String hasty = GET.replace("\r\n\r\n", "\r\nWeir-Timeout: 1ms\r\n\r\n");
    try (TestServer server = impatient();
        RawConnection connection = new RawConnection(server.port())) {
      await().atMost(SOON).until(() -> ask(connection, GET).startsWith("HTTP/1.1 429 "));
      assertThat(ask(connection, hasty)).startsWith("HTTP/1.1 504 ");
    }
  }
}
