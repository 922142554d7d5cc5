package dev.weir.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SessionTest {
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

  private void answers(String position) {
    server.answers(200, Map.of("Weir-Position", position), "{}");
  }

  @Test
  void aClientSendsTheNewestPositionItWasGiven() {
    answers("first");
    answers("second");
    answers("third");
    client.put("note", "a", JsonNodeFactory.instance.objectNode());
    assertThat(server.last().position()).isEmpty();
    client.get("note", "a");
    assertThat(server.last().position()).isEqualTo("first");
    client.page("note", Scan.all());
    assertThat(server.last().position()).isEqualTo("second");
    assertThat(client.position()).isEqualTo("third");
  }

  @Test
  void aDocumentThatIsMissingWasSeenToo() {
    server.answers(
        404,
        Map.of("Weir-Position", "seen", "Content-Type", "application/problem+json"),
        "{\"type\":\"https://weir.dev/problems/document-not-found\"}");
    assertThat(client.get("note", "a")).isEmpty();
    assertThat(client.position()).isEqualTo("seen");
  }

  @Test
  void aLevelIsSentAndEventualReadsBringNoPosition() {
    answers("first");
    answers("second");
    answers("third");
    client.reading("strong").get("note", "a");
    assertThat(server.last().level()).isEqualTo("strong");
    client.reading("eventual").get("note", "a");
    assertThat(server.last().level()).isEqualTo("eventual");
    assertThat(server.last().position()).isEmpty();
    client.get("note", "a");
    assertThat(server.last().level()).isEmpty();
    assertThat(server.last().position()).as("both were seen").isEqualTo("first,second");
    assertThat(client.position()).isEqualTo("third");
  }

  @Test
  void aSessionGoesOnInAnotherClient() {
    answers("next");
    WeirClient other = client.from("given");
    other.get("note", "a");
    assertThat(server.last().position()).isEqualTo("given");
    assertThat(other.position()).isEqualTo("next");
    assertThat(client.position()).isEmpty();
  }

  @Test
  void aPositionThatTheNodesDoNotKnowIsForgotten() {
    WeirClient old = client.from("old");
    server.answersProblem(409, "foreign-position");
    assertThatThrownBy(() -> old.page("note", Scan.all())).isInstanceOf(ProblemException.class);
    assertThat(old.position()).isEmpty();
  }

  @Test
  void graphQlTakesPartInTheSession() {
    server.answers(200, Map.of(), "{\"extensions\":{\"weir\":{\"position\":\"b\"}}}");
    WeirClient strong = client.from("a").reading("strong");
    strong.graphql("{x}", JsonNodeFactory.instance.objectNode());
    assertThat(server.last().body())
        .contains("\"weir\":{\"consistency\":\"strong\",\"position\":\"a\"}");
    assertThat(strong.position()).isEqualTo("b");
  }
}
