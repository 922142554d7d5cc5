package dev.weir.query.graphql.transport;

import dev.weir.query.Cursors;
import dev.weir.query.Database;
import dev.weir.query.GraphQlEndpoint;
import dev.weir.query.changes.Subscriptions;
import dev.weir.query.graphql.ErrorCode;
import dev.weir.query.graphql.Errors;
import dev.weir.query.graphql.GraphQlRequest;
import dev.weir.query.graphql.GraphQlSettings;
import dev.weir.query.graphql.Rendering;
import dev.weir.query.graphql.Stage;
import dev.weir.query.graphql.documents.TrustedDocuments;
import dev.weir.query.graphql.execution.Engine;
import dev.weir.query.graphql.execution.Engines;
import dev.weir.query.graphql.execution.ResultJson;
import dev.weir.query.graphql.execution.UnexpectedFailures;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** GraphQL over HTTP (draft of August 2026) on a database. */
public final class GraphQlOverHttp implements GraphQlEndpoint {
  private final boolean introspection;
  private final RequestReader reader;
  private final Engines engines;
  private final Statuses statuses;

  /**
   * An endpoint on a database, whose collections few may follow.
   *
   * @param database what is asked
   * @param cursors issues and reads the cursors of connections; the same as the REST API's
   * @param settings what is permitted
   * @param trusted the documents that requests may name
   */
  public GraphQlOverHttp(
      Database database, Cursors cursors, GraphQlSettings settings, TrustedDocuments trusted) {
    this(database, cursors, Subscriptions.few(database), settings, trusted);
  }

  /**
   * An endpoint on a database, whose collections many may follow.
   *
   * @param database what is asked
   * @param cursors issues and reads the cursors of connections; the same as the REST API's
   * @param subscriptions follows collections; whoever made it closes it
   * @param settings what is permitted
   * @param trusted the documents that requests may name
   */
  public GraphQlOverHttp(
      Database database,
      Cursors cursors,
      Subscriptions subscriptions,
      GraphQlSettings settings,
      TrustedDocuments trusted) {
    this.introspection = settings.introspection();
    this.reader = new RequestReader(settings.text());
    this.engines =
        new Engines(database, new Engines.Terms(cursors, subscriptions, settings, trusted));
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
  public boolean wantsEvents(@Nullable String accept) {
    return MediaType.prefersEvents(accept);
  }

  @Override
  public CompletableFuture<Streamed> stream(Request request) {
    try {
      return engines
          .begin(reader.read(request))
          .thenApply(results -> new Streamed.Events(new ResultEvents(results)));
    } catch (HttpFault fault) {
      return CompletableFuture.completedFuture(
          new Streamed.Refused(refused(fault, MediaType.RESPONSE)));
    } catch (RuntimeException fault) {
      return CompletableFuture.completedFuture(
          new Streamed.Refused(failed(fault, MediaType.RESPONSE)));
    }
  }

  @Override
  public boolean converses() {
    return true;
  }

  @Override
  public Conversation converse(Line line) {
    return new TransportConversation(line, reader, engines::begin);
  }

  @Override
  public Optional<CompletableFuture<Response>> atOnce(Request request) {
    Optional<MediaType> type = MediaType.choose(request.accept());
    if (type.isEmpty() || wantsEvents(request.accept())) {
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
    } catch (HttpFault | RuntimeException fault) {
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
        statuses.of(executed, type), type.header(), headers, ResultJson.bytes(executed.result()));
  }

  private static Response refused(HttpFault fault, MediaType type) {
    Map<String, Object> body = Rendering.of(List.of(Errors.of(fault.code(), fault.text())));
    return new Response(fault.status(), type.header(), fault.headers(), ResultJson.bytes(body));
  }

  private static Response failed(Throwable fault, MediaType type) {
    UnexpectedFailures.log(fault);
    Map<String, Object> body =
        Rendering.of(List.of(Errors.of(ErrorCode.INTERNAL, UnexpectedFailures.MESSAGE)));
    return new Response(500, type.header(), Map.of(), ResultJson.bytes(body));
  }
}
