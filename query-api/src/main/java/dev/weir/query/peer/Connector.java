package dev.weir.query.peer;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.flush.FlushConsolidationHandler;
import java.net.ConnectException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Makes connections to nodes. */
final class Connector implements AutoCloseable {
  private static final int FLUSH_AFTER = 256;

  /** Bytes that may wait in one connection before further calls are refused, and again accepted. */
  private static final WriteBufferWaterMark CONGESTION =
      new WriteBufferWaterMark(4 << 20, 16 << 20);

  private final Handshake handshake;
  private final PeerSettings settings;
  private final Loops loops = new Loops("weir-peer-client");

  Connector(Handshake handshake, PeerSettings settings) {
    this.handshake = handshake;
    this.settings = settings;
  }

  /**
   * Connects to a node and proves who this one is.
   *
   * @param endpoint {@code host:port}
   * @return a connection ready for calls, or a {@link PeerRefusedException}
   */
  CompletableFuture<PeerConnection> connect(String node, String endpoint) {
    CompletableFuture<PeerConnection> outcome = new CompletableFuture<>();
    int colon = endpoint.lastIndexOf(':');
    int port;
    try {
      port = Integer.parseInt(endpoint.substring(colon + 1));
    } catch (NumberFormatException e) {
      return refused("'" + endpoint + "' is no host:port");
    }
    if (colon < 1 || port < 1 || port > 65_535) {
      return refused("'" + endpoint + "' is no host:port");
    }
    int patience = (int) settings.timing().connect().toMillis();
    ChannelFuture connected =
        new Bootstrap()
            .group(loops.group())
            .channel(NioSocketChannel.class)
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.SO_KEEPALIVE, true)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, patience)
            .option(ChannelOption.WRITE_BUFFER_WATER_MARK, CONGESTION)
            .handler(pipeline(node, outcome))
            .connect(endpoint.substring(0, colon), port);
    connected.addListener(
        done -> {
          if (!done.isSuccess()) {
            outcome.completeExceptionally(
                new PeerRefusedException(
                    String.valueOf(done.cause().getMessage()),
                    done.cause() instanceof ConnectException
                        && !(done.cause() instanceof ConnectTimeoutException)));
          }
        });
    Outbound.later(
        loops.group(),
        settings.timing().connect().multipliedBy(2),
        () -> {
          if (outcome.completeExceptionally(new PeerRefusedException("no answer in time"))) {
            Outbound.close(connected.channel());
          }
        });
    return outcome;
  }

  /** Runs something quick after a while, unless this is closed before. */
  void after(Duration delay, Runnable action) {
    Outbound.later(loops.group(), delay, action);
  }

  private ChannelInitializer<SocketChannel> pipeline(
      String node, CompletableFuture<PeerConnection> outcome) {
    return new ChannelInitializer<>() {
      @Override
      protected void initChannel(SocketChannel channel) {
        loops.add(channel);
        PeerConnection connection = new PeerConnection(settings.timing().silence().toNanos());
        channel
            .pipeline()
            .addLast(new FlushConsolidationHandler(FLUSH_AFTER, true))
            .addLast(new FrameDecoder())
            .addLast(
                new ClientHandshake(
                    handshake, node, settings.maxFrameBytes(), connection, outcome));
      }
    };
  }

  private static CompletableFuture<PeerConnection> refused(String why) {
    return CompletableFuture.failedFuture(new PeerRefusedException(why));
  }

  @Override
  public void close() {
    loops.close();
  }
}
