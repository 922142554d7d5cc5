package dev.weir.client;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sends requests to one node and waits for the answers. */
final class Exchange {

  private final URI url;
  private final String base;
  private final Duration timeout;
  private final HttpClient http;

  Exchange(URI url, Duration timeout) {
    if (!"http".equals(url.getScheme()) && !"https".equals(url.getScheme())) {
      throw new IllegalArgumentException(
          "'" + url + "' is not the URL of a node: write http://host:port");
    }
    this.url = url;
    this.base = url.toString().replaceAll("/+$", "");
    this.timeout = timeout;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(timeout)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  Reply send(String method, String path, String accept) {
    return send(method, path, accept, null);
  }

  Reply send(String method, String path, String accept, @Nullable Body body) {
    return send(method, path, accept, body, Map.of());
  }

  /** Sends a request with further header fields. */
  Reply send(
      String method, String path, String accept, @Nullable Body body, Map<String, String> headers) {
    HttpRequest.Builder request = request(path, accept, headers);
    if (body == null) {
      request.method(method, BodyPublishers.noBody());
    } else {
      request.header("Content-Type", body.contentType());
      request.method(method, BodyPublishers.ofByteArray(body.bytes()));
    }
    HttpResponse<byte[]> response = send(request.build(), BodyHandlers.ofByteArray());
    return new Reply(response.statusCode(), response.headers(), response.body());
  }

  /** Opens a stream that goes on for as long as the node has something to tell. */
  ChangeStream follow(String path, String place) {
    Map<String, String> headers = place.isEmpty() ? Map.of() : Map.of("Last-Event-ID", place);
    HttpRequest request = request(path, "text/event-stream", headers).GET().build();
    HttpResponse<InputStream> response = send(request, BodyHandlers.ofInputStream());
    if (response.statusCode() == 200) {
      return new ChangeStream(url, response.body(), place);
    }
    try (InputStream body = response.body()) {
      new Reply(response.statusCode(), response.headers(), body.readAllBytes()).orThrow();
    } catch (IOException e) {
      throw new UnreachableException(url, e);
    }
    throw new IllegalStateException("answered with status " + response.statusCode());
  }

  private HttpRequest.Builder request(String path, String accept, Map<String, String> headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path)).timeout(timeout).header("Accept", accept);
    headers.forEach(request::header);
    return request;
  }

  private <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
    try {
      return http.send(request, handler);
    } catch (IOException e) {
      throw new UnreachableException(url, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnreachableException(url, e);
    }
  }
}
