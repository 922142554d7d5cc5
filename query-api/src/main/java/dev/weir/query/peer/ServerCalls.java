package dev.weir.query.peer;

import dev.weir.query.ShardQuery;
import dev.weir.store.Operation;
import dev.weir.store.WriteResult;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers the calls of one connection, in any order. Short point reads are answered on the
 * connection's thread; scans have a pool of their own, so that they can neither delay point reads
 * nor be what a point read waits for; writes have another one, because appending may block.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what is chained here does not throw
final class ServerCalls extends ChannelInboundHandlerAdapter {
  private static final Logger LOG = LoggerFactory.getLogger(ServerCalls.class);

  private final PeerServices services;
  private final ReadCall reads;
  private final PeerSettings settings;
  private final Executor scanPool;
  private final Executor writePool;
  private final AtomicInteger inFlight = new AtomicInteger();

  ServerCalls(PeerServices services, PeerSettings settings, Executor scanPool, Executor writePool) {
    this.services = services;
    this.reads = new ReadCall(services, settings);
    this.settings = settings;
    this.scanPool = scanPool;
    this.writePool = writePool;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object frame) {
    FrameReader in = new FrameReader((byte[]) frame);
    int kind;
    int number;
    try {
      kind = in.readByte();
      number = in.readFixed32();
    } catch (MalformedFrameException e) {
      Outbound.close(context);
      return;
    }
    try {
      call(context, kind, number, in);
    } catch (MalformedFrameException e) {
      write(context, number, text(Frames.UNKNOWN, number, String.valueOf(e.getMessage())));
    }
  }

  private void call(ChannelHandlerContext context, int kind, int number, FrameReader in)
      throws MalformedFrameException {
    switch (kind) {
      case Frames.READ -> read(context, number, in);
      case Frames.SUBMIT -> submit(context, number, in);
      case Frames.STATUS -> write(context, number, guarded(number, () -> status(number)));
      case Frames.PING -> write(context, number, begin(number, 0));
      default -> write(context, number, text(Frames.UNKNOWN, number, "kind " + kind));
    }
  }

  private void read(ChannelHandlerContext context, int number, FrameReader in)
      throws MalformedFrameException {
    long received = System.nanoTime();
    long timeout = TimeUnit.MILLISECONDS.toNanos(in.readNumber());
    List<ShardQuery<?>> questions = in.readList(QueryCodec::read);
    if (ReadCall.isShort(questions)) {
      write(context, number, guarded(number, () -> reads.answer(number, questions)));
      return;
    }
    queue(
        context,
        number,
        scanPool,
        () -> {
          FrameWriter answer =
              System.nanoTime() - received > timeout
                  ? text(Frames.BUSY, number, "scans waited longer than their caller")
                  : guarded(number, () -> reads.answer(number, questions));
          finish(context, number, answer);
        });
  }

  private void submit(ChannelHandlerContext context, int number, FrameReader in)
      throws MalformedFrameException {
    int shard = in.readInt();
    Operation operation = OperationCodec.read(in);
    queue(
        context,
        number,
        writePool,
        () ->
            services
                .writer()
                .submit(shard, operation)
                .whenComplete(
                    (result, failure) ->
                        finish(context, number, written(number, result, failure))));
  }

  private FrameWriter written(
      int number, @Nullable WriteResult result, @Nullable Throwable failure) {
    if (result == null) {
      return failed(number, failure);
    }
    FrameWriter out = begin(number, 64);
    WriteResultCodec.write(result, out);
    return out;
  }

  private FrameWriter status(int number) {
    FrameWriter out = begin(number, 512);
    StatusCodec.write(services.status().get(), out);
    return out;
  }

  private FrameWriter begin(int number, int expectedBytes) {
    FrameWriter out = Frames.begin(Frames.ANSWER, number, expectedBytes);
    out.writeNumber(services.routingVersion().getAsLong());
    return out;
  }

  private void queue(ChannelHandlerContext context, int number, Executor pool, Runnable work) {
    if (inFlight.incrementAndGet() > settings.maxInFlight()) {
      finish(context, number, text(Frames.BUSY, number, "calls of one node"));
      return;
    }
    try {
      pool.execute(
          () -> {
            try {
              work.run();
            } catch (RuntimeException e) {
              finish(context, number, failed(number, e));
            }
          });
    } catch (RejectedExecutionException e) {
      finish(context, number, text(Frames.BUSY, number, "scans or writes from other nodes"));
    }
  }

  private void finish(ChannelHandlerContext context, int number, FrameWriter answer) {
    inFlight.decrementAndGet();
    write(context, number, answer);
  }

  private static FrameWriter guarded(int number, Supplier<FrameWriter> work) {
    try {
      return work.get();
    } catch (RuntimeException e) {
      return failed(number, e);
    }
  }

  private static FrameWriter failed(int number, @Nullable Throwable e) {
    LOG.warn("A call of another node failed", e);
    return text(Frames.FAILED, number, "the call failed there; its log says why");
  }

  private void write(ChannelHandlerContext context, int number, FrameWriter answer) {
    FrameWriter fitting = answer;
    if (answer.size() > settings.maxFrameBytes()) {
      fitting = text(Frames.BUSY, number, "an answer of " + answer.size() + " bytes: ask for less");
    }
    Outbound.send(context, fitting);
  }

  private static FrameWriter text(int kind, int number, String text) {
    FrameWriter out = Frames.begin(kind, number, text.length());
    out.writeText(text);
    return out;
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    // A peer that does not take its answers is not asked for more calls.
    context.channel().config().setAutoRead(context.channel().isWritable());
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    LOG.debug("A connection of another node broke", cause);
    Outbound.close(context);
  }
}
