package dev.weir.query.http;

import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http.UriCompliance.Violation;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.EagerContentHandler;
import org.eclipse.jetty.server.handler.EagerContentHandler.RetainedContentLoaderFactory;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.server.handler.MinimumDataRateHandler;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** The HTTP API of one node, from start to close. */
public final class HttpServer implements AutoCloseable {
  private static final int FIRST_JVM_WITHOUT_PINNING = 24;

  private final Javalin javalin;
  private final AtomicBoolean draining;

  private HttpServer(Javalin javalin, AtomicBoolean draining) {
    this.javalin = javalin;
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
    FrontDoor frontDoor = new FrontDoor(dispatcher, metrics, settings.limits().urlBytes());
    JavalinDoor javalinDoor = new JavalinDoor(dispatcher);
    Javalin javalin = Javalin.create(config -> configure(config, settings, frontDoor, javalinDoor));
    return new HttpServer(javalin.start(settings.host(), settings.port()), draining);
  }

  private static void configure(
      JavalinConfig config, HttpSettings settings, FrontDoor frontDoor, JavalinDoor javalinDoor) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.startup.startupWatcherEnabled = false;
    config.http.compressionStrategy = CompressionStrategy.NONE;
    config.jetty.threadPool = threads(settings);
    config.jetty.modifyHttpConfiguration(http -> limit(http, settings));
    config.jetty.modifyServer(server -> assemble(server, settings, frontDoor));
    config.jetty.modifyServletContextHandler(
        context -> context.getServletHandler().setDecodeAmbiguousURIs(true));
    javalinDoor.mount(config.routes);
  }

  private static QueuedThreadPool threads(HttpSettings settings) {
    QueuedThreadPool pool = new QueuedThreadPool(settings.capacity().threads(), 8);
    pool.setName("weir-http");
    if (Runtime.version().feature() >= FIRST_JVM_WITHOUT_PINNING) {
      pool.setVirtualThreadsExecutor(VirtualThreads.getNamedVirtualThreadsExecutor("weir-http-v"));
    }
    return pool;
  }

  /** Keys are data: every path is taken, but for what no client sends (fragments, user names). */
  private static void limit(HttpConfiguration http, HttpSettings settings) {
    http.setUriCompliance(
        UriCompliance.UNSAFE.without("WEIR", Violation.USER_INFO, Violation.FRAGMENT));
    http.setRequestHeaderSize(settings.limits().headBytes());
    http.setSendServerVersion(false);
    http.setIdleTimeout(settings.timeouts().idle().toMillis());
  }

  private static void assemble(Server server, HttpSettings settings, FrontDoor frontDoor) {
    int most = Math.max(settings.limits().documentBytes(), settings.limits().requestBytes());
    EagerContentHandler bodies =
        new EagerContentHandler(new RetainedContentLoaderFactory(most + 1L, -1, false));
    Handler.Wrapper rate =
        new MinimumDataRateHandler(bodies, settings.capacity().bodyBytesPerSecond(), 0);
    frontDoor.setHandler(rate);
    server.setHandler(new GracefulHandler(frontDoor));
    server.setErrorHandler(new JettyProblems());
    server.setStopTimeout(settings.timeouts().drain().toMillis());
    server.addBean(new NetworkConnectionLimit(settings.capacity().connections(), server));
  }

  /** The port it listens on. */
  public int port() {
    return javalin.port();
  }

  /** Stops accepting, waits for what is being answered within the bound, and closes. */
  @Override
  public void close() {
    if (draining.compareAndSet(false, true)) {
      javalin.stop();
    }
  }
}
