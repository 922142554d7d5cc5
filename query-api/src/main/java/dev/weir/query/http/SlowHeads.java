package dev.weir.query.http;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.AbstractConnector;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.component.AbstractLifeCycle;

/**
 * Closes connections that keep sending pieces of a request's head and never finish it. An idle
 * timeout does not see them, since every byte starts it anew.
 */
final class SlowHeads extends AbstractLifeCycle {
  private final Server server;
  private final Duration patience;

  /** Touched by one run of the sweep at a time. */
  private Map<EndPoint, Watched> watched = new HashMap<>();

  SlowHeads(Server server, Duration patience) {
    this.server = server;
    this.patience = patience;
  }

  /**
   * A connection between two requests.
   *
   * @param requests it has brought so far
   * @param bytes it had brought when that many requests were answered
   * @param since {@link System#nanoTime} when more bytes were seen; 0 = not yet
   */
  private record Watched(long requests, long bytes, long since) {}

  @Override
  protected void doStart() {
    schedule();
  }

  private void schedule() {
    server.getScheduler().schedule(this::sweep, patience.toMillis() / 4 + 1, TimeUnit.MILLISECONDS);
  }

  private void sweep() {
    if (!isRunning() && !isStarting()) {
      return;
    }
    Map<EndPoint, Watched> next = new HashMap<>();
    for (Connector connector : server.getConnectors()) {
      if (connector instanceof AbstractConnector c) {
        c.getConnectedEndPoints().forEach(endPoint -> look(endPoint, next));
      }
    }
    watched = next;
    schedule();
  }

  private void look(EndPoint endPoint, Map<EndPoint, Watched> next) {
    Connection connection = endPoint.getConnection();
    if (connection == null || connection.getMessagesIn() != connection.getMessagesOut()) {
      return;
    }
    long requests = connection.getMessagesIn();
    long bytes = connection.getBytesIn();
    Watched before = watched.get(endPoint);
    if (before == null || before.requests() != requests) {
      next.put(
          endPoint,
          new Watched(requests, requests == 0 ? 0 : bytes, bytes > 0 && requests == 0 ? now() : 0));
    } else if (bytes == before.bytes()) {
      next.put(endPoint, before);
    } else if (before.since() == 0) {
      next.put(endPoint, new Watched(requests, before.bytes(), now()));
    } else if (System.nanoTime() - before.since() < patience.toNanos()) {
      next.put(endPoint, before);
    } else if (connection.getMessagesIn() == requests) {
      endPoint.close(new TimeoutException("the head of a request did not end in time"));
    }
  }

  /** Never 0, which stands for no time at all. */
  private static long now() {
    return System.nanoTime() | 1;
  }
}
