package dev.weir.query.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.store.CollectionDefinition;
import dev.weir.store.CollectionDefinition.Writer;
import dev.weir.store.Key;
import dev.weir.store.KeyType;
import dev.weir.store.Operation;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Server-sent events as a client reads them. */
@Timeout(60)
class ChangesRouteTest {
  private final TestServer server = new TestServer();
  private final CollectionDefinition kept =
      server.database.add(
          new CollectionDefinition(0, "kept", KeyType.Scalar.STRING, "json", Writer.API, null, 1)
              .keeping(100));
  private final HttpClient client = HttpClient.newHttpClient();

  /** An event as it stands in the stream. */
  private record Sent(String event, String id, String data) {}

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void documentsComeFirstAndThenEveryChange() throws Exception {
    put("a", "{\"n\":1}");
    try (Stream stream = follow("", null)) {
      assertThat(stream.next().data()).contains("\"key\":\"a\"", "\"document\":{\"n\":1}");
      assertThat(stream.next().event()).isEqualTo("complete");
      put("b", "{\n\"n\":2}");
      Sent put = stream.next();
      assertThat(put.event()).isEqualTo("put");
      assertThat(put.data()).contains("\"key\":\"b\"", "\"version\":\"0-");
      remove("a");
      Sent removed = stream.next();
      assertThat(removed.event()).isEqualTo("remove");
      assertThat(removed.data()).contains("\"key\":\"a\"").doesNotContain("document");
    }
  }

  @Test
  void whoComesBackGoesOnBehindTheLastEvent() throws Exception {
    String id;
    try (Stream stream = follow("", null)) {
      assertThat(stream.next().event()).isEqualTo("complete");
      put("a", "1");
      put("b", "2");
      id = stream.next().id();
    }
    put("c", "3");
    try (Stream stream = follow("", id)) {
      List<String> keys = new ArrayList<>();
      keys.add(stream.next().data());
      keys.add(stream.next().data());
      assertThat(keys.toString()).contains("\"b\"", "\"c\"").doesNotContain("\"a\"");
    }
    try (Stream stream = follow("?after=" + id, null)) {
      assertThat(stream.next().event()).isEqualTo("put");
    }
  }

  @Test
  void oneKeyOrThoseThatMatch() throws Exception {
    put("a", "{\"n\":1}");
    put("b", "{\"n\":2}");
    try (Stream one = follow("?key=b", null);
        Stream some = follow("?filter=%7B%22n%22:%7B%22gt%22:1%7D%7D", null)) {
      assertThat(one.next().data()).contains("\"b\"");
      assertThat(one.next().event()).isEqualTo("complete");
      assertThat(some.next().data()).contains("\"b\"");
      assertThat(some.next().event()).isEqualTo("complete");
      put("b", "{\"n\":0}");
      assertThat(one.next().event()).isEqualTo("put");
      assertThat(some.next().event()).isEqualTo("remove");
    }
  }

  @Test
  void whatCannotBeFollowedIsAProblem() throws Exception {
    assertThat(problem("/v1/collections/note/changes", null)).contains("changes-not-kept");
    assertThat(problem("/v1/collections/nothing/changes", null)).contains("unknown-collection");
    assertThat(problem("/v1/collections/kept/changes", "rubbish")).contains("invalid-cursor");
    assertThat(problem("/v1/collections/kept/changes?key=a&prefix=b", null))
        .contains("invalid-parameter");
    assertThat(
            problem("/v1/collections/kept/changes?filter=%7B%22n%22:%7B%22gt%22:true%7D%7D", null))
        .contains("invalid-expression");
    String id;
    try (Stream stream = follow("", null)) {
      id = stream.next().id();
    }
    assertThat(problem("/v1/collections/kept/changes?key=a", id)).contains("invalid-cursor");
    for (int i = 0; i < 2_000; i++) {
      put("k", "1");
    }
    assertThat(problem("/v1/collections/kept/changes", id)).contains("changes-gone");
  }

  @Test
  void whoLeavesIsForgotten() throws Exception {
    try (Stream stream = follow("", null)) {
      assertThat(stream.next().event()).isEqualTo("complete");
      assertThat(server.subscriptions.size()).isEqualTo(1);
    }
    // A connection that is closed shows when something is sent on it.
    await()
        .until(
            () -> {
              put("a", "1");
              return server.subscriptions.size() == 0;
            });
  }

  @Test
  void theEndOfTheNodeIsTold() throws Exception {
    try (Stream stream = follow("", null)) {
      assertThat(stream.next().event()).isEqualTo("complete");
      server.subscriptions.close();
      Sent end = stream.next();
      assertThat(end.event()).isEqualTo("end");
      assertThat(end.data()).contains("shutting-down");
      assertThat(stream.next()).isNull();
    }
  }

  private Stream follow(String query, @Nullable String lastEventId) throws Exception {
    HttpResponse<InputStream> response =
        client.send(
            request("/v1/collections/kept/changes" + query, lastEventId),
            HttpResponse.BodyHandlers.ofInputStream());
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("content-type").orElseThrow())
        .startsWith("text/event-stream");
    return new Stream(response.body());
  }

  private String problem(String path, @Nullable String lastEventId) throws Exception {
    HttpResponse<String> response =
        client.send(request(path, lastEventId), HttpResponse.BodyHandlers.ofString());
    assertThat(response.statusCode()).isBetween(400, 499);
    return response.body();
  }

  private HttpRequest request(String path, @Nullable String lastEventId) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
            .header("Accept", "text/event-stream");
    if (lastEventId != null) {
      request.header("Last-Event-ID", lastEventId);
    }
    return request.build();
  }

  private void put(String key, String json) {
    server
        .database
        .submit(new Operation.Put(kept.id(), key(key), json.getBytes(StandardCharsets.UTF_8)))
        .join();
  }

  private void remove(String key) {
    server.database.submit(new Operation.Delete(kept.id(), key(key))).join();
  }

  private static Key key(String text) {
    return Key.ofEncoded(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Reads events, and skips what only keeps the connection alive. */
  private static final class Stream implements AutoCloseable {
    private final BufferedReader reader;

    Stream(InputStream body) {
      reader = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
    }

    /** The next event; null = the stream has ended. */
    Sent next() throws IOException {
      String event = "";
      String id = "";
      String data = "";
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (line.startsWith("event: ")) {
          event = line.substring(7);
        } else if (line.startsWith("id: ")) {
          id = line.substring(4);
        } else if (line.startsWith("data: ")) {
          data = line.substring(6);
        } else if (line.isEmpty() && !event.isEmpty()) {
          return new Sent(event, id, data);
        }
      }
      return null;
    }

    @Override
    public void close() throws IOException {
      reader.close();
    }
  }
}
