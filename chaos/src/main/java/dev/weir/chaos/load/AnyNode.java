package dev.weir.chaos.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/** Calls over HTTP, each at a node chosen at random. Thread-safe. */
public final class AnyNode {

  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http = client();
  private final Supplier<List<String>> urls;

  /** Calls of these nodes, those included that are down. */
  public AnyNode(Supplier<List<String>> urls) {
    this.urls = urls;
  }

  /** Connections of whoever calls nodes here: they give up soon on a node that is not there. */
  static HttpClient client() {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .connectTimeout(Duration.ofSeconds(1))
        .build();
  }

  /**
   * An answer.
   *
   * @param status 0 = there was none
   * @param body missing if there is none
   * @param etag of a document, or empty
   */
  public record Reply(int status, JsonNode body, String etag) {
    static final Reply NONE = new Reply(0, MissingNode.getInstance(), "");

    /** Whether it was done. */
    public boolean ok() {
      return status >= 200 && status < 300;
    }
  }

  /**
   * Writes a document.
   *
   * @param once idempotency key: sent again under it, it takes effect once
   */
  public Reply put(Random random, String collection, String key, String json, String once) {
    return send(
        document(random, collection, key, once)
            .header("Content-Type", "application/json")
            .PUT(HttpRequest.BodyPublishers.ofString(json)));
  }

  /** Removes a document; {@code once} as in {@link #put}. */
  public Reply delete(Random random, String collection, String key, String once) {
    return send(document(random, collection, key, once).DELETE());
  }

  private HttpRequest.Builder document(Random random, String collection, String key, String once) {
    return document(random, collection, key).header("Idempotency-Key", once);
  }

  /** A request for a document, to be completed. */
  HttpRequest.Builder document(Random random, String collection, String key) {
    String path = URLEncoder.encode(key, StandardCharsets.UTF_8);
    return request(random, "/v1/collections/" + collection + "/documents/" + path);
  }

  /** A request, to be completed. */
  public HttpRequest.Builder request(Random random, String path) {
    List<String> nodes = urls.get();
    return HttpRequest.newBuilder(URI.create(nodes.get(random.nextInt(nodes.size())) + path))
        .timeout(PATIENCE);
  }

  /** Sends it once. */
  public Reply send(HttpRequest.Builder request) {
    try {
      HttpResponse<byte[]> response = http.send(request.build(), BodyHandlers.ofByteArray());
      byte[] body = response.body();
      return new Reply(
          response.statusCode(),
          body.length == 0 ? MissingNode.getInstance() : JSON.readTree(body),
          Texts.header(response, "ETag"));
    } catch (IOException e) {
      return Reply.NONE;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Reply.NONE;
    }
  }
}
