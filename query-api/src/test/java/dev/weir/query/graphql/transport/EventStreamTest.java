package dev.weir.query.graphql.transport;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.store.CollectionDefinition;
import dev.weir.store.DefinitionChange;
import dev.weir.store.Operation;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Subscriptions, and other operations, as server-sent events. */
@Timeout(60)
class EventStreamTest {
  private static final String ALL =
      "{ kind key version timestamp cursor node { key document { text n } } } }";

  private final LiveServer server = new LiveServer();
  private final CollectionDefinition kept = server.collection("kept", 100);

  @AfterEach
  void close() {
    server.close();
  }

  private EventStream follow(String arguments) throws Exception {
    return EventStream.post(server.url(), "subscription { keptChanges" + arguments + ALL);
  }

  private static JsonNode event(EventStream stream) throws Exception {
    JsonNode result = stream.next();
    assertThat(result.path("errors")).isEmpty();
    return result.path("data").path("keptChanges");
  }

  @Test
  void documentsComeFirstAndThenEveryChange() throws Exception {
    server.put(kept, "a", "{\n\"text\":\"x\\ny\",\"n\":1}");
    try (EventStream stream = follow("")) {
      JsonNode row = event(stream);
      assertThat(row.path("kind").asText()).isEqualTo("ROW");
      assertThat(row.path("key").asText()).isEqualTo("a");
      assertThat(row.path("cursor").isNull()).isTrue();
      assertThat(row.path("node").path("document").path("text").asText()).isEqualTo("x\ny");
      JsonNode complete = event(stream);
      assertThat(complete.path("kind").asText()).isEqualTo("COMPLETE");
      assertThat(complete.path("node").isNull()).isTrue();
      assertThat(complete.path("cursor").asText()).isNotEmpty();
      server.put(kept, "b", "{\"n\":2}");
      JsonNode put = event(stream);
      assertThat(put.path("kind").asText()).isEqualTo("PUT");
      assertThat(put.path("version").asText()).startsWith("0-");
      assertThat(put.path("node").path("document").path("n").asInt()).isEqualTo(2);
      server.remove(kept, "a");
      JsonNode removed = event(stream);
      assertThat(removed.path("kind").asText()).isEqualTo("REMOVE");
      assertThat(removed.path("key").asText()).isEqualTo("a");
      assertThat(removed.path("node").isNull()).isTrue();
      assertThat(removed.path("timestamp").asText()).matches("\\d+");
    }
  }

  @Test
  void whoComesBackGoesOnBehindTheLastEvent() throws Exception {
    String cursor;
    try (EventStream stream = follow("(documents: false)")) {
      assertThat(event(stream).path("kind").asText()).isEqualTo("COMPLETE");
      server.put(kept, "a", "{\"n\":1}");
      server.put(kept, "b", "{\"n\":2}");
      cursor = event(stream).path("cursor").asText();
    }
    server.put(kept, "c", "{\"n\":3}");
    try (EventStream stream = follow("(documents: false, after: \"" + cursor + "\")")) {
      List<String> keys =
          List.of(event(stream).path("key").asText(), event(stream).path("key").asText());
      assertThat(keys).containsExactlyInAnyOrder("b", "c");
    }
  }

  @Test
  void oneKeyOrARangeOrThoseThatMatch() throws Exception {
    server.put(kept, "a", "{\"n\":1}");
    server.put(kept, "b", "{\"n\":2}");
    for (String arguments :
        List.of("(key: \"b\")", "(from: \"b\")", "(prefix: \"b\")", "(where: {n: {gt: 1}})")) {
      try (EventStream stream = follow(arguments)) {
        assertThat(event(stream).path("key").asText()).as(arguments).isEqualTo("b");
        assertThat(event(stream).path("kind").asText()).isEqualTo("COMPLETE");
      }
    }
    try (EventStream stream = follow("(where: {n: {gt: 1}}, documents: false)")) {
      assertThat(event(stream).path("kind").asText()).isEqualTo("COMPLETE");
      server.put(kept, "b", "{\"n\":0}");
      assertThat(event(stream).path("kind").asText()).isEqualTo("REMOVE");
    }
  }

