package dev.weir.query.peer;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Cuts what arrives into frames, as byte arrays without the length; too large a one is an end. */
final class FrameDecoder extends ByteToMessageDecoder {
  /** Enough for a handshake; strangers get no more. */
  private static final int STRANGERS_MAX = 4096;

  private static final int ROOM_AHEAD = 1 << 20;

  /** Frames from here on are filled as they come; gathering them first would copy them twice. */
  private static final int LARGE = 32 << 10;

  private byte @Nullable [] filling; // only on the channel's thread, like all below
  private int filled;
  private int maxBytes = STRANGERS_MAX;

  /** From now on frames may be this large. */
  void allow(int frameBytes) {
    maxBytes = frameBytes;
  }

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
    byte[] begun = filling;
    if (begun != null) {
      fill(begun, in, out);
      return;
    }
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
    } else if (length >= LARGE && length <= ROOM_AHEAD) {
      in.skipBytes(4);
      filled = 0;
      fill(new byte[length], in, out);
    } else {
      // At once, instead of doubling it again and again; more than that only as it comes.
      in.ensureWritable(Math.min(ROOM_AHEAD, 4 + length - in.readableBytes()));
    }
  }

  private void fill(byte[] frame, ByteBuf in, List<Object> out) {
    int more = Math.min(in.readableBytes(), frame.length - filled);
    in.readBytes(frame, filled, more);
    filled += more;
    if (filled == frame.length) {
      filling = null;
      out.add(frame);
    } else {
      filling = frame;
    }
  }
}
