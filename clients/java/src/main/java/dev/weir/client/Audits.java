package dev.weir.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Audits at one node: collections are compared with the topics they come from. What comes back is
 * {@code Audit} of the OpenAPI document. Every method throws what {@link WeirClient}'s do. Safe
 * from any thread.
 */
public final class Audits {
  private static final String PATH = "/v1/audits";
  private static final String JSON = "application/json";

  private final Exchange exchange;

  Audits(Exchange exchange) {
    this.exchange = exchange;
  }

  /**
   * Begins one; a node makes one at a time.
   *
   * @param source name of the source; empty = all of them
   * @param patienceSeconds how long ingest may take, and a difference must last, 0 to 600
   * @param rate records to be read in a second, at least 1
   * @return the audit, with its id
   */
  public JsonNode begin(String source, int patienceSeconds, int rate) {
    String only =
        source.isEmpty() ? "" : "&source=" + URLEncoder.encode(source, StandardCharsets.UTF_8);
    String query = "?patience=" + patienceSeconds + "&rate=" + rate + only;
    return exchange.send("POST", PATH + query, JSON).orThrow().json();
  }

  /** An audit as it is now. */
  public JsonNode show(String id) {
    return exchange.send("GET", PATH + "/" + Escapes.segment(id), JSON).orThrow().json();
  }

  /** Cancels one that has not ended; answers what it was. */
  public JsonNode cancel(String id) {
    return exchange.send("DELETE", PATH + "/" + Escapes.segment(id), JSON).orThrow().json();
  }

  /**
   * Waits for the end of an audit.
   *
   * @param atMost how long
   * @param seen sees it whenever it was asked for, about five times a second
   * @return the audit as it ended; as it is, if the time is over or the thread was interrupted
   */
  public JsonNode await(String id, Duration atMost, Consumer<? super JsonNode> seen) {
    return EndWait.await(() -> show(id), Set.of("running"), atMost, seen);
  }
}
