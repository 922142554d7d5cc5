package dev.weir.query.http;

import dev.weir.query.GraphQlEndpoint;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.thread.Scheduler;
import org.eclipse.jetty.websocket.server.ServerUpgradeRequest;
import org.eclipse.jetty.websocket.server.ServerUpgradeResponse;
import org.eclipse.jetty.websocket.server.ServerWebSocketContainer;
import org.jspecify.annotations.Nullable;

/**
 * The WebSockets of {@code /graphql}. Requests become sockets ahead of the servlet layer; what is
 * asked on them goes through the same lane as requests by HTTP.
 */
final class GraphQlSockets extends AbstractLifeCycle {
  private static final long BEAT_SECONDS = 10;

  private final GraphQlEndpoint endpoint;
  private final HttpSettings settings;
  private final Set<GraphQlSocket> open = ConcurrentHashMap.newKeySet();
  private @Nullable Shared shared; // set before the start

  /** What all sockets use. */
  record Shared(
      ServerWebSocketContainer container, LaneQueue lane, Executor threads, Scheduler alarms) {}

  GraphQlSockets(GraphQlEndpoint endpoint, HttpSettings settings, MeterRegistry metrics) {
    this.endpoint = endpoint;
    this.settings = settings;
    Gauge.builder("weir.graphql.sockets", open, Set::size)
        .description("Open WebSockets of GraphQL clients")
        .register(metrics);
  }

  /** Gives it what belongs to the server, before the start. */
  void use(Server server, LaneQueue lane, Executor threads) {
    ServerWebSocketContainer container = ServerWebSocketContainer.ensure(server);
    container.setIdleTimeout(settings.timeouts().idle());
    container.setMaxTextMessageSize(settings.limits().requestBytes());
    container.setInputBufferSize(2 << 10);
    shared = new Shared(container, lane, threads, server.getScheduler());
  }

  @Override
  protected void doStart() {
    beatLater(Objects.requireNonNull(shared).alarms());
  }

  private void beatLater(Scheduler alarms) {
    alarms.schedule(
        () -> {
          open.forEach(GraphQlSocket::beat);
          if (isRunning() || isStarting()) {
            beatLater(alarms);
          }
        },
        BEAT_SECONDS,
        TimeUnit.SECONDS);
  }

  /** Whether a request wants to become a socket, and may. */
  boolean asked(Route route, Request request) {
    return endpoint.converses()
        && route.path().equals(GraphQlRoutes.PATH)
        && request.getMethod().equals("GET")
        && request.getHeaders().contains(HttpHeader.UPGRADE, "websocket");
  }

  /** Makes a request a socket, or refuses it. */
  void upgrade(String path, Request request, Response response, Callback callback) {
    String origin = request.getHeaders().get(HttpHeader.ORIGIN);
    if (origin != null && !own(origin, request.getHeaders().get(HttpHeader.HOST))) {
      Problem foreign =
          Problem.of(
              ProblemType.FOREIGN_ORIGIN,
              "A page of '%s' may not open a socket here.".formatted(Texts.shorten(origin)));
      FrontDoor.send(foreign.answer(path), request, response, callback);
      return;
    }
    ServerWebSocketContainer container = Objects.requireNonNull(shared).container();
    if (!container.upgrade(this::create, request, response, callback)) {
      Problem unfit =
          Problem.of(
              ProblemType.MALFORMED_REQUEST, "The upgrade is not one to WebSocket version 13.");
      FrontDoor.send(unfit.answer(path), request, response, callback);
    }
  }

  /**
   * Whether a page came from this server. Sockets are not subject to the rules by which browsers
   * keep foreign pages from reading answers, so the server has to look.
   */
  private static boolean own(String origin, @Nullable String host) {
    try {
      String authority = new URI(origin).getRawAuthority();
      return authority != null && authority.equalsIgnoreCase(host);
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private Object create(
      ServerUpgradeRequest request, ServerUpgradeResponse response, Callback callback) {
    response.setExtensions(List.of()); // compression would take 256 KiB of each client
    boolean speaks =
        request.getSubProtocols().stream()
            .anyMatch(each -> each.toLowerCase(Locale.ROOT).equals(GraphQlEndpoint.SUB_PROTOCOL));
    if (speaks) {
      response.setAcceptedSubProtocol(GraphQlEndpoint.SUB_PROTOCOL);
    }
    return new GraphQlSocket(this, endpoint, speaks);
  }

  Shared shared() {
    return Objects.requireNonNull(shared);
  }

  HttpSettings settings() {
    return settings;
  }

  void opened(GraphQlSocket socket) {
    open.add(socket);
    if (!isRunning()) {
      var unused = socket.finish();
    }
  }

  void closed(GraphQlSocket socket) {
    open.remove(socket);
  }

  /**
   * Ends all conversations when what is being done for their clients is done, or after a time.
   *
   * @param patience with it
   */
  void finish(Duration patience) {
    CompletableFuture<?>[] ends =
        open.stream().map(GraphQlSocket::finish).toArray(CompletableFuture<?>[]::new);
    var unused =
        CompletableFuture.allOf(ends)
            .completeOnTimeout(null, patience.toMillis(), TimeUnit.MILLISECONDS)
            .join();
    open.forEach(GraphQlSocket::goAway);
  }
}
