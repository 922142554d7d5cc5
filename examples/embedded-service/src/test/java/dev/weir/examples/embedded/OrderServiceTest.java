package dev.weir.examples.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.kafka.EmbeddedKafka;
import dev.weir.kafka.Options;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OrderServiceTest {

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private final HttpClient http = HttpClient.newHttpClient();

  @Test
  void twoInstancesShareOrdersAndRemarks(@TempDir Path directory) throws Exception {
    try (EmbeddedKafka kafka = EmbeddedKafka.start(Options.in(directory.resolve("kafka")))) {
      SampleOrders.publish(kafka.bootstrapServers(), 30);
      try (OrderService one =
              OrderService.start(kafka.bootstrapServers(), directory.resolve("one"), 0);
          OrderService two =
              OrderService.start(kafka.bootstrapServers(), directory.resolve("two"), 0)) {
        for (OrderService service : List.of(one, two)) {
          Awaitility.await()
              .atMost(PATIENCE)
              .untilAsserted(
                  () -> {
                    for (int id = 1; id <= 30; id++) {
                      assertThat(get(service, "/orders/" + id).statusCode()).isEqualTo(200);
                    }
                  });
          assertThat(get(service, "/orders/31").statusCode()).isEqualTo(404);
          assertThat(get(service, "/orders/x").statusCode()).isEqualTo(404);
        }

        assertThat(put(one, "/orders/7/remark", "to the back door")).isEqualTo(204);
        assertThat(get(two, "/orders/7").body())
            .isEqualTo(
                "{\"id\":7,\"customer\":\"customer-2\",\"cents\":1750,"
                    + "\"remark\":\"to the back door\"}");
        assertThat(get(two, "/orders?from=28").body())
            .startsWith("[{\"id\":28,")
            .endsWith("{\"id\":30,\"customer\":\"customer-0\",\"cents\":7500}]");
      }
    }
  }

  private HttpResponse<String> get(OrderService service, String path)
      throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(URI.create(service.url() + path)).build(), BodyHandlers.ofString());
  }

  private int put(OrderService service, String path, String body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(service.url() + path))
            .PUT(BodyPublishers.ofString(body))
            .build();
    return http.send(request, BodyHandlers.discarding()).statusCode();
  }
}
