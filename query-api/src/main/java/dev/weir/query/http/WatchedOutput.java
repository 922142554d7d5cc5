package dev.weir.query.http;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * The way out for streams: closes the connection of a client that takes less than 32 KiB within the
 * patience, so that slow readers cannot hold all scans. An idle timeout does not see them, since
 * every byte starts it anew. Written by one thread.
 */
final class WatchedOutput extends OutputStream {
  private static final int PIECE = 32 << 10;

  private final OutputStream out;
  private final Scheduler scheduler;
  private final EndPoint endPoint;
  private final Duration patience;

  /** {@link System#nanoTime} at the start of the write under way; 0 = none is. */
  private volatile long since;

  private volatile boolean done;

  WatchedOutput(OutputStream out, Request request, Duration patience) {
    this.out = out;
    this.scheduler = request.getComponents().getScheduler();
    this.endPoint = request.getConnectionMetaData().getConnection().getEndPoint();
    this.patience = patience;
    lookLater();
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    for (int done = 0; done < length; done += PIECE) {
      since = System.nanoTime() | 1;
      try {
        out.write(bytes, from + done, Math.min(PIECE, length - done));
      } finally {
        since = 0;
      }
    }
  }

  /** Ends the watch; what is under it is closed by its owner. */
  @Override
  public void close() {
    done = true;
  }

  private void lookLater() {
    scheduler.schedule(this::look, patience.toMillis() / 2 + 1, TimeUnit.MILLISECONDS);
  }

  private void look() {
    long start = since;
    if (done) {
      return;
    }
    if (start != 0 && System.nanoTime() - start > patience.toNanos()) {
      endPoint.close(new TimeoutException("the client reads too slowly"));
    } else {
      lookLater();
    }
  }
}
