package dev.weir.query.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * Runs routes as Javalin handlers. Javalin gets one pattern for everything: which route it is was
 * found from the path as sent, which Javalin's patterns cannot take apart without loss.
 */
final class JavalinDoor {
  private static final List<HandlerType> METHODS =
      List.of(
          HandlerType.GET,
          HandlerType.HEAD,
          HandlerType.PUT,
          HandlerType.PATCH,
          HandlerType.POST,
          HandlerType.DELETE);

  private final Dispatcher dispatcher;
  private final Executor threads;
  private final Duration patience;

  /**
   * The door.
   *
   * @param threads may block; write the answers that come later
   * @param patience with clients that read a stream slowly
   */
  JavalinDoor(Dispatcher dispatcher, Executor threads, Duration patience) {
    this.dispatcher = dispatcher;
    this.threads = threads;
    this.patience = patience;
  }

  void mount(RoutesConfig routes) {
    METHODS.forEach(method -> routes.addHttpHandler(method, "*", this::handle));
    routes.exception(Exception.class, this::failed);
  }

  private void failed(Exception cause, Context ctx) {
    Answer answer = Dispatcher.failed(cause, new ServletIncoming(ctx.req()).rawPath());
    if (ctx.res().isCommitted()) {
      cut(ctx, cause);
    } else {
      send(answer, ctx);
    }
  }

  private void handle(Context ctx) {
    var found =
        (RouteTable.Found) Objects.requireNonNull(ctx.req().getAttribute(FrontDoor.FOUND), "route");
    CompletableFuture<Answer> answer = dispatcher.run(found, new ServletIncoming(ctx.req()));
    if (answer.isDone()) {
      send(answer.join(), ctx);
    } else {
      ctx.future(() -> answer.thenAcceptAsync(a -> send(a, ctx), threads));
    }
  }

  private void send(Answer answer, Context ctx) {
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
        stream(content, ctx, head);
      } else {
        response.setContentType(null);
      }
    } catch (IOException e) {
      cut(ctx, e);
    }
  }

  private void stream(Answer.Content.Stream content, Context ctx, boolean head) throws IOException {
    ctx.res().setContentType(content.type());
    Request request =
        (Request) Objects.requireNonNull(ctx.req().getAttribute(FrontDoor.REQUEST), "request");
    try (OutputStream out = new WatchedOutput(ctx.res().getOutputStream(), request, patience)) {
      if (!head) {
        content.writer().writeTo(out);
      }
    } finally {
      content.release().run();
    }
  }

  /** Ends the connection without the end of the body, so that nobody takes half for the whole. */
  private static void cut(Context ctx, Exception cause) {
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
    public @Nullable String headerList(String name) {
      List<String> lines = java.util.Collections.list(request.getHeaders(name));
      return lines.isEmpty() ? null : String.join(", ", lines);
    }

    @Override
    public Client client() {
      return (Client) Objects.requireNonNull(request.getAttribute(FrontDoor.CLIENT), "client");
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
