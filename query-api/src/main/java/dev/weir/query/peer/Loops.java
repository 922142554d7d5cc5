package dev.weir.query.peer;

import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The threads of one end of the transport and the connections they serve. Ending the threads alone
 * would leave connections open that nobody reads any more: the other side would wait instead of
 * hearing that this one has gone.
 */
final class Loops implements AutoCloseable {
  private final EventLoopGroup group;
  private final ChannelGroup open;

  Loops(String name) {
    int threads = Math.max(1, Math.min(4, Runtime.getRuntime().availableProcessors() / 2));
    group =
        new MultiThreadIoEventLoopGroup(
            threads, new DefaultThreadFactory(name, true), NioIoHandler.newFactory());
    open = new DefaultChannelGroup(name, group.next(), true);
  }

  EventLoopGroup group() {
    return group;
  }

  /** A connection to be ended with the threads; one that comes after the end is ended at once. */
  void add(Channel channel) {
    open.add(channel);
  }

  /** Waits until the other sides have ended all connections, or for so long. */
  void awaitEmpty(Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    for (Channel channel : open) {
      long left = deadline - System.nanoTime();
      channel.closeFuture().awaitUninterruptibly(Math.max(0, left), TimeUnit.NANOSECONDS);
    }
  }

  /** Sends each connection a frame. */
  void tell(Supplier<FrameWriter> frame) {
    open.forEach(channel -> Outbound.send(channel, frame.get()));
  }

  /** Ends the connections, then the threads; not to be called on one of them. */
  @Override
  public void close() {
    open.close().awaitUninterruptibly();
    group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
  }
}
