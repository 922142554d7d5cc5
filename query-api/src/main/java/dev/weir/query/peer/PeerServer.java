package dev.weir.query.peer;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.flush.FlushConsolidationHandler;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Locale;

/** The endpoint at which a node answers its peers. Safe from any thread. */
public final class PeerServer implements AutoCloseable, MeterBinder {
  private static final int FLUSH_AFTER = 256;

  private final Loops loops;
  private final ServerPools pools;
  private final Channel endpoint;
  private final Duration patience;

  private PeerServer(Loops loops, ServerPools pools, Channel endpoint, Duration patience) {
    this.loops = loops;
    this.pools = pools;
    this.endpoint = endpoint;
    this.patience = patience;
  }

  /**
   * Begins to answer.
   *
   * @param address where to listen; port 0 = any free one
   * @throws IOException if the address cannot be used
   */
  public static PeerServer start(
      InetSocketAddress address, PeerIdentity self, PeerServices services, PeerSettings settings)
      throws IOException {
    Loops loops = new Loops("weir-peer-server");
    ServerPools pools = new ServerPools(settings);
    ChannelInitializer<SocketChannel> pipeline =
        new ChannelInitializer<>() {
          @Override
          protected void initChannel(SocketChannel channel) {
            loops.add(channel);
            channel
                .pipeline()
                .addLast(new FlushConsolidationHandler(FLUSH_AFTER, true))
                .addLast(new FrameDecoder())
                .addLast(
                    new ServerHandshake(
                        new Handshake(self),
                        settings.timing().connect(),
                        settings.maxFrameBytes(),
                        () -> new ServerCalls(services, settings, pools)));
          }
        };
    ChannelFuture bound =
        new ServerBootstrap()
            .group(loops.group())
            .channel(NioServerSocketChannel.class)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.SO_KEEPALIVE, true)
            .childHandler(pipeline)
            .bind(address)
            .awaitUninterruptibly();
    PeerServer server = new PeerServer(loops, pools, bound.channel(), settings.timing().stop());
    if (!bound.isSuccess()) {
      server.close();
      throw new IOException("cannot listen for other nodes at " + address, bound.cause());
    }
    return server;
  }

  /** How many calls wait for a thread, by kind of work: point, batch, scatter or write. */
  public int waiting(String work) {
    return pools.waiting(Work.valueOf(work.toUpperCase(Locale.ROOT)));
  }

  @Override
  public void bindTo(MeterRegistry metrics) {
    for (Work work : Work.values()) {
      Gauge.builder("weir.peer.waiting", pools, p -> p.waiting(work))
          .description("Calls of other nodes that wait for a thread here")
          .tag("work", work.name().toLowerCase(Locale.ROOT))
          .register(metrics);
      FunctionCounter.builder("weir.peer.refused", pools, p -> p.refused(work))
          .description("Calls of other nodes that were refused because too many were waiting")
          .tag("work", work.name().toLowerCase(Locale.ROOT))
          .register(metrics);
    }
  }

  /** The port it listens at. */
  public int port() {
    return ((InetSocketAddress) endpoint.localAddress()).getPort();
  }

  /**
   * Asks for no further calls, answers those that have come, and ends all connections. What is not
   * answered in time is lost.
   */
  @Override
  public void close() {
    endpoint.close().awaitUninterruptibly();
    loops.tell(() -> Frames.begin(Frames.LEAVING, 0, 0));
    loops.awaitEmpty(patience);
    loops.close();
    pools.close();
  }
}
