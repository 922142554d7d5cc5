package dev.weir.query.peer;

import dev.weir.query.PeerReply;
import dev.weir.store.liveness.PeerProbe;
import dev.weir.store.liveness.Sight;
import dev.weir.store.routing.NodeEntry;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Signs of life over connections of their own, so that a ping never waits behind a large answer.
 * Safe from any thread.
 */
public final class PeerPulse implements PeerProbe, AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final Connector connector;
  private final Map<Place, Pulse> pulses = new ConcurrentHashMap<>();
  private final AtomicInteger numbers = new AtomicInteger();

  /** A node at its endpoint. */
  private record Place(String node, String endpoint) {}

  /** The last connection to a node, also if it could not be made or has ended. */
  private record Pulse(CompletableFuture<PeerConnection> connection) {
    boolean usable() {
      return !connection.isDone()
          || (!connection.isCompletedExceptionally() && connection.join().isOpen());
    }
  }

  /** A pulse without connections. */
  public PeerPulse(PeerIdentity self, PeerSettings settings) {
    this.connector = new Connector(new Handshake(self), settings);
  }

  @Override
  public CompletableFuture<Echo> ping(NodeEntry node) {
    long begun = System.nanoTime();
    // A connection that has just ended says little; that no other can be made says much.
    return pingOnce(node)
        .thenCompose(
            echo ->
                echo == Echo.SILENCE && System.nanoTime() - begun < PATIENCE.toNanos() / 2
                    ? pingAnew(node)
                    : CompletableFuture.completedFuture(echo));
  }

  /** Over another connection: the last one may be ending without having noticed it. */
  private CompletableFuture<Echo> pingAnew(NodeEntry node) {
    pulses.remove(new Place(node.node(), node.peer()));
    return pingOnce(node);
  }

  private CompletableFuture<Echo> pingOnce(NodeEntry node) {
    int number = numbers.incrementAndGet();
    Call<Echo> call =
        new Call<>(
            Work.POINT,
            number,
            Frames.begin(Frames.PING, number, 0),
            in -> Echo.HEARD,
            PATIENCE,
            Runnable::run);
    return send(node, call)
        .handle(
            (reply, failure) -> {
              if (reply instanceof PeerReply.Answered<Echo>) {
                return Echo.HEARD;
              }
              return nobodyListens(failure) ? Echo.REFUSED : Echo.SILENCE;
            });
  }

  @Override
  public CompletableFuture<Sight> sight(NodeEntry witness, String node, long session) {
    int number = numbers.incrementAndGet();
    FrameWriter frame = Frames.begin(Frames.SIGHT, number, 16 + node.length());
    frame.writeText(node);
    frame.writeFixed64(session);
    Call<Sight> call =
        new Call<>(Work.POINT, number, frame, SightCodec::read, PATIENCE, Runnable::run);
    return send(witness, call)
        .handle(
            (reply, failure) ->
                reply instanceof PeerReply.Answered<Sight> answered
                    ? answered.value()
                    : Sight.UNSURE);
  }

  /** The reply, or the failure to connect. */
  private <T> CompletableFuture<PeerReply<T>> send(NodeEntry node, Call<T> call) {
    connector.after(PATIENCE, () -> call.giveUp("no connection in time"));
    return pulse(node)
        .connection()
        .thenCompose(
            connection -> {
              connection.send(call);
              return call.reply();
            })
        .applyToEither(call.reply(), reply -> reply);
  }

  private Pulse pulse(NodeEntry node) {
    return pulses.compute(
        new Place(node.node(), node.peer()),
        (place, last) ->
            last != null && last.usable()
                ? last
                : new Pulse(connector.connect(place.node(), place.endpoint())));
  }

  private static boolean nobodyListens(@Nullable Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    return cause instanceof PeerRefusedException refused && refused.nobodyListens();
  }

  /** Ends all connections. */
  @Override
  public void close() {
    connector.close();
  }
}
