package dev.weir.query.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * A connection that can be asked whether its client has left while a request is being answered,
 * when nobody reads from it. What comes meanwhile is kept for the next reader.
 */
final class PeekingEndPoint extends SocketChannelEndPoint {
  private final ManagedSelector selector;
  private final ReentrantLock reading = new ReentrantLock();
  private volatile ByteBuffer kept = BufferUtil.EMPTY_BUFFER; // written under reading

  PeekingEndPoint(
      SocketChannel channel, ManagedSelector selector, SelectionKey key, Scheduler scheduler) {
    super(channel, selector, key, scheduler);
    this.selector = selector;
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
