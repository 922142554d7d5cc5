package dev.weir.query.http;

import dev.weir.query.changes.Subscriptions;
import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http.UriCompliance.Violation;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.EagerContentHandler;
import org.eclipse.jetty.server.handler.EagerContentHandler.RetainedContentLoaderFactory;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** The HTTP API of one node, from start to close. */
public final class HttpServer implements AutoCloseable {
  /** Connections that come at once, as after a restart; the system's default is 50. */
  private static final int ACCEPT_QUEUE = 4096;

  /** Known header fields kept for each connection; Jetty's default takes 52 KB of each. */
  private static final int HEADER_CACHE = 64;

  /** For the last messages on sockets. */
  private static final Duration FAREWELL = Duration.ofSeconds(1);

  private final Javalin javalin;
  private final Subscriptions subscriptions;
  private final GraphQlSockets sockets;
  private final AtomicBoolean draining;

  private HttpServer(
      Javalin javalin,
      Subscriptions subscriptions,
      GraphQlSockets sockets,
      AtomicBoolean draining) {
    this.javalin = javalin;
    this.subscriptions = subscriptions;
    this.sockets = sockets;
    this.draining = draining;
  }

  /**
   * Starts listening.
   *
   * @throws RuntimeException if the port cannot be taken
   */
  public static HttpServer start(HttpSettings settings, HttpPorts ports) {
    AtomicBoolean draining = new AtomicBoolean();
    Dispatcher dispatcher = new Dispatcher(Routes.table(settings, ports, draining::get));
    HttpMetrics metrics = new HttpMetrics(ports.metrics());
    ClientWatch watch = new ClientWatch(ports.metrics());
    Doorman doorman = new Doorman(settings.capacity().doorPatience(), ports.metrics());
    GraphQlSockets sockets = new GraphQlSockets(ports.graphQl(), settings, ports.metrics());
    FrontDoor frontDoor =
        new FrontDoor(dispatcher, metrics, watch, doorman, sockets, settings.limits().urlBytes());
    ServletThreads threads = new ServletThreads();
    JavalinDoor javalinDoor = new JavalinDoor(dispatcher, threads, settings.timeouts().idle());
    Inside inside = new Inside(dispatcher, sockets, threads, ports.metrics());
    Layers layers = new Layers(frontDoor, javalinDoor, watch, inside);
    Javalin javalin = Javalin.create(config -> configure(config, settings, layers));
    return new HttpServer(javalin.start(), ports.subscriptions(), sockets, draining);
  }

  private record Layers(FrontDoor front, JavalinDoor servlets, ClientWatch watch, Inside inside) {}

  /** What is done, and where, once a request is let in. */
  private record Inside(
      Dispatcher dispatcher,
      GraphQlSockets sockets,
      ServletThreads threads,
      MeterRegistry metrics) {}

  private static void configure(JavalinConfig config, HttpSettings settings, Layers layers) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.startup.startupWatcherEnabled = false;
    config.http.compressionStrategy = CompressionStrategy.NONE;
    config.jetty.threadPool = threads(settings);
    config.jetty.modifyHttpConfiguration(http -> limit(http, settings));
    config.jetty.addConnector((server, http) -> connector(server, http, settings));
    config.jetty.modifyServer(server -> assemble(server, settings, layers));
    config.jetty.modifyServletContextHandler(
        context -> context.getServletHandler().setDecodeAmbiguousURIs(true));
    layers.servlets().mount(config.routes);
  }

  private static ServerConnector connector(
      Server server, HttpConfiguration http, HttpSettings settings) {
    ServerConnector connector = new PeekingConnector(server, new Connections(http));
    connector.setHost(settings.host());
    connector.setPort(settings.port());
    connector.setIdleTimeout(settings.timeouts().idle().toMillis());
    connector.setAcceptQueueSize(ACCEPT_QUEUE);
    return connector;
  }

  private static QueuedThreadPool threads(HttpSettings settings) {
    QueuedThreadPool pool = new QueuedThreadPool(settings.capacity().threads(), 8);
    pool.setName("weir-http");
    return pool;
  }

  /** Keys are data: every path is taken, but for what no client sends (fragments, user names). */
  private static void limit(HttpConfiguration http, HttpSettings settings) {
    http.setUriCompliance(
        UriCompliance.UNSAFE.without("WEIR", Violation.USER_INFO, Violation.FRAGMENT));
    http.setRequestHeaderSize(settings.limits().headBytes());
    http.setSendServerVersion(false);
    http.setHeaderCacheSize(HEADER_CACHE);
  }

  /**
   * From outside to inside: refuse while closing, find the route, see that there is memory for the
   * body, await it (without a thread, unless the client waits to be told that it is wanted), wait
   * for room in the lane, run the servlet layer.
   */
  private static void assemble(Server server, HttpSettings settings, Layers layers) {
    HttpSettings.Capacity capacity = settings.capacity();
    long most = 1L + Math.max(settings.limits().documentBytes(), settings.limits().requestBytes());
    Inside inside = layers.inside();
    Lanes lanes = new Lanes(capacity, server.getScheduler(), inside.metrics());
    Admission admission =
        new Admission(inside.dispatcher(), lanes, layers.watch(), inside.threads());
    inside.sockets().use(server, lanes.of(Lane.GRAPHQL), inside.threads());
    EagerContentHandler bodies =
        new EagerContentHandler(
            new FailuresTold(new QuickDoor(admission, layers.watch())),
            new RetainedContentLoaderFactory(most, -1, false));
    bodies.exclude(request -> request.getHeaders().contains(HttpHeader.EXPECT));
    BodyMemory memory = new BodyMemory(most, capacity.bodyBytes());
    BodyDeadline deadline = new BodyDeadline(capacity.bodyBytesPerSecond(), most);
    deadline.setHandler(bodies);
    memory.setHandler(deadline);
    layers.front().setHandler(memory);
    server.setHandler(new GracefulHandler(layers.front()));
    server.setErrorHandler(new JettyProblems());
    server.setStopTimeout(settings.timeouts().drain().toMillis());
    server.addBean(inside.threads());
    server.addBean(inside.sockets());
    layers.watch().use(server.getScheduler());
    server.addBean(layers.watch());
    server.addBean(new SlowHeads(server, settings.timeouts().head()));
    server.addBean(new NetworkConnectionLimit(capacity.connections(), server));
  }

  /** The port it listens on. */
  public int port() {
    return javalin.port();
  }

  /**
   * Stops accepting, ends subscriptions, which would not end by themselves, waits for what is being
   * answered within the bound, and closes.
   */
  @Override
  public void close() {
    if (draining.compareAndSet(false, true)) {
      subscriptions.close();
      sockets.finish(FAREWELL);
      javalin.stop();
    }
  }
}
