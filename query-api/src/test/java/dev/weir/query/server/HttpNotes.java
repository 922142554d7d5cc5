package dev.weir.query.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Notes through the HTTP API. */
final class HttpNotes implements Notes {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final String DOCUMENTS = "/v1/collections/note/documents";

  private final LiveCluster cluster;
  private int asked;

  HttpNotes(LiveCluster cluster) {
    this.cluster = cluster;
  }

  @Override
  public Optional<Boolean> put(String key, int value) {
    HttpResponse<String> answer = atStranger("PUT", key, Integer.toString(value));
    assertThat(answer.statusCode()).as(answer.body()).isIn(200, 201);
    return Optional.of(answer.statusCode() == 201);
  }

  @Override
  public void delete(String key) {
    HttpResponse<String> answer = atStranger("DELETE", key, "");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);
  }

  @Override
  public Optional<Integer> get(String key) {
    HttpResponse<String> answer = atStranger("GET", key, "");
    assertThat(answer.statusCode()).as(answer.body()).isIn(200, 404);
    return answer.statusCode() == 200
        ? Optional.of(Integer.valueOf(answer.body()))
        : Optional.empty();
  }

  /** Asks a node that does not own the key, and sees to it that another one has answered. */
  private HttpResponse<String> atStranger(String method, String key, String body) {
    Weir stranger = cluster.strangerTo(LibraryNotes.key(key));
    HttpResponse<String> answer = send(stranger, method, DOCUMENTS + "/" + encode(key), body);
    assertThat(answer.headers().firstValue("Weir-Served-By"))
        .hasValueSatisfying(owner -> assertThat(owner).isNotEqualTo(stranger.nodeId()));
    return answer;
  }

  @Override
  public Map<String, Integer> get(List<String> keys) {
    String body = JSON.createObjectNode().set("keys", JSON.valueToTree(keys)).toString();
    JsonNode items =
        json(send(anyone(), "POST", "/v1/collections/note/batch-get", body)).path("items");
    assertThat(items).hasSameSizeAs(keys);
    Map<String, Integer> found = new LinkedHashMap<>();
    for (int i = 0; i < keys.size(); i++) {
      JsonNode item = items.get(i);
      assertThat(item.path("key").asText()).isEqualTo(keys.get(i));
      if (item.path("found").asBoolean()) {
        found.put(keys.get(i), item.path("document").intValue());
      }
    }
    return found;
  }

  @Override
  public Pages scan(Range range, int limit) {
    return new CursorPages(
        query(range) + "&order=" + (range.descending() ? "desc" : "asc") + "&limit=" + limit);
  }

  private static String query(Range range) {
    return range
        .prefix()
        .map(prefix -> "?prefix=" + encode(prefix))
        .orElseGet(
            () ->
                "?from="
                    + encode(range.from())
                    + "&fromInclusive="
                    + range.fromInclusive()
                    + "&to="
                    + encode(range.to())
                    + "&toInclusive="
                    + range.toInclusive());
  }

  private Weir anyone() {
    return cluster.nodes().get(asked++ % cluster.nodes().size());
  }

  private static HttpResponse<String> send(Weir node, String method, String path, String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(node.url() + path))
            .method(method, BodyPublishers.ofString(body));
    if (!body.isEmpty()) {
      request.header("Content-Type", "application/json");
    }
    try {
      return CLIENT.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static JsonNode json(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    try {
      return JSON.readTree(answer.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** Takes every page's cursor to the next node. */
  private final class CursorPages implements Pages {
    private final String query;
    private @Nullable String cursor = "";

    CursorPages(String query) {
      this.query = query;
    }

    @Override
    public Optional<List<Map.Entry<String, Integer>>> next() {
      if (cursor == null) {
        return Optional.empty();
      }
      JsonNode page = json(send(anyone(), "GET", DOCUMENTS + query + cursor, ""));
      cursor = page.path("cursor").isNull() ? null : "&cursor=" + page.path("cursor").asText();
      List<Map.Entry<String, Integer>> items = new ArrayList<>();
      page.path("items")
          .forEach(
              item ->
                  items.add(
                      Map.entry(item.path("key").asText(), item.path("document").intValue())));
      return Optional.of(items);
    }
  }
}
