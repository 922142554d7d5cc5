package dev.weir.query.graphql.transport;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** One operation over server-sent events, as a client reads it. */
final class EventStream implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final BufferedReader lines;

  private EventStream(HttpResponse<InputStream> response) {
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("content-type").orElseThrow())
        .isEqualTo("text/event-stream");
    lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
  }

  /** Asks by POST. */
  static EventStream post(String url, String query) throws Exception {
    String body = JSON.writeValueAsString(Map.of("query", query));
    return new EventStream(send(request(url).POST(HttpRequest.BodyPublishers.ofString(body))));
  }

  /** Asks by GET, as a browser's EventSource does. */
  static EventStream get(String url, String query) throws Exception {
    String encoded = URLEncoder.encode(query, StandardCharsets.UTF_8);
    return new EventStream(send(request(url + "?query=" + encoded).GET()));
  }

  private static HttpRequest.Builder request(String url) {
    return HttpRequest.newBuilder(URI.create(url))
        .header("Accept", "text/event-stream")
        .header("Content-Type", "application/json");
  }

  private static HttpResponse<InputStream> send(HttpRequest.Builder request) throws Exception {
    return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
  }

  /** The next result. */
  JsonNode next() throws IOException {
    String[] event = event();
    assertThat(event[0]).isEqualTo("next");
    return JSON.readTree(event[1]);
  }

  /** The operation is complete, and with it the stream. */
  void expectEnd() throws IOException {
    assertThat(event()).containsExactly("complete", "");
    assertThat(lines.readLine()).isNull();
  }

  private String[] event() throws IOException {
    String event = "";
    String data = "";
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith("event: ")) {
        event = line.substring(7);
      } else if (line.startsWith("data: ")) {
        data = line.substring(6);
      } else if (line.isEmpty() && !event.isEmpty()) {
        return new String[] {event, data};
      }
    }
    throw new IOException("the stream has ended");
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
