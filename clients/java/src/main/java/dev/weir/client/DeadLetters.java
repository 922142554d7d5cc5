package dev.weir.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Records of sources that could not be taken. Every method throws what {@link WeirClient}'s do.
 * Safe from any thread.
 */
public final class DeadLetters {
  private static final String PATH = "/v1/dead-letters";
  private static final String JSON = "application/json";

  private final Exchange exchange;

  DeadLetters(Exchange exchange) {
    this.exchange = exchange;
  }

  /**
   * A page of them, as {@code GET /v1/dead-letters} gives it.
   *
   * @param parameters by name: {@code source}, {@code reason}, {@code replayed}, {@code after},
   *     {@code limit}
   */
  public JsonNode list(Map<String, String> parameters) {
    String query =
        parameters.entrySet().stream()
            .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    return exchange.send("GET", PATH + "?" + query, JSON).orThrow().json();
  }

  /** One of them, whole. */
  public JsonNode show(long id) {
    return exchange.send("GET", PATH + "/" + id, JSON).orThrow().json();
  }

  /**
   * Sends one again to where it came from.
   *
   * @param correction its fields are those of {@code DeadLetterReplay} in the OpenAPI document; an
   *     empty one sends it as it was
   * @return where it is now: {@code topic}, {@code partition}, {@code offset}
   */
  public JsonNode replay(long id, ObjectNode correction) {
    Body body = new Body(Json.bytes(correction), JSON);
    return exchange.send("POST", PATH + "/" + id + "/replay", JSON, body).orThrow().json();
  }
}
