package dev.weir.query.peer;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The caller's end of a connection that is ready for calls: sends them from any thread, hands each
 * answer to its call, and fails all of them when the connection ends.
 */
final class PeerConnection extends ChannelInboundHandlerAdapter {
  private static final Duration SWEEP = Duration.ofMillis(20);

  private final long silenceNanos;
  private final Map<Integer, Call<?>> waiting = new ConcurrentHashMap<>();
  private volatile @Nullable Channel channel; // null = not ready yet, or at its end
  private volatile boolean leaving; // the node wants no further calls
  private long quietSince; // this and the next two: only on the channel's thread
  private boolean heard;
  private boolean pinged;
  private String end = "the connection was closed";

  /**
   * A connection to be.
   *
   * @param silenceNanos how long a peer that owes answers may say nothing
   */
  PeerConnection(long silenceNanos) {
    this.silenceNanos = silenceNanos;
  }

  boolean isOpen() {
    return channel != null && !leaving;
  }

  /** Sends a call, or fails it; does nothing if it is over already. */
  void send(Call<?> call) {
    if (!call.begin()) {
      return;
    }
    Channel open = channel;
    if (open == null || leaving) {
      call.unsent(end);
      return;
    }
    if (!open.isWritable()) {
      call.refused("the connection to the owner is congested");
      return;
    }
    call.sentOn(this);
    waiting.put(call.number(), call);
    if (channel == null || leaving) {
      if (waiting.remove(call.number(), call)) {
        call.unsent(end);
      }
      return;
    }
    Outbound.send(open, call.frame());
  }

  /** Tells the node that nobody waits for a call any more. */
  void cancel(Call<?> call) {
    Channel open = channel;
    if (waiting.remove(call.number(), call) && open != null) {
      Outbound.send(open, Frames.begin(Frames.CANCEL, call.number(), 0));
    }
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    quietSince = System.nanoTime();
    channel = context.channel();
    scheduleSweep(context);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object frame) {
    heard = true;
    FrameReader in = new FrameReader((byte[]) frame);
    try {
      int kind = in.readByte();
      Call<?> call = waiting.remove(in.readFixed32());
      if (call != null) {
        call.answered(kind, in);
      }
      if (kind == Frames.LEAVING) {
        leaving = true;
      }
      endIfLeft(context);
    } catch (MalformedFrameException e) {
      end(context, "it sent no frame of a node");
    }
  }

  /** A call that is on its way to be sent is seen here, or sees that the node is leaving. */
  private void endIfLeft(ChannelHandlerContext context) {
    if (leaving && waiting.isEmpty()) {
      end(context, "the node is stopping");
    }
  }

  private void scheduleSweep(ChannelHandlerContext context) {
    Outbound.later(context.executor(), SWEEP, () -> sweep(context));
  }

  private void sweep(ChannelHandlerContext context) {
    if (channel == null) {
      return;
    }
    long now = System.nanoTime();
    if (waiting.isEmpty() || heard) {
      quietSince = now;
      heard = false;
      pinged = false;
    } else if (now - quietSince > silenceNanos) {
      end(context, "it owes answers and is silent");
      return;
    } else if (!pinged && now - quietSince > silenceNanos / 3) {
      pinged = true;
      Outbound.send(context, Frames.begin(Frames.PING, 0, 0));
    }
    for (Iterator<Call<?>> calls = waiting.values().iterator(); calls.hasNext(); ) {
      Call<?> call = calls.next();
      if (call.expired(now) && waiting.remove(call.number(), call)) {
        Outbound.send(context, Frames.begin(Frames.CANCEL, call.number(), 0));
        call.lost("no answer in time");
      }
    }
    endIfLeft(context);
    scheduleSweep(context);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    channel = null;
    for (Integer number : List.copyOf(waiting.keySet())) {
      Call<?> call = waiting.remove(number);
      if (call != null) {
        call.lost(end);
      }
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    end(context, "the connection broke: " + cause.getMessage());
  }

  private void end(ChannelHandlerContext context, String why) {
    end = why;
    Outbound.close(context);
  }
}