  @Test
  void whatCannotBeFollowedIsAnErrorWithACode() throws Exception {
    server.collection("other", 0);
    expectError("subscription { otherChanges { kind } }", "GRAPHQL_VALIDATION_FAILED");
    expectError("subscription { keptChanges { nothing } }", "GRAPHQL_VALIDATION_FAILED");
    expectError(
        "subscription { keptChanges { kind } again: keptChanges { kind } }",
        "GRAPHQL_VALIDATION_FAILED");
    expectError(
        "subscription { keptChanges @skip(if: true) { kind } }", "GRAPHQL_VALIDATION_FAILED");
    expectError("subscription { __typename }", "GRAPHQL_VALIDATION_FAILED");
    expectError("subscription {", "GRAPHQL_PARSE_FAILED");
    expectError("subscription { keptChanges(after: \"x\") { kind } }", "BAD_USER_INPUT");
    expectError(
        "subscription { keptChanges(key: \"a\", prefix: \"b\") { kind } }", "BAD_USER_INPUT");
    String foreign;
    try (EventStream stream = follow("(key: \"a\")")) {
      foreign = event(stream).path("cursor").asText();
    }
    expectError(
        "subscription { keptChanges(after: \"" + foreign + "\") { kind } }", "BAD_USER_INPUT");
    String old;
    try (EventStream stream = follow("")) {
      old = event(stream).path("cursor").asText();
    }
    for (int i = 0; i < 2_000; i++) {
      server.put(kept, "k", "{}");
    }
    expectError("subscription { keptChanges(after: \"" + old + "\") { kind } }", "CHANGES_GONE");
  }

  private void expectError(String query, String code) throws Exception {
    try (EventStream stream = EventStream.post(server.url(), query)) {
      JsonNode errors = stream.next().path("errors");
      assertThat(errors.path(0).path("extensions").path("code").asText())
          .as(query + errors)
          .isEqualTo(code);
      stream.expectEnd();
    }
  }

  @Test
  void theEndIsTold() throws Exception {
    CollectionDefinition other = server.collection("other", 10);
    try (EventStream dropped =
            EventStream.post(server.url(), "subscription { otherChanges { kind } }");
        EventStream closed = follow("")) {
      assertThat(dropped.next().path("errors")).isEmpty();
      assertThat(event(closed).path("kind").asText()).isEqualTo("COMPLETE");
      server
          .database
          .submit(new Operation.Define(List.of(new DefinitionChange.DropCollection(other.name()))))
          .join();
      assertThat(code(dropped.next())).isEqualTo("NOT_FOUND");
      dropped.expectEnd();
      server.subscriptions.close();
      assertThat(code(closed.next())).isEqualTo("UNAVAILABLE");
      closed.expectEnd();
    }
  }

  private static String code(JsonNode result) {
    return result.path("errors").path(0).path("extensions").path("code").asText();
  }

  @Test
  void thereAreNoMoreThanAreAllowed() throws Exception {
    try (LiveServer small = new LiveServer(server.database, 1);
        EventStream first =
            EventStream.post(small.url(), "subscription { keptChanges { kind } }")) {
      assertThat(first.next().path("errors")).isEmpty();
      try (EventStream second =
          EventStream.post(small.url(), "subscription { keptChanges { kind } }")) {
        assertThat(code(second.next())).isEqualTo("OVERLOADED");
        second.expectEnd();
      }
    }
  }

  @Test
  void otherOperationsHaveOneResult() throws Exception {
    server.put(kept, "a", "{\"n\":1}");
    for (EventStream stream :
        List.of(
            EventStream.get(server.url(), "{ kept(key: \"a\") { document { n } } }"),
            EventStream.post(
                server.url(), "mutation { putKept(key: \"b\", document: {n: 1}) { version } }"))) {
      try (stream) {
        JsonNode result = stream.next();
        assertThat(result.path("errors")).isEmpty();
        assertThat(result.path("data").size()).isEqualTo(1);
        stream.expectEnd();
      }
    }
    try (EventStream stream =
        EventStream.get(server.url(), "mutation { deleteKept(key: \"a\") { key } }")) {
      assertThat(code(stream.next())).isEqualTo("METHOD_NOT_ALLOWED");
      stream.expectEnd();
    }
  }

  @Test
  void aFollowerMayComeByGet() throws Exception {
    try (EventStream stream =
        EventStream.get(server.url(), "subscription { keptChanges { kind } }")) {
      assertThat(event(stream).path("kind").asText()).isEqualTo("COMPLETE");
    }
  }

  @Test
  void followersDoNotTakeTheRoomOfRequests() throws Exception {
    List<EventStream> followers = new java.util.ArrayList<>();
    try {
      for (int i = 0; i < 40; i++) { // more than the lane lets in at once
        EventStream follower = follow("");
        assertThat(event(follower).path("kind").asText()).isEqualTo("COMPLETE");
        followers.add(follower);
      }
      server.put(kept, "z", "{\"n\":9}");
      for (EventStream follower : followers) {
        assertThat(event(follower).path("key").asText()).isEqualTo("z");
      }
    } finally {
      for (EventStream follower : followers) {
        follower.close();
      }
    }
  }
}
