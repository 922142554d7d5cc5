package dev.weir.query.peer;

import dev.weir.query.SharedKey.Purpose;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The called node's side of the handshake; strangers are cut off without a word. */
final class ServerHandshake extends ChannelInboundHandlerAdapter {
  private final Handshake handshake;
  private final Duration patience;
  private final int maxFrameBytes;
  private final Supplier<ChannelHandler> next;
  private byte @Nullable [] hello;
  private byte @Nullable [] challenge;

  ServerHandshake(
      Handshake handshake, Duration patience, int maxFrameBytes, Supplier<ChannelHandler> next) {
    this.handshake = handshake;
    this.patience = patience;
    this.maxFrameBytes = maxFrameBytes;
    this.next = next;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    Outbound.later(
        context.executor(),
        patience,
        () -> {
          if (!context.isRemoved()) {
            Outbound.close(context);
          }
        });
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object frame) {
    try {
      if (hello == null) {
        greeted(context, frame);
      } else {
        proved(context, frame);
      }
    } catch (MalformedFrameException e) {
      Outbound.close(context);
    }
  }

  private void greeted(ChannelHandlerContext context, Object frame) throws MalformedFrameException {
    FrameReader in = Handshake.open(Frames.HELLO, frame);
    byte[] words = in.readBytes();
    if (!handshake.verify(in.readBytes(), Purpose.PEER_HELLO, words)) {
      Outbound.close(context);
      return;
    }
    Handshake.Hello read = handshake.readHello(words);
    byte[] answer = handshake.challenge(read);
    hello = words;
    challenge = answer;
    Outbound.send(
        context,
        Handshake.frame(
            Frames.CHALLENGE, answer, handshake.sign(Purpose.PEER_CHALLENGE, words, answer)));
    if (handshake.objection(read).isPresent()) {
      Outbound.close(context);
    }
  }

  private void proved(ChannelHandlerContext context, Object frame) throws MalformedFrameException {
    byte[] proof = Handshake.open(Frames.PROOF, frame).readBytes();
    byte[] greeting = hello;
    byte[] answer = challenge;
    if (greeting == null
        || answer == null
        || !handshake.verify(proof, Purpose.PEER_PROOF, answer, greeting)) {
      Outbound.close(context);
      return;
    }
    context.pipeline().get(FrameDecoder.class).allow(maxFrameBytes);
    Outbound.send(context, Handshake.frame(Frames.WELCOME));
    context.pipeline().replace(this, "calls", next.get());
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    Outbound.close(context);
  }
}
