package dev.weir.query.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.weir.query.LocalNode.Readiness;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ShutdownTest {

  @Test
  void readinessIsWhatTheNodeSays() {
    try (TestServer server = new TestServer()) {
      assertThat(server.get("/healthz/ready").statusCode()).isEqualTo(200);
      server.readiness = new Readiness(false, List.of("shard 3 has no owner"));
      assertThat(server.get("/healthz/ready").statusCode()).isEqualTo(503);
      assertThat(server.get("/healthz/ready").body()).contains("shard 3 has no owner");
      assertThat(server.get("/healthz/live").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void whatIsBeingAnsweredIsFinishedAndNothingNewIsTaken() throws Exception {
    TestServer server = new TestServer();
    String path = TestServer.document("note", "last");
    try (RawConnection slow = new RawConnection(server.port());
        RawConnection kept = new RawConnection(server.port())) {
      kept.send("GET /healthz/ready HTTP/1.1\r\nHost: x\r\n\r\n");
      assertThat(kept.readAnswer()).startsWith("HTTP/1.1 200 ");
      CompletableFuture<Void> held = server.holdWrites();
      slow.send(
          "PUT "
              + path
              + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
              + "Content-Length: 1\r\n\r\n1");
      await().atMost(Duration.ofSeconds(20)).until(server::isHolding);

      CompletableFuture<Void> closing = CompletableFuture.runAsync(server::close);
      await().atMost(Duration.ofSeconds(20)).until(() -> !server.accepts());
      assertThat(closing).isNotDone();
      held.complete(null);

      assertThat(slow.readAnswer()).startsWith("HTTP/1.1 201 ");
      closing.join();
      assertThatThrownBy(() -> new RawConnection(server.port())).isInstanceOf(IOException.class);
    }
  }
}
