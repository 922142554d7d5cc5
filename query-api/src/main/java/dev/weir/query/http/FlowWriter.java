package dev.weir.query.http;

import dev.weir.query.Flow;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.IteratingCallback;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * Sends a flow as its pieces come, without a thread of its own: the end of a write, a new piece or
 * the time for a beat brings it on. A client that takes nothing for the idle timeout of its
 * connection is cut off.
 */
final class FlowWriter extends IteratingCallback {
  /** Pieces that are sent together may weigh so much. */
  private static final int MOST_BYTES = 64 << 10;

  private static final long BEAT_SECONDS = 10;

  private final Flow flow;
  private final Response response;
  private final Callback whole;
  private final Scheduler alarms;
  private volatile boolean beats;
  private boolean last;
  private Scheduler.@Nullable Task alarm;

  private FlowWriter(Flow flow, Request request, Response response, Callback whole) {
    this.flow = flow;
    this.response = response;
    this.whole = whole;
    this.alarms = request.getComponents().getScheduler();
  }

  /** Sends a flow until it is over, or the client has left. */
  static void start(Flow flow, Request request, Response response, Callback whole) {
    if (request.getMethod().equals("HEAD")) {
      flow.close();
      response.write(true, null, whole);
      return;
    }
    FlowWriter writer = new FlowWriter(flow, request, response, whole);
    request.setAttribute(ClientWatch.WHEN_GONE, (Runnable) () -> writer.abort(new EofException()));
    writer.beats = true; // the client sees at once that it is connected
    writer.iterate();
    writer.beatLater();
  }

  private void beatLater() {
    alarm =
        alarms.schedule(
            () -> {
              beats = true;
              iterate();
              if (!isClosed() && !isFailed() && !isSucceeded()) {
                beatLater();
              }
            },
            BEAT_SECONDS,
            TimeUnit.SECONDS);
  }

  @Override
  protected Action process() {
    if (last) {
      return Action.SUCCEEDED;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] piece = flow.next();
    while (piece != null) {
      bytes.writeBytes(piece);
      piece = bytes.size() < MOST_BYTES ? flow.next() : null;
    }
    if (bytes.size() == 0 && beats) {
      bytes.writeBytes(flow.beat());
    }
    beats = false;
    last = flow.isOver();
    if (bytes.size() == 0 && !last) {
      flow.whenReady(this::iterate);
      return Action.IDLE;
    }
    response.write(last, ByteBuffer.wrap(bytes.toByteArray()), this);
    return Action.SCHEDULED;
  }

  @Override
  protected void onCompleteSuccess() {
    end();
    whole.succeeded();
  }

  @Override
  protected void onCompleteFailure(Throwable cause) {
    end();
    whole.failed(cause);
  }

  private void end() {
    Scheduler.Task task = alarm;
    if (task != null) {
      task.cancel();
    }
    flow.close();
  }
}
