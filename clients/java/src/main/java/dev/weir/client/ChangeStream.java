package dev.weir.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Changes of a collection as one node tells them, one by one. For one thread at a time, but for
 * {@link #close}, which ends a {@link #next} that waits.
 */
public final class ChangeStream implements AutoCloseable {
  private final URI node;
  private final InputStream body;
  private final BufferedReader lines;
  private String place;

  ChangeStream(URI node, InputStream body, String place) {
    this.node = node;
    this.body = body;
    this.lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
    this.place = place;
  }

  /** Where to go on behind everything that was told; empty = from the beginning. */
  public String place() {
    return place;
  }

  /**
   * The next change, which is waited for.
   *
   * @throws ProblemException if nothing more will come
   * @throws UnreachableException if the connection has ended: go on at {@link #place}, here or at
   *     another node
   */
  public Change next() {
    try {
      String event = "";
      String data = "{}";
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("event: ")) {
          event = line.substring("event: ".length());
        } else if (line.startsWith("data: ")) {
          data = line.substring("data: ".length());
        } else if (line.startsWith("id: ")) {
          place = line.substring("id: ".length());
        } else if (line.isEmpty() && !event.isEmpty()) {
          return change(event, Json.parse(data.getBytes(StandardCharsets.UTF_8)));
        }
      }
      throw new IOException("the node has ended the stream");
    } catch (IOException e) {
      throw new UnreachableException(node, e);
    }
  }

  private Change change(String event, JsonNode json) {
    if (event.equals("end")) {
      throw ProblemException.of(Problem.of(json));
    }
    return new Change(
        Change.Kind.valueOf(event.toUpperCase(Locale.ROOT)),
        json.path("key"),
        json.has("document") ? json.get("document") : MissingNode.getInstance(),
        json.path("version").asText(),
        json.path("timestamp").asLong(),
        place);
  }

  @Override
  public void close() {
    try {
      body.close();
    } catch (IOException e) {
      // It is over in any case.
    }
  }
}
