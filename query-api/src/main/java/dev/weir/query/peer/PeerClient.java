package dev.weir.query.peer;

import dev.weir.query.Arriving;
import dev.weir.query.PeerReply;
import dev.weir.query.Peers;
import dev.weir.query.ShardQuery;
import dev.weir.query.ShardWrite;
import dev.weir.store.Query;
import dev.weir.store.ReadResult;
import dev.weir.store.ShardStatus;
import dev.weir.store.WriteResult;
import dev.weir.store.routing.NodeEntry;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** Calls other nodes over TCP, all calls to a node on a few connections. Safe from any thread. */
public final class PeerClient implements Peers, AutoCloseable {
  private static final int REPLY_THREADS = 32;

  private final PeerSettings settings;
  private final Executor completions;
  private final Executor completionsOfGets;
  private final Connector connector;
  private final Map<Address, List<PeerLink>> links = new ConcurrentHashMap<>();
  private final AtomicInteger numbers = new AtomicInteger();
  private final Runnable atEnd;

  private PeerClient(
      PeerIdentity self,
      PeerSettings settings,
      Executor completions,
      Executor completionsOfGets,
      Runnable atEnd) {
    this.settings = settings;
    this.completions = completions;
    this.completionsOfGets = completionsOfGets;
    this.connector = new Connector(new Handshake(self), settings);
    this.atEnd = atEnd;
  }

  /**
   * A client without connections.
   *
   * @param completions runs what depends on replies. {@code Runnable::run} does it on the thread
   *     that reads the network, and it must never block
   */
  public PeerClient(PeerIdentity self, PeerSettings settings, Executor completions) {
    this(self, settings, completions, completions, () -> {});
  }

  /**
   * A client without connections, with threads of its own for what depends on replies: up to
   * {@value #REPLY_THREADS} of them may block, such as on slow HTTP clients, before others have to
   * wait.
   */
  public static PeerClient withThreads(PeerIdentity self, PeerSettings settings) {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            REPLY_THREADS,
            REPLY_THREADS,
            30,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(), // no more wait than calls may be in flight
            new DefaultThreadFactory("weir-peer-reply", true));
    pool.allowCoreThreadTimeOut(true);
    return new PeerClient(self, settings, pool, Runnable::run, pool::shutdown);
  }

  /** Where a node is; another process at the same place is not the node. */
  private record Address(String node, String endpoint) {}

  @Override
  public <R> CompletableFuture<PeerReply<List<ReadResult<R>>>> read(
      NodeEntry node, List<ShardQuery<R>> questions, Duration timeout) {
    int number = numbers.incrementAndGet();
    FrameWriter frame = Frames.begin(Frames.READ, number, 16 + QueryCodec.expectedSize(questions));
    frame.writeNumber(Math.max(1, timeout.toMillis()));
    frame.writeNumber(questions.size());
    questions.forEach(question -> QueryCodec.write(question, frame));
    questions.forEach(question -> DemandCodec.write(question.demand(), frame));
    boolean get = questions.size() == 1 && questions.get(0).query() instanceof Query.Get;
    return call(
        node,
        new Call<>(
            Work.of(questions),
            number,
            frame,
            in -> AnswerCodec.readAll(questions, in),
            timeout,
            get ? completionsOfGets : completions));
  }

  @Override
  public CompletableFuture<PeerReply<WriteResult>> submit(
      NodeEntry node, ShardWrite write, Duration timeout) {
    int number = numbers.incrementAndGet();
    FrameWriter frame =
        Frames.begin(Frames.SUBMIT, number, OperationCodec.expectedSize(write.operation()));
    frame.writeNumber(write.shard());
    OperationCodec.write(write.operation(), frame);
    frame.writeNumber(Math.max(1, timeout.toMillis()));
    frame.writeBoolean(write.appendOnly());
    return call(
        node, new Call<>(Work.WRITE, number, frame, WriteResultCodec::read, timeout, completions));
  }

  @Override
  public CompletableFuture<PeerReply<List<ShardStatus>>> status(NodeEntry node, Duration timeout) {
    int number = numbers.incrementAndGet();
    FrameWriter frame = Frames.begin(Frames.STATUS, number, 0);
    return call(
        node, new Call<>(Work.POINT, number, frame, StatusCodec::read, timeout, completions));
  }

  @Override
  public CompletableFuture<PeerReply<List<Arriving>>> arriving(NodeEntry node, Duration timeout) {
    int number = numbers.incrementAndGet();
    FrameWriter frame = Frames.begin(Frames.ARRIVING, number, 0);
    return call(
        node, new Call<>(Work.POINT, number, frame, ArrivingCodec::read, timeout, completions));
  }

  /** The number of the next call. */
  int number() {
    return numbers.incrementAndGet();
  }

  /** Sends a call. */
  <T> CompletableFuture<PeerReply<T>> call(NodeEntry node, Call<T> call) {
    if (call.frame().size() > settings.maxFrameBytes()) {
      call.refused("a call of " + call.frame().size() + " bytes: ask for less at once");
      return call.reply();
    }
    List<PeerLink> ways =
        links.computeIfAbsent(
            new Address(node.node(), node.peer()),
            address ->
                IntStream.range(0, settings.connections()).mapToObj(i -> link(address)).toList());
    try {
      ways.get(Math.floorMod(call.number(), ways.size())).send(call);
    } catch (RejectedExecutionException | IllegalStateException e) {
      call.giveUp("this node is stopping");
    }
    return call.reply();
  }

  private PeerLink link(Address address) {
    return new PeerLink(
        () -> connector.connect(address.node(), address.endpoint()), settings, connector::after);
  }

  /** Ends all connections; calls that wait for an answer are lost. */
  @Override
  public void close() {
    connector.close();
    atEnd.run();
  }
}
