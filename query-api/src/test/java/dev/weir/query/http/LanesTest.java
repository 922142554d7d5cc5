package dev.weir.query.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Each kind of work has a capacity of its own, and says 429 when it is used up. */
class LanesTest {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final String NOTE = "/v1/collections/note/documents/";

  private static final String STREAM =
      "GET /v1/collections/note/documents HTTP/1.1\r\nHost: x\r\nAccept: "
          + MediaTypes.NDJSON
          + "\r\n\r\n";

  private static HttpSettings with(Lane lane, HttpSettings.Queue queue) {
    HttpSettings defaults = HttpSettings.defaults("127.0.0.1", 0);
    return new HttpSettings(
        "127.0.0.1",
        0,
        defaults.limits(),
        defaults.timeouts(),
        defaults.capacity().with(lane, queue));
  }

  private static RawConnection put(TestServer server, int number) throws IOException {
    return new RawConnection(server.port())
        .send(
            "PUT "
                + NOTE
                + number
                + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                + "Content-Length: 1\r\n\r\n1");
  }

  private static double metric(TestServer server, String name) {
    return server
        .get("/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith(name + "{lane=\"write\"}"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aFullLaneRefusesAtOnceAndLeavesTheOthersAlone() throws Exception {
    HttpSettings.Queue queue = new HttpSettings.Queue(2, 1, Duration.ofMinutes(5));
    try (TestServer server = new TestServer(with(Lane.WRITE, queue))) {
      CompletableFuture<Void> release = server.holdWrites();
      List<RawConnection> held = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        held.add(put(server, i));
      }
      await().atMost(SOON).until(() -> metric(server, "weir_http_lane_waiting") == 1);
      assertThat(metric(server, "weir_http_lane_running")).isEqualTo(2);

      try (RawConnection tooMany = put(server, 4)) {
        assertThat(tooMany.readAnswer())
            .startsWith("HTTP/1.1 429 ")
            .contains("Retry-After: 1", "https://weir.dev/problems/overloaded", "writes", NOTE + 4);
      }
      assertThat(metric(server, "weir_http_lane_refused_total")).isEqualTo(1);
      assertThat(server.get(NOTE + "none").statusCode()).isEqualTo(404);
      assertThat(server.get("/v1/collections/note/documents").statusCode()).isEqualTo(200);

      release.complete(null);
      for (RawConnection connection : held) {
        try (connection) {
          assertThat(connection.readAnswer()).startsWith("HTTP/1.1 201 ");
        }
      }
      await().atMost(SOON).until(() -> metric(server, "weir_http_lane_running") == 0);
    }
  }

  @Test
  void whoWaitsTooLongIsRefused() throws Exception {
    HttpSettings.Queue queue = new HttpSettings.Queue(1, 5, Duration.ofMillis(20));
    try (TestServer server = new TestServer(with(Lane.WRITE, queue))) {
      CompletableFuture<Void> release = server.holdWrites();
      try (RawConnection first = put(server, 1)) {
        await().atMost(SOON).until(server::isHolding);
        try (RawConnection second = put(server, 2)) {
          assertThat(second.readAnswer()).startsWith("HTTP/1.1 429 ");
        }
        release.complete(null);
        assertThat(first.readAnswer()).startsWith("HTTP/1.1 201 ");
      }
      assertThat(server.get(NOTE + "2").statusCode()).isEqualTo(404);
    }
  }

  @Test
  void clientsThatDoNotReadTheirScansDoNotHoldUpGets() throws Exception {
    HttpSettings.Queue queue = new HttpSettings.Queue(200, 0, Duration.ZERO);
    try (TestServer server = new TestServer(with(Lane.SCATTER, queue))) {
      String large = "\"" + "x".repeat(20_000) + "\"";
      for (int i = 0; i < 200; i++) {
        server.putJson(NOTE + i, large);
      }
      List<RawConnection> deaf = new ArrayList<>();
      for (int i = 0; i < 150; i++) { // more than the server has threads
        deaf.add(new RawConnection(server.port(), 4096).send(STREAM));
      }
      String running = "weir_http_lane_running{lane=\"scatter\"} 150";
      await().atMost(SOON).until(() -> server.get("/metrics").body().contains(running));
      assertThat(server.get(NOTE + "1").statusCode()).isEqualTo(200);
      for (RawConnection connection : deaf) {
        connection.close();
      }
    }
  }

  @Test
  void bodiesThatWouldNotFitInMemoryAreRefusedUnread() throws Exception {
    HttpSettings defaults = HttpSettings.defaults("127.0.0.1", 0);
    HttpSettings.Capacity capacity = defaults.capacity();
    HttpSettings settings =
        new HttpSettings(
            "127.0.0.1",
            0,
            defaults.limits(),
            defaults.timeouts(),
            new HttpSettings.Capacity(
                100,
                128,
                16 << 10,
                1_000,
                capacity.pageBytes(),
                capacity.doorPatience(),
                capacity.lanes()));
    String head = "PUT " + NOTE + "b HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n";
    try (TestServer server = new TestServer(settings);
        RawConnection slow = new RawConnection(server.port());
        RawConnection late = new RawConnection(server.port())) {
      slow.send(head + "Content-Length: 900\r\n\r\n\"");
      await()
          .atMost(SOON)
          .until(
              () -> {
                late.send(head + "Content-Length: 200\r\n\r\n\"" + "x".repeat(198) + "\"");
                return late.readAnswer().startsWith("HTTP/1.1 429 ");
              });
      slow.send("x".repeat(898) + "\"");
      assertThat(slow.readAnswer()).startsWith("HTTP/1.1 20");
      await().atMost(SOON).until(() -> server.putJson(NOTE + "c", "1").statusCode() == 201);
    }
  }
}
