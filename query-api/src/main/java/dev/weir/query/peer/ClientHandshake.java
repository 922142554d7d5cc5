package dev.weir.query.peer;

import dev.weir.query.SharedKey.Purpose;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The caller's side of the handshake. */
final class ClientHandshake extends ChannelInboundHandlerAdapter {
  private final Handshake handshake;
  private final byte[] hello;
  private final int maxFrameBytes;
  private final PeerConnection next;
  private final CompletableFuture<PeerConnection> outcome;
  private boolean challenged;

  /**
   * A handshake with one node.
   *
   * @param outcome gets {@code next} once calls may be sent, or a {@link PeerRefusedException}
   */
  ClientHandshake(
      Handshake handshake,
      String wanted,
      int maxFrameBytes,
      PeerConnection next,
      CompletableFuture<PeerConnection> outcome) {
    this.handshake = handshake;
    this.hello = handshake.hello(wanted);
    this.maxFrameBytes = maxFrameBytes;
    this.next = next;
    this.outcome = outcome;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    Outbound.send(
        context, Handshake.frame(Frames.HELLO, hello, handshake.sign(Purpose.PEER_HELLO, hello)));
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object frame) {
    try {
      String refusal = challenged ? welcomed(context, frame) : challenged(context, frame);
      if (refusal != null) {
        fail(context, refusal);
      }
    } catch (MalformedFrameException e) {
      fail(context, "it is not a node: " + e.getMessage());
    }
  }

  private @Nullable String challenged(ChannelHandlerContext context, Object frame)
      throws MalformedFrameException {
    FrameReader in = Handshake.open(Frames.CHALLENGE, frame);
    byte[] challenge = in.readBytes();
    if (!handshake.verify(in.readBytes(), Purpose.PEER_CHALLENGE, hello, challenge)) {
      return "it does not know the shared key";
    }
    Handshake.Challenge read = handshake.readChallenge(challenge);
    if (read.refusal() != null) {
      return read.refusal();
    }
    challenged = true;
    Outbound.send(
        context,
        Handshake.frame(Frames.PROOF, handshake.sign(Purpose.PEER_PROOF, challenge, hello)));
    return null;
  }

  private @Nullable String welcomed(ChannelHandlerContext context, Object frame)
      throws MalformedFrameException {
    Handshake.open(Frames.WELCOME, frame);
    context.pipeline().get(FrameDecoder.class).allow(maxFrameBytes);
    context.pipeline().replace(this, "calls", next);
    outcome.complete(next);
    return null;
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    fail(context, "it closed the connection: do the nodes share one key?");
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    fail(context, String.valueOf(cause.getMessage()));
  }

  private void fail(ChannelHandlerContext context, String why) {
    outcome.completeExceptionally(new PeerRefusedException(why));
    Outbound.close(context);
  }
}
