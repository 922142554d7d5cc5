package dev.weir.query.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.store.Refusal;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whole ranges as lines, to clients that read, leave, or are let down. */
class StreamTest {
  private static final int COUNT = 30_000;
  private static final String STREAM =
      String.join(
          "\r\n",
          "GET /v1/collections/person/documents HTTP/1.1",
          "Host: x",
          "Accept: application/x-ndjson",
          "",
          "");
  private TestServer server;

  @BeforeEach
  void start() throws Exception {
    server = new TestServer();
    String document = "{\"text\":\"" + "x".repeat(500) + "\"}";
    for (long i = 0; i < COUNT; i++) {
      server.ingest("person", i, document);
    }
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private InputStream open(String query) throws Exception {
    HttpResponse<InputStream> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(
                        URI.create(
                            "http://127.0.0.1:"
                                + server.port()
                                + "/v1/collections/person/documents"
                                + query))
                    .header("Accept", "application/x-ndjson")
                    .build(),
                HttpResponse.BodyHandlers.ofInputStream());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/x-ndjson");
    return answer.body();
  }

  @Test
  void everythingComesInOrder() throws Exception {
    ObjectMapper mapper = new ObjectMapper();
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(open(""), StandardCharsets.UTF_8))) {
      for (long i = 0; i < COUNT; i++) {
        assertThat(mapper.readTree(lines.readLine()).path("key").asLong()).isEqualTo(i);
      }
      assertThat(lines.readLine()).isNull();
    }
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(open("?order=desc&limit=3"), StandardCharsets.UTF_8))) {
      assertThat(lines.lines()).hasSize(3).first().asString().contains("\"key\":" + (COUNT - 1));
    }
  }

  /** As many clients as scans are allowed leave in the middle, and the next one is served. */
  @Test
  void aClientThatLeavesStopsTheWork() throws Exception {
    for (int i = 0; i < HttpSettings.Capacity.defaults().lanes().get(Lane.SCATTER).running(); i++) {
      try (RawConnection connection = new RawConnection(server.port())) {
        connection.send(STREAM);
        assertThat(connection.readSome(new byte[4096])).isPositive();
      }
    }
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> server.get("/v1/collections/person/documents").statusCode() == 200);
  }

  @Test
  void aStreamThatCannotBeCompletedBreaksOff() throws Exception {
    try (RawConnection connection = new RawConnection(server.port())) {
      connection.send(STREAM);
      assertThat(connection.readSome(new byte[4096])).isPositive();
      server.database.refuse(new Refusal.Rebalancing(1, "moving"));
      String rest;
      try {
        rest = connection.readToEnd();
      } catch (IOException e) {
        rest = "";
      }
      assertThat(rest).doesNotEndWith("\r\n0\r\n\r\n");
    }
  }

  @Test
  void aPageEndsWhenItWeighsEnough() {
    var page = server.request().get("/v1/collections/person/documents?limit=10000").jsonPath();
    assertThat(page.getList("items").size()).isBetween(8_000, 9_999);
    assertThat(page.getString("cursor")).isNotNull();
  }
}
