package dev.weir.query.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * Runs routes as Javalin handlers. Javalin gets one pattern for everything: which route it is was
 * found from the path as sent, which Javalin's patterns cannot take apart without loss.
 */
final class JavalinDoor {
  private static final List<HandlerType> METHODS =
      List.of(
          HandlerType.GET, HandlerType.HEAD, HandlerType.PUT, HandlerType.POST, HandlerType.DELETE);

  private final Dispatcher dispatcher;

  JavalinDoor(Dispatcher dispatcher) {
    this.dispatcher = dispatcher;
  }

  void mount(RoutesConfig routes) {
    METHODS.forEach(method -> routes.addHttpHandler(method, "*", this::handle));
    routes.exception(
        Exception.class,
        (e, ctx) -> send(Dispatcher.failed(e, new ServletIncoming(ctx.req()).rawPath()), ctx));
  }

  private void handle(Context ctx) {
    var found =
        (RouteTable.Found) Objects.requireNonNull(ctx.req().getAttribute(FrontDoor.FOUND), "route");
    CompletableFuture<Answer> answer = dispatcher.run(found, new ServletIncoming(ctx.req()));
    if (answer.isDone()) {
      send(answer.join(), ctx);
    } else {
      ctx.future(() -> answer.thenAccept(a -> send(a, ctx)));
    }
  }

  private static void send(Answer answer, Context ctx) {
    HttpServletResponse response = ctx.res();
    response.setStatus(answer.status());
    answer.headers().forEach(h -> response.setHeader(h.name(), h.value()));
    boolean head = ctx.req().getMethod().equals("HEAD");
    try {
      if (answer.content() instanceof Answer.Content.Bytes content) {
        response.setContentType(content.type());
        response.setContentLength(content.bytes().length);
        if (!head) {
          response.getOutputStream().write(content.bytes());
        }
      } else if (answer.content() instanceof Answer.Content.Stream content) {
        stream(content, response, head);
      } else {
        response.setContentType(null);
      }
    } catch (IOException e) {
      cut(ctx, e);
    }
  }

  private static void stream(
      Answer.Content.Stream content, HttpServletResponse response, boolean head)
      throws IOException {
    try {
      response.setContentType(content.type());
      if (!head) {
        content.writer().writeTo(response.getOutputStream());
      }
    } finally {
      content.release().run();
    }
  }

  /** Ends the connection without the end of the body, so that nobody takes half for the whole. */
  private static void cut(Context ctx, IOException cause) {
    if (ctx.req().getAttribute(FrontDoor.REQUEST) instanceof Request request) {
      request.getConnectionMetaData().getConnection().getEndPoint().close(cause);
    }
  }

  /** A request as the servlet layer has it. */
  private record ServletIncoming(HttpServletRequest request) implements Incoming {
    @Override
    public String method() {
      return request.getMethod();
    }

    @Override
    public String rawPath() {
      return String.valueOf(request.getAttribute(FrontDoor.RAW_PATH));
    }

    @Override
    public @Nullable String rawQuery() {
      return request.getQueryString();
    }

    @Override
    public @Nullable String header(String name) {
      return request.getHeader(name);
    }

    @Override
    public long contentLength() {
      return request.getContentLengthLong();
    }

    @Override
    public InputStream body() throws IOException {
      return request.getInputStream();
    }
  }
}
