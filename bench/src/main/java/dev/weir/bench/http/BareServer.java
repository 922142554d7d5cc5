package dev.weir.bench.http;

import dev.weir.bench.Documents;
import dev.weir.bench.process.ChildJvm;
import io.javalin.Javalin;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;

/** The peers of an HTTP get: servers that answer every key with one document out of memory. */
public final class BareServer {
  private static final byte[] DOCUMENT = Documents.json(1);
  private static final String TYPE = "application/json";

  private BareServer() {}

  /** Starts one in a JVM of its own; it says its port. */
  static ChildJvm start(String kind) throws IOException, InterruptedException {
    return start(List.of(), kind, "-Xmx512m");
  }

  /** The same by a command that runs another, such as {@code taskset}. */
  static ChildJvm start(List<String> by, String kind, String heap)
      throws IOException, InterruptedException {
    return ChildJvm.start(by, BareServer.class, List.of(heap), List.of(kind));
  }

  /**
   * @param arguments {@code javalin} or {@code jetty}
   */
  public static void main(String[] arguments) throws Exception {
    int port = arguments[0].equals("javalin") ? javalin() : jetty();
    ChildJvm.readyUntilTold(Integer.toString(port));
    System.exit(0);
  }

  private static int javalin() {
    return Javalin.create(
            config ->
                config.routes.get(
                    Wrk.PATH + "{key}", ctx -> ctx.contentType(TYPE).result(DOCUMENT)))
        .start("127.0.0.1", 0)
        .port();
  }

  private static int jetty() throws Exception {
    Server server = new Server();
    ServerConnector connector = new ServerConnector(server);
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    server.setHandler(
        new Handler.Abstract.NonBlocking() {
          @Override
          public boolean handle(Request request, Response response, Callback callback) {
            response.getHeaders().put(HttpHeader.CONTENT_TYPE, TYPE);
            response.write(true, ByteBuffer.wrap(DOCUMENT), callback);
            return true;
          }
        });
    server.start();
    return connector.getLocalPort();
  }
}
