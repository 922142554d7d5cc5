package dev.weir.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Algorithms over the graph; any node knows all jobs. What comes back is {@code Job} of the OpenAPI
 * document. Every method throws what {@link WeirClient}'s do. Safe from any thread.
 */
public final class Jobs {
  private static final String PATH = "/v1/jobs";
  private static final String JSON = "application/json";
  private static final Set<String> UNDER_WAY = Set.of("waiting", "running");

  private final Exchange exchange;

  Jobs(Exchange exchange) {
    this.exchange = exchange;
  }

  /**
   * Has an algorithm run.
   *
   * @param job its fields are those of {@code JobRequest} in the OpenAPI document
   * @return the job, with its id
   */
  public JsonNode submit(ObjectNode job) {
    return exchange.send("POST", PATH, JSON, new Body(Json.bytes(job), JSON)).orThrow().json();
  }

  /** A job as it is now. */
  public JsonNode show(String id) {
    return exchange.send("GET", PATH + "/" + Escapes.segment(id), JSON).orThrow().json();
  }

  /**
   * Waits for the end of a job.
   *
   * @param atMost how long
   * @param seen sees the job whenever it was asked for, about five times a second
   * @return the job as it ended; as it is, if the time is over or the thread was interrupted
   */
  public JsonNode await(String id, Duration atMost, Consumer<? super JsonNode> seen) {
    return EndWait.await(() -> show(id), UNDER_WAY, atMost, seen);
  }

  /** Cancels a job that has not ended, removes one that has; answers what it was. */
  public JsonNode delete(String id) {
    return exchange.send("DELETE", PATH + "/" + Escapes.segment(id), JSON).orThrow().json();
  }
}
