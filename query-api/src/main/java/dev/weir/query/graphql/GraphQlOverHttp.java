package dev.weir.query.graphql;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.weir.query.Cursors;
import dev.weir.query.Database;
import dev.weir.query.GraphQlEndpoint;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** GraphQL over HTTP (draft of August 2026) on a database. */
public final class GraphQlOverHttp implements GraphQlEndpoint {
  private static final ObjectMapper JSON = JsonMapper.builder().build();

  private final boolean introspection;
  private final RequestReader reader;
  private final Engines engines;
  private final Statuses statuses;

  /**
   * An endpoint on a database.
   *
   * @param database what is asked
   * @param cursors issues and reads the cursors of connections; the same as the REST API's
   * @param settings what is permitted
   * @param trusted the documents that requests may name
   */
  public GraphQlOverHttp(
      Database database, Cursors cursors, GraphQlSettings settings, TrustedDocuments trusted) {
    this.introspection = settings.introspection();
    this.reader = new RequestReader(settings.text());
    this.engines = new Engines(database, cursors, settings, trusted);
    this.statuses = new Statuses(settings.statusCodes());
  }

  @Override
  public CompletableFuture<Response> handle(Request request) {
    Optional<MediaType> accepted = MediaType.choose(request.accept());
    MediaType type = accepted.orElse(MediaType.JSON);
    try {
      if (accepted.isEmpty()) {
        throw new HttpFault(
            406,
            ErrorCode.NOT_ACCEPTABLE,
            "Accept application/graphql-response+json or application/json.");
      }
      GraphQlRequest read = reader.read(request);
      return engines
          .current()
          .execute(read)
          .thenApply(executed -> answer(executed, type))
          .exceptionally(fault -> failed(fault, type));
    } catch (HttpFault fault) {
      return CompletableFuture.completedFuture(refused(fault, type));
    } catch (RuntimeException fault) {
      return CompletableFuture.completedFuture(failed(fault, type));
    }
  }

  @Override
  public Optional<CompletableFuture<Response>> atOnce(Request request) {
    Optional<MediaType> type = MediaType.choose(request.accept());
    if (type.isEmpty()) {
      return Optional.empty();
    }
    try {
      return engines
          .current()
          .atOnce(reader.read(request))
          .map(
              executed ->
                  executed
                      .thenApply(result -> answer(result, type.get()))
                      .exceptionally(fault -> failed(fault, type.get())));
    } catch (HttpFault fault) {
      return Optional.empty(); // which handle tells
    }
  }

  /** The schema; empty if introspection is switched off. */
  @Override
  public String schema() {
    return introspection ? engines.current().sdl() : "";
  }

  private Response answer(Engine.Executed executed, MediaType type) {
    Map<String, String> headers =
        executed.stage() == Stage.METHOD ? Map.of("Allow", "POST") : Map.of();
    return new Response(
        statuses.of(executed, type), type.header(), headers, bytes(executed.result()));
  }

  private static Response refused(HttpFault fault, MediaType type) {
    Map<String, Object> body = Rendering.of(List.of(Errors.of(fault.code(), fault.text())));
    return new Response(fault.status(), type.header(), fault.headers(), bytes(body));
  }

  private static Response failed(Throwable fault, MediaType type) {
    UnexpectedFailures.log(fault);
    Map<String, Object> body =
        Rendering.of(List.of(Errors.of(ErrorCode.INTERNAL, UnexpectedFailures.MESSAGE)));
    return new Response(500, type.header(), Map.of(), bytes(body));
  }

  private static byte[] bytes(Map<String, Object> body) {
    try {
      return JSON.writeValueAsBytes(body);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a result that is no JSON", e);
    }
  }
}
