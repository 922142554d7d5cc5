package dev.weir.query.peer;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundInvoker;
import io.netty.channel.FileRegion;
import io.netty.util.concurrent.EventExecutorGroup;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * What is done to a channel without waiting for it: a failure of any of it ends the channel, and
 * that is what everybody watches.
 */
@SuppressWarnings("FutureReturnValueIgnored")
final class Outbound {
  private Outbound() {}

  /** Sends a frame; the writer must not be used any more. */
  static void send(ChannelOutboundInvoker channel, FrameWriter frame) {
    channel.writeAndFlush(
        Unpooled.wrappedBuffer(frame.frame(), 0, frame.length()), channel.voidPromise());
  }

  /** Sends a frame that ends with a part of a file, which the system takes from where it lies. */
  static void send(ChannelHandlerContext context, FrameWriter head, FileRegion tail) {
    Runnable both =
        () -> {
          context.write(
              Unpooled.wrappedBuffer(head.frameBefore((int) tail.count()), 0, head.length()),
              context.voidPromise());
          context.writeAndFlush(tail, context.voidPromise());
        };
    try {
      context.executor().execute(both); // nothing may come between them
    } catch (RejectedExecutionException e) {
      tail.release();
    }
  }

  static void close(ChannelOutboundInvoker channel) {
    channel.close();
  }

  /** Runs something on one of these threads after a while, if they live that long. */
  static void later(EventExecutorGroup threads, Duration delay, Runnable action) {
    threads.schedule(action, delay.toNanos(), TimeUnit.NANOSECONDS);
  }
}
