package dev.weir.query.http;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Closes connections whose request body comes more slowly than a least rate, measured over the
 * whole body. Bodies are awaited without a thread, so a slow one costs a connection until then.
 */
final class BodyDeadline extends Handler.Wrapper {
  private static final Duration GRACE = Duration.ofSeconds(5);

  private final int bytesPerSecond;
  private final long mostBytes;

  /**
   * The deadline of bodies.
   *
   * @param bytesPerSecond the least rate, positive
   * @param mostBytes what a body of undeclared length may have
   */
  BodyDeadline(int bytesPerSecond, long mostBytes) {
    this.bytesPerSecond = bytesPerSecond;
    this.mostBytes = mostBytes;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    boolean body =
        request.getLength() > 0 || request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING);
    if (!body) {
      return super.handle(request, response, callback);
    }
    long length = request.getLength() < 0 ? mostBytes : Math.min(mostBytes, request.getLength());
    Scheduler.Task deadline =
        request
            .getComponents()
            .getScheduler()
            .schedule(
                () -> close(request),
                GRACE.toMillis() + TimeUnit.SECONDS.toMillis(length) / bytesPerSecond,
                TimeUnit.MILLISECONDS);
    Request.addCompletionListener(request, failure -> deadline.cancel());
    return super.handle(new Watched(request, deadline), response, callback);
  }

  private static void close(Request request) {
    request
        .getConnectionMetaData()
        .getConnection()
        .getEndPoint()
        .close(new TimeoutException("the body of a request did not end in time"));
  }

  /** A request that calls the deadline off at its last byte. */
  private static final class Watched extends Request.Wrapper {
    private final Scheduler.Task deadline;

    Watched(Request request, Scheduler.Task deadline) {
      super(request);
      this.deadline = deadline;
    }

    @Override
    public Content.Chunk read() {
      Content.Chunk chunk = super.read();
      if (chunk != null && chunk.isLast()) {
        deadline.cancel();
      }
      return chunk;
    }
  }
}
