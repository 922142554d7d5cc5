package dev.weir.query.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * A connection that can be asked whether its client has left while a request is being answered,
 * when nobody reads from it; what comes meanwhile is kept for the next reader. It also knows since
 * when its request has been waiting for a thread, and what was refused on it last.
 */
final class PeekingEndPoint extends SocketChannelEndPoint {
  private final ManagedSelector selector;
  private final ReentrantLock reading = new ReentrantLock();
  private volatile ByteBuffer kept = BufferUtil.EMPTY_BUFFER; // written under reading
  private volatile long readySince; // 0 = no bytes that nobody has looked at
  private volatile @Nullable Ban ban;

  /**
   * What was refused.
   *
   * @param kind of work
   * @param until when the client was told to stay away; nanoseconds
   */
  private record Ban(Object kind, long until) {}

  PeekingEndPoint(
      SocketChannel channel, ManagedSelector selector, SelectionKey key, Scheduler scheduler) {
    super(channel, selector, key, scheduler);
    this.selector = selector;
  }

  /** The connection of a request; null if it is of another kind. */
  static @Nullable PeekingEndPoint of(Request request) {
    return request.getConnectionMetaData().getConnection().getEndPoint()
            instanceof PeekingEndPoint connection
        ? connection
        : null;
  }

  @Override
  public @Nullable Runnable onSelected() {
    readySince = selector instanceof TimedSelector timed ? timed.readySince() : System.nanoTime();
    return super.onSelected();
  }

  /** How long the bytes of the request that begins now waited for a thread; nanoseconds. */
  long waited(long now) {
    long since = readySince;
    readySince = 0;
    return since == 0 ? 0 : now - since;
  }

  /** Notes that the client was told to stay away with a kind of work until a moment. */
  void refused(Object kind, long until) {
    ban = new Ban(kind, until);
  }

  /** How long the client was to stay away yet with a kind of work; 0 or less = not any more. */
  long early(Object kind, long now) {
    Ban last = ban;
    return last == null || last.kind != kind ? 0 : last.until - now;
  }

  /**
   * Whether the client has closed its side; never blocks, and leaves the end to be found again.
   *
   * @param space for what may have come; not kept
   */
  boolean clientLeft(ByteBuffer space) {
    if (!reading.tryLock()) {
      return false; // somebody reads, and will see
    }
    try {
      if (BufferUtil.hasContent(kept)) {
        return false; // it has sent its next request, and is answered in turn
      }
      space.clear();
      int came = getChannel().read(space);
      if (came < 0) {
        return true;
      }
      if (came > 0) {
        kept = ByteBuffer.allocate(came).put(space.flip()).flip();
      }
    } catch (IOException e) {
      return true;
    } finally {
      reading.unlock();
    }
    if (BufferUtil.hasContent(kept)) {
      getFillInterest().fillable(); // the selector will not tell of bytes that are here
    }
    return false;
  }

  @Override
  public int fill(ByteBuffer buffer) throws IOException {
    reading.lock();
    try {
      return BufferUtil.hasContent(kept) ? BufferUtil.append(buffer, kept) : super.fill(buffer);
    } finally {
      reading.unlock();
    }
  }

  @Override
  protected void needsFillInterest() {
    if (BufferUtil.hasContent(kept)) {
      selector.submit(unused -> getFillInterest().fillable());
    } else {
      super.needsFillInterest();
    }
  }
}
