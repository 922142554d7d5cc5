package dev.weir.query.peer;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;

/** Cuts what arrives into frames, as byte arrays without the length; too large a one is an end. */
final class FrameDecoder extends ByteToMessageDecoder {
  /** Enough for a handshake; strangers get no more. */
  private static final int STRANGERS_MAX = 4096;

  private static final int ROOM_AHEAD = 1 << 20;

  private int maxBytes = STRANGERS_MAX; // only on the channel's thread

  /** From now on frames may be this large. */
  void allow(int frameBytes) {
    maxBytes = frameBytes;
  }

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
    if (in.readableBytes() < 4) {
      return;
    }
    int length = in.getInt(in.readerIndex());
    if (length < 1 || length > maxBytes) {
      in.skipBytes(in.readableBytes());
      Outbound.close(context);
      return;
    }
    if (in.readableBytes() - 4 >= length) {
      in.skipBytes(4);
      byte[] frame = new byte[length];
      in.readBytes(frame);
      out.add(frame);
    } else {
      // At once, instead of doubling it again and again; more than that only as it comes.
      in.ensureWritable(Math.min(ROOM_AHEAD, 4 + length - in.readableBytes()));
    }
  }
}
