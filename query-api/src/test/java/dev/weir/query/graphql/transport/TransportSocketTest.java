package dev.weir.query.graphql.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.store.CollectionDefinition;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The sub-protocol graphql-transport-ws, point by point. */
@Timeout(60)
class TransportSocketTest {
  private static final String PROTOCOL = "graphql-transport-ws";
  private static final String FOLLOW =
      "subscription { keptChanges { kind key cursor node { document { n } } } }";

  private final LiveServer server = new LiveServer();
  private final CollectionDefinition kept = server.collection("kept", 100);

  @AfterEach
  void close() {
    server.close();
  }

  /** Questions, writes and changes on one WebSocket: ksql #4476, #5407. */
  @Test
  void severalOperationsShareASocket() throws Exception {
    server.put(kept, "a", "{\"n\":1}");
    try (SocketClient client = SocketClient.introduced(server.socket())) {
      client.subscribe("follow", FOLLOW);
      assertThat(event(client.next(), "follow").path("kind").asText()).isEqualTo("ROW");
      assertThat(event(client.next(), "follow").path("kind").asText()).isEqualTo("COMPLETE");
      client.subscribe("ask", "{ kept(key: \"a\") { document { n } } }");
      JsonNode answer = client.next();
      assertThat(answer.at("/payload/data/kept/document/n").asInt()).isEqualTo(1);
      client.expect("{\"id\":\"ask\",\"type\":\"complete\"}");
      client.subscribe("write", "mutation { putKept(key: \"b\", document: {n: 2}) { version } }");
      Set<String> told = new HashSet<>();
      for (int i = 0; i < 3; i++) { // the write's result and end, and the event, in any order
        JsonNode next = client.next();
        told.add(next.path("id").asText() + " " + next.path("type").asText());
      }
      assertThat(told).containsExactlyInAnyOrder("follow next", "write next", "write complete");
      client.send("{\"id\":\"follow\",\"type\":\"complete\"}");
      await().until(() -> server.subscriptions.size() == 0);
      client.subscribe("follow", FOLLOW); // the id is free again
      assertThat(event(client.next(), "follow").path("kind").asText()).isEqualTo("ROW");
    }
    await().until(() -> server.subscriptions.size() == 0);
  }

  private static JsonNode event(JsonNode message, String id) {
    assertThat(message.path("id").asText()).isEqualTo(id);
    assertThat(message.path("type").asText()).as(message.toString()).isEqualTo("next");
    return message.at("/payload/data/keptChanges");
  }

  @Test
  void whatIsRefusedIsAnErrorOfTheOperation() throws Exception {
    try (SocketClient client = SocketClient.introduced(server.socket())) {
      client.subscribe("1", "subscription { nothing { kind } }");
      assertThat(error(client.next())).isEqualTo("1 GRAPHQL_VALIDATION_FAILED");
      client.subscribe("2", "{");
      assertThat(error(client.next())).isEqualTo("2 GRAPHQL_PARSE_FAILED");
      client.subscribe("3", "subscription { keptChanges(after: \"x\") { kind } }");
      assertThat(error(client.next())).isEqualTo("3 BAD_USER_INPUT");
      client.subscribe("4", "{ keptRange(first: 1000) { edges { node { key } } } " + "x".repeat(9));
      assertThat(error(client.next())).startsWith("4 ");
      for (int i = 0; i < 100; i++) {
        client.subscribe("many" + i, FOLLOW);
      }
      for (int i = 0; i < 100; i++) {
        assertThat(client.next().path("type").asText()).isEqualTo("next");
      }
      client.subscribe("5", FOLLOW);
      assertThat(error(client.next())).isEqualTo("5 LIMIT_EXCEEDED");
    }
  }

  private static String error(JsonNode message) {
    assertThat(message.path("type").asText()).as(message.toString()).isEqualTo("error");
    return message.path("id").asText() + " " + message.at("/payload/0/extensions/code").asText();
  }

  @Test
  void bothSidesMayPing() throws Exception {
    try (SocketClient client = SocketClient.open(server.socket(), PROTOCOL, List.of())) {
      client.send("{\"type\":\"ping\"}");
      client.expect("{\"type\":\"pong\"}");
      client.send("{\"type\":\"ping\",\"payload\":{\"a\":1}}");
      client.expect("{\"type\":\"pong\",\"payload\":{\"a\":1}}");
      client.send("{\"type\":\"pong\"}");
      client.send("{\"type\":\"connection_init\",\"payload\":{\"any\":\"thing\"}}");
      client.expect("{\"type\":\"connection_ack\"}");
      client.send("{\"id\":\"unknown\",\"type\":\"complete\"}");
      assertThat(client.close(true)).startsWith("1000");
    }
  }

