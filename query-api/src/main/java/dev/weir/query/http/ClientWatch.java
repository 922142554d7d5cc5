package dev.weir.query.http;

import dev.weir.query.Caller;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * Notices clients that close their connection while they wait: the server does not read from a
 * connection whose request it is answering, so somebody has to look. Requests that are answered
 * sooner than it looks cost next to nothing.
 */
final class ClientWatch extends AbstractLifeCycle {
  /** Attribute of a request: what is to be run when its client has left. */
  static final String WHEN_GONE = "dev.weir.gone";

  private static final long LOOK_MILLIS = 50;
  private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final Map<Request, Waiting> waiting = new ConcurrentHashMap<>();

  private final ByteBuffer space = ByteBuffer.allocate(4096); // only by one look at a time
  private final AtomicLong gone = new AtomicLong();
  private @Nullable Scheduler alarms; // set before the start

  /** A client that waits, and when it is looked after next. */
  private static final class Waiting {
    final PeekingEndPoint connection;
    final Caller caller;
    final long since;
    long next; // by one look at a time

    Waiting(PeekingEndPoint connection, Caller caller, long since) {
      this.connection = connection;
      this.caller = caller;
      this.since = since;
      this.next = since + TimeUnit.MILLISECONDS.toNanos(LOOK_MILLIS);
    }

    /** The longer one has waited, the less often he is looked after: some follow for days. */
    boolean isDue(long now) {
      if (now - next < 0) {
        return false;
      }
      next = now + Math.min(MOST_NANOS, (now - since) / 8);
      return true;
    }
  }

  ClientWatch(MeterRegistry metrics) {
    FunctionCounter.builder("weir.http.clients.gone", gone, AtomicLong::get)
        .description("Clients that closed their connection while they waited")
        .register(metrics);
  }

  /** Gives it alarms, before it is started. */
  void use(Scheduler scheduler) {
    alarms = scheduler;
  }

  @Override
  protected void doStart() {
    lookLater();
  }

  /** Watches the client of a request, whose body has been read, until the request is over. */
  void add(Request request, Caller caller) {
    PeekingEndPoint connection = PeekingEndPoint.of(request);
    if (connection != null) {
      waiting.put(request, new Waiting(connection, caller, System.nanoTime()));
      Request.addCompletionListener(request, failure -> waiting.remove(request));
    }
  }

  private void lookLater() {
    Objects.requireNonNull(alarms).schedule(this::look, LOOK_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void look() {
    long now = System.nanoTime();
    waiting.forEach(
        (request, waits) -> {
          if (waits.isDue(now) && waits.connection.clientLeft(space)) {
            waiting.remove(request);
            gone.incrementAndGet();
            waits.caller.leave();
            if (request.getAttribute(WHEN_GONE) instanceof Runnable action) {
              action.run();
            }
          }
        });
    if (isRunning()) {
      lookLater();
    }
  }
}
