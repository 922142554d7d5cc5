package dev.weir.chaos.load;

import dev.weir.chaos.Call;
import dev.weir.chaos.Level;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Locale;

/**
 * A call of a document.
 *
 * @param key of the document
 * @param call to make
 * @param etag that a swap expects; empty = there must be no document
 * @param token of the position that the client has seen, or empty
 * @param write on what terms a write is made
 */
record Request(String key, Call call, String etag, String token, Terms write) {

  private static final String COLLECTION = "/v1/collections/register/documents/";

  /**
   * Terms of a write.
   *
   * @param once an idempotency key, or empty
   * @param replicated whether it is answered only once a standby has it
   */
  record Terms(String once, boolean replicated) {
    static final Terms PLAIN = new Terms("", false);
  }

  /** The request to a node. */
  HttpRequest at(String url, Duration patience) {
    String query = write.replicated() ? "?ack=replicated" : "";
    HttpRequest.Builder http =
        HttpRequest.newBuilder(URI.create(url + COLLECTION + key + query)).timeout(patience);
    if (call instanceof Call.Read read) {
      http.header("Weir-Consistency", text(read.level()));
    }
    header(http, "Weir-Position", token);
    header(http, "Idempotency-Key", write.once());
    if (call instanceof Call.Swap && etag.isEmpty()) {
      http.header("If-None-Match", "*");
    } else {
      header(http, "If-Match", etag);
    }
    if (call instanceof Call.Delete) {
      return http.DELETE().build();
    }
    if (call.writes()) {
      String body = "{\"v\":" + call.value() + "}";
      http.header("Content-Type", "application/json").PUT(BodyPublishers.ofString(body));
    }
    return http.build();
  }

  private static void header(HttpRequest.Builder http, String name, String value) {
    if (!value.isEmpty()) {
      http.header(name, value);
    }
  }

  private static String text(Level level) {
    String name = level.kind().name().toLowerCase(Locale.ROOT);
    return level.kind() == Level.Kind.BOUNDED
        ? name + ";max-age=" + level.boundNanos() / 1_000_000 + "ms"
        : name;
  }
}