  @Test
  void whatIsNoMessageClosesTheSocket() throws Exception {
    for (String bad :
        List.of(
            "rubbish",
            "[]",
            "{}",
            "{\"type\":7}",
            "{\"type\":\"start\"}",
            "{\"type\":\"ping\",\"payload\":1}",
            "{\"type\":\"connection_init\",\"payload\":\"x\"}",
            "{\"type\":\"subscribe\",\"payload\":{\"query\":\"{a}\"}}",
            "{\"id\":\"\",\"type\":\"subscribe\",\"payload\":{\"query\":\"{a}\"}}",
            "{\"id\":\"1\",\"type\":\"subscribe\"}",
            "{\"type\":\"complete\"}")) {
      try (SocketClient client = SocketClient.open(server.socket(), PROTOCOL, List.of())) {
        client.send(bad);
        assertThat(client.close(false)).as(bad).startsWith("4400 ");
      }
    }
    for (String bad : List.of("{}", "{\"query\":1}", "{\"query\":\"{a}\",\"variables\":[]}")) {
      try (SocketClient client = SocketClient.introduced(server.socket())) {
        client.send("{\"id\":\"1\",\"type\":\"subscribe\",\"payload\":" + bad + "}");
        assertThat(client.close(false)).as(bad).startsWith("4400 ");
      }
    }
    try (SocketClient client = SocketClient.introduced(server.socket())) {
      client.socket().sendBinary(ByteBuffer.allocate(3), true).join();
      assertThat(client.close(false)).startsWith("4400 ");
    }
  }

  @Test
  void strangersAndRepetitionsAreTurnedAway() throws Exception {
    try (SocketClient stranger = SocketClient.open(server.socket(), PROTOCOL, List.of());
        SocketClient silent = SocketClient.open(server.socket(), PROTOCOL, List.of());
        SocketClient twice = SocketClient.introduced(server.socket());
        SocketClient same = SocketClient.introduced(server.socket());
        SocketClient other = SocketClient.open(server.socket(), "graphql-ws", List.of());
        SocketClient none = SocketClient.open(server.socket(), "", List.of())) {
      stranger.subscribe("1", FOLLOW);
      assertThat(stranger.close(false)).isEqualTo("4401 Unauthorized");
      twice.send("{\"type\":\"connection_init\"}");
      assertThat(twice.close(false)).isEqualTo("4429 Too many initialisation requests");
      same.subscribe("x", FOLLOW);
      same.subscribe("x", FOLLOW);
      assertThat(same.close(false)).isEqualTo("4409 Subscriber for x already exists");
      assertThat(other.close(false)).isEqualTo("4406 Subprotocol not acceptable");
      assertThat(none.close(false)).isEqualTo("4406 Subprotocol not acceptable");
      assertThat(silent.close(false)).isEqualTo("4408 Connection initialisation timeout");
    }
    await().until(() -> server.subscriptions.size() == 0);
  }

  @Test
  void foreignPagesGetNoSocket() throws Exception {
    String own = server.url().replace("/graphql", "");
    try (SocketClient client =
        SocketClient.open(server.socket(), PROTOCOL, List.of("Origin", own))) {
      client.send("{\"type\":\"connection_init\"}");
      client.expect("{\"type\":\"connection_ack\"}");
    }
    for (String foreign :
        List.of("https://example.com", "null", "http://127.0.0.1", own + ".example.com", "%")) {
      assertThatThrownBy(
              () -> SocketClient.open(server.socket(), PROTOCOL, List.of("Origin", foreign)))
          .as(foreign)
          .isInstanceOf(CompletionException.class);
    }
  }

  @Test
  void aMessageThatIsTooLongIsNotKept() throws Exception {
    try (SocketClient client = SocketClient.introduced(server.socket())) {
      String piece = " ".repeat(1 << 20);
      try {
        for (int i = 0; i < 6; i++) {
          client.socket().sendText(piece, false).join();
        }
      } catch (CompletionException e) {
        // the server has closed its side already
      }
      assertThat(client.close(false)).matches("1009 .*|broken: .*");
    }
  }

  @Test
  void theEndOfTheNodeIsTold() throws Exception {
    try (SocketClient client = SocketClient.introduced(server.socket());
        SocketClient idle = SocketClient.introduced(server.socket())) {
      client.subscribe("1", FOLLOW);
      assertThat(event(client.next(), "1").path("kind").asText()).isEqualTo("COMPLETE");
      server.close();
      assertThat(error(client.next())).isEqualTo("1 UNAVAILABLE");
      assertThat(client.close(false)).isEqualTo("1001 The node is closing.");
      assertThat(idle.close(false)).isEqualTo("1001 The node is closing.");
    }
  }

  @Test
  void whoTakesNothingHoldsUpNobodyAndMissesNothing() throws Exception {
    CollectionDefinition wide = server.collection("wide", 100_000);
    try (SocketClient slow = SocketClient.introduced(server.socket())) {
      slow.subscribe("1", "subscription { wideChanges { node { key json } } }");
      assertThat(slow.next().at("/payload/data/wideChanges/node").isNull()).isTrue(); // COMPLETE
      String padding = "x".repeat(2_000);
      for (int i = 0; i < 3_000; i++) {
        server.put(wide, "k" + i, "{\"text\":\"" + padding + "\"}");
      }
      Set<String> keys = new HashSet<>();
      while (keys.size() < 3_000) {
        JsonNode message = slow.next();
        assertThat(message.path("type").asText()).as(message.toString()).isEqualTo("next");
        assertThat(keys.add(message.at("/payload/data/wideChanges/node/key").asText())).isTrue();
      }
    }
  }
}
