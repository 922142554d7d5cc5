package dev.weir.query.peer;

import dev.weir.query.ShardQuery;
import dev.weir.query.ShardWrite;
import dev.weir.store.Operation;
import dev.weir.store.WriteResult;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.FileRegion;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers the calls of one connection, in any order. Short point reads are answered on the
 * connection's thread; every other kind of work has a pool of its own, so that none can delay
 * another. What nobody waits for any more is not begun.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what is chained here does not throw
final class ServerCalls extends ChannelInboundHandlerAdapter {
  private static final Logger LOG = LoggerFactory.getLogger(ServerCalls.class);

  /** A timeout that nobody lives to see; in milliseconds. */
  private static final long FOREVER = TimeUnit.DAYS.toMillis(1);

  private final PeerServices services;
  private final ReadCall reads;
  private final PeerSettings settings;
  private final Backlog backlog;

  ServerCalls(PeerServices services, PeerSettings settings, ServerPools pools) {
    this.services = services;
    this.reads = new ReadCall(services, settings);
    this.settings = settings;
    this.backlog = new Backlog(settings.inFlight(), pools);
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
      case Frames.ARRIVING -> write(context, number, guarded(number, () -> arriving(number)));
      case Frames.CANCEL -> backlog.cancel(number);
      case Frames.PING -> write(context, number, begin(number, 0));
      case Frames.SIGHT -> sight(context, number, in);
      case Frames.LEND, Frames.PIECE, Frames.GIVE_BACK -> transfer(context, kind, number, in);
      default -> write(context, number, text(Frames.UNKNOWN, number, "kind " + kind));
    }
  }

  private void read(ChannelHandlerContext context, int number, FrameReader in)
      throws MalformedFrameException {
    long deadline = deadline(in.readNumber());
    List<ShardQuery<?>> questions = QueryCodec.readAll(in);
    Work work = Work.of(questions);
    if (work == Work.POINT) {
      readHere(context, number, questions);
      return;
    }
    queue(
        context,
        number,
        work,
        deadline,
        () -> finishLater(context, number, reads.answer(number, questions)));
  }

  /** Answers on this thread, or later on another one if a shard has to catch up first. */
  private void readHere(ChannelHandlerContext context, int number, List<ShardQuery<?>> questions) {
    CompletableFuture<FrameWriter> answer;
    try {
      answer = reads.answer(number, questions);
    } catch (RuntimeException e) {
      write(context, number, failed(number, e));
      return;
    }
    if (answer.isDone() && !answer.isCompletedExceptionally()) {
      write(context, number, answer.join());
    } else if (backlog.add(number, Work.POINT)) {
      finishLater(context, number, answer);
    } else {
      write(context, number, busy(number, Work.POINT.words() + " from other nodes"));
    }
  }

  private void finishLater(
      ChannelHandlerContext context, int number, CompletableFuture<FrameWriter> answer) {
    answer.whenComplete(
        (frame, failure) ->
            finish(context, number, frame == null ? failed(number, failure) : frame));
  }

  private void submit(ChannelHandlerContext context, int number, FrameReader in)
      throws MalformedFrameException {
    int shard = in.readInt();
    Operation operation = OperationCodec.read(in);
    long deadline = deadline(in.remaining() > 0 ? in.readNumber() : FOREVER);
    boolean appendOnly = in.remaining() > 0 && in.readBoolean();
    ShardWrite write = new ShardWrite(shard, operation, appendOnly);
    queue(
        context,
        number,
        Work.WRITE,
        deadline,
        () ->
            write
                .by(services.writer())
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

  private FrameWriter arriving(int number) {
    FrameWriter out = begin(number, 64);
    ArrivingCodec.write(services.files().map(f -> f.arriving().get()).orElse(List.of()), out);
    return out;
  }

  private void sight(ChannelHandlerContext context, int number, FrameReader in)
      throws MalformedFrameException {
    FrameWriter out = begin(number, 1);
    SightCodec.write(services.sights().of(in.readText(), in.readFixed64()), out);
    write(context, number, out);
  }

  private void transfer(ChannelHandlerContext context, int kind, int number, FrameReader in)
      throws MalformedFrameException {
    if (services.files().isEmpty()) {
      write(context, number, text(Frames.UNKNOWN, number, "kind " + kind));
      return;
    }
    TransferCalls.Answer answer = new TransferCalls(services.files().get().lender()).read(kind, in);
    queue(
        context,
        number,
        Work.TRANSFER,
        deadline(FOREVER),
        () -> {
          FrameWriter out = begin(number, 1024);
          FileRegion tail = answer.writeTo(out);
          if (tail == null) {
            finish(context, number, out);
          } else if (backlog.end(number)) {
            Outbound.send(context, out, tail);
          } else {
            tail.release();
          }
        });
  }

  private FrameWriter begin(int number, int expectedBytes) {
    FrameWriter out = Frames.begin(Frames.ANSWER, number, expectedBytes);
    out.writeNumber(services.routingVersion().getAsLong());
    return out;
  }

  private static long deadline(long timeoutMillis) {
    return System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(Math.min(FOREVER, timeoutMillis));
  }

  /** Has a call answered by the pool of its work, unless that is too late by then. */
  private void queue(
      ChannelHandlerContext context, int number, Work work, long deadline, Runnable task) {
    Runnable timely =
        () -> {
          if (System.nanoTime() - deadline > 0) {
            finish(context, number, busy(number, work.words() + " that were too late"));
            return;
          }
          try {
            task.run();
          } catch (RuntimeException e) {
            finish(context, number, failed(number, e));
          }
        };
    if (!backlog.run(number, work, timely)) {
      write(context, number, busy(number, work.words() + " from other nodes"));
    }
  }

  private static FrameWriter busy(int number, String what) {
    return text(Frames.BUSY, number, what);
  }

  private void finish(ChannelHandlerContext context, int number, FrameWriter answer) {
    if (backlog.end(number)) {
      write(context, number, answer);
    }
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
  public void channelInactive(ChannelHandlerContext context) {
    backlog.cancelAll();
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
