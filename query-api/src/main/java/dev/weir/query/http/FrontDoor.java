package dev.weir.query.http;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Every request's way in, ahead of the servlet layer: finds the route, measures, sets the header
 * fields that all answers have, refuses or holds whom the doorman does not let in, answers the
 * routes that are declared direct, and passes the others on to Javalin with the route that was
 * found.
 */
final class FrontDoor extends Handler.Wrapper {
  /** Request attribute: the {@link RouteTable.Found} that the servlet layer is to run. */
  static final String FOUND = "dev.weir.route";

  /** Request attribute: the path as sent. */
  static final String RAW_PATH = "dev.weir.path";

  /** Request attribute: the {@link Client}. */
  static final String CLIENT = "dev.weir.client";

  /** Request attribute: the Jetty request itself. */
  static final String REQUEST = "dev.weir.request";

  /** Attribute: after how many nanoseconds one who is refused is to come back; none = a second. */
  static final String COMEBACK = "dev.weir.comeback";

  private static final List<HttpField> ALWAYS =
      List.of(
          new PreEncodedHttpField("X-Content-Type-Options", "nosniff"),
          new PreEncodedHttpField(
              "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"));

  private final Dispatcher dispatcher;
  private final HttpMetrics metrics;
  private final ClientWatch watch;
  private final Doorman doorman;
  private final GraphQlSockets sockets;
  private final int maxUrlBytes;

  FrontDoor(
      Dispatcher dispatcher,
      HttpMetrics metrics,
      ClientWatch watch,
      Doorman doorman,
      GraphQlSockets sockets,
      int maxUrlBytes) {
    this.dispatcher = dispatcher;
    this.metrics = metrics;
    this.watch = watch;
    this.doorman = doorman;
    this.sockets = sockets;
    this.maxUrlBytes = maxUrlBytes;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    JettyIncoming incoming = new JettyIncoming(request);
    ALWAYS.forEach(response.getHeaders()::add);
    RouteTable.Match match = dispatcher.match(incoming);
    metrics.measure(request, response, match);
    if (request.getHttpURI().getPathQuery().length() > maxUrlBytes) {
      send(tooLong(incoming), request, response, callback);
      return true;
    }
    if (!(match instanceof RouteTable.Found found)) {
      send(dispatcher.unmatched(match, incoming), request, response, callback);
      return true;
    }
    Client client = incoming.client();
    try {
      client.waits(incoming.header(Client.TIMEOUT));
    } catch (ProblemException e) {
      send(e.problem().answer(incoming.rawPath()), request, response, callback);
      return true;
    }
    Visit visit = new Visit(found, incoming, request, response, callback);
    long verdict = doorman.look(PeekingEndPoint.of(request), found.route(), System.nanoTime());
    if (verdict == Doorman.PASS) {
      serve(visit);
    } else if (verdict == Doorman.REFUSE) {
      send(visit, Doorman.refusal(incoming.rawPath()));
    } else {
      later(visit, verdict);
    }
    return true;
  }

  /** A request that has found its route, and what it is answered with. */
  private record Visit(
      RouteTable.Found found,
      JettyIncoming incoming,
      Request request,
      Response response,
      Callback callback) {}

  private void later(Visit visit, long nanos) {
    Runnable turn =
        () -> {
          try {
            if (visit.incoming().client().isOver()) {
              send(visit, Client.tooLate().answer(visit.incoming().rawPath()));
            } else {
              serve(visit);
            }
          } catch (Exception e) {
            Response.writeError(visit.request(), visit.response(), visit.callback(), e);
          }
        };
    visit
        .request()
        .getComponents()
        .getScheduler()
        .schedule(() -> begin(turn, visit), nanos, TimeUnit.NANOSECONDS);
  }

  private static void begin(Runnable turn, Visit visit) {
    try {
      visit.request().getComponents().getExecutor().execute(turn);
    } catch (RejectedExecutionException e) {
      visit.callback().failed(e); // the server is closing
    }
  }

  private void serve(Visit visit) throws Exception {
    Request request = visit.request();
    Client client = visit.incoming().client();
    if (sockets.asked(visit.found().route(), request)) {
      sockets.upgrade(visit.incoming().rawPath(), request, visit.response(), visit.callback());
      return;
    }
    if (!visit.found().route().spec().direct()) {
      request.setAttribute(FOUND, visit.found());
      request.setAttribute(RAW_PATH, visit.incoming().rawPath());
      request.setAttribute(CLIENT, client);
      request.setAttribute(REQUEST, request);
      if (!super.handle(request, visit.response(), visit.callback())) {
        throw new IllegalStateException("nobody took " + visit.incoming().rawPath());
      }
      return;
    }
    var answer = dispatcher.run(visit.found(), visit.incoming());
    if (answer.isDone()) {
      send(visit, answer.join());
    } else {
      watch.add(request, client.caller());
      var unused = answer.thenAccept(a -> send(visit, a));
    }
  }

  private static void send(Visit visit, Answer answer) {
    if (answer.status() == ProblemType.OVERLOADED.status()) {
      visit.request().setAttribute(FOUND, visit.found());
    }
    send(answer, visit.request(), visit.response(), visit.callback());
  }

  private Answer tooLong(Incoming incoming) {
    return Problem.of(
            ProblemType.URI_TOO_LONG, "The URL is longer than %d bytes.".formatted(maxUrlBytes))
        .with("limit", maxUrlBytes)
        .answer(Texts.shorten(incoming.rawPath()));
  }

  /** Writes an answer whose body is at hand. */
  static void send(Answer answer, Request request, Response response, Callback callback) {
    if (answer.status() == ProblemType.OVERLOADED.status()
        && request.getAttribute(FOUND) instanceof RouteTable.Found found) {
      long comeback =
          request.getAttribute(COMEBACK) instanceof Long nanos
              ? nanos
              : TimeUnit.SECONDS.toNanos(Refusals.SOON);
      Doorman.told(request, found.route(), comeback);
    }
    response.setStatus(answer.status());
    HttpFields.Mutable fields = response.getHeaders();
    for (Answer.Header header : answer.headers()) {
      fields.put(header.name(), header.value());
    }
    if (answer.content() instanceof Answer.Content.Bytes content) {
      fields.put(HttpHeader.CONTENT_TYPE, content.type());
      fields.put(HttpHeader.CONTENT_LENGTH, content.bytes().length);
      response.write(true, ByteBuffer.wrap(content.bytes()), callback);
    } else if (answer.content() instanceof Answer.Content.Flowing flowing) {
      fields.put(HttpHeader.CONTENT_TYPE, flowing.type());
      FlowWriter.start(flowing.flow(), request, response, callback);
    } else if (answer.content() instanceof Answer.Content.Stream stream) {
      stream.release().run();
      throw new IllegalStateException("a direct route streams: " + request.getHttpURI().getPath());
    } else {
      response.write(true, null, callback);
    }
  }
}
