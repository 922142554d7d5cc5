package dev.weir.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Server-sent events as the client reads them. */
class ChangeStreamTest {
  private static final Map<String, String> EVENTS = Map.of("Content-Type", "text/event-stream");

  private RecordingServer server;
  private WeirClient client;

  @BeforeEach
  void start() throws IOException {
    server = new RecordingServer();
    client = WeirClient.at(server.url());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void changesComeOneByOneWithThePlaceBehindThem() {
    server.answers(
        200,
        EVENTS,
        """
        :

        event: row
        data: {"key":"a","document":{"n":1},"version":"0-7","timestamp":5}

        event: complete
        id: first
        data: {}

        id: beat

        event: remove
        id: second
        data: {"key":"a","version":"0-9","timestamp":6}

        """);
    try (ChangeStream stream = client.follow("note", Scan.all().prefix("a"), "before")) {
      assertThat(server.last().uri()).isEqualTo("/v1/collections/note/changes?prefix=a");
      assertThat(server.last().headers().getFirst("Last-Event-ID")).isEqualTo("before");
      Change row = stream.next();
      assertThat(row.kind()).isEqualTo(Change.Kind.ROW);
      assertThat(row.document().path("n").asInt()).isEqualTo(1);
      assertThat(row.version()).isEqualTo("0-7");
      assertThat(row.place()).isEqualTo("before");
      assertThat(stream.next().place()).isEqualTo("first");
      Change removal = stream.next();
      assertThat(removal.kind()).isEqualTo(Change.Kind.REMOVE);
      assertThat(removal.key().asText()).isEqualTo("a");
      assertThat(removal.document().isMissingNode()).isTrue();
      assertThatThrownBy(stream::next).isInstanceOf(UnreachableException.class);
      assertThat(stream.place()).isEqualTo("second");
    }
  }

  @Test
  void whatEndsItIsAProblem() {
    server.answers(
        200,
        EVENTS,
        """
        event: end
        data: {"type":"https://weir.dev/problems/shutting-down","status":503,"title":"Closing"}

        """);
    try (ChangeStream stream = client.follow("note", Scan.all(), "")) {
      assertThatThrownBy(stream::next)
          .isInstanceOfSatisfying(
              ProblemException.class,
              e -> assertThat(e.problem().kind()).isEqualTo("shutting-down"));
    }
    server.answersProblem(410, "changes-gone");
    assertThatThrownBy(() -> client.follow("note", Scan.all(), "old"))
        .isInstanceOfSatisfying(
            ProblemException.class, e -> assertThat(e.problem().kind()).isEqualTo("changes-gone"));
  }
}
