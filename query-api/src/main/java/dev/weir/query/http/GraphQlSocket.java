package dev.weir.query.http;

import dev.weir.query.GraphQlEndpoint;
import dev.weir.query.GraphQlEndpoint.Conversation;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.eclipse.jetty.util.IteratingCallback;
import org.eclipse.jetty.util.thread.Scheduler;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.api.StatusCode;
import org.jspecify.annotations.Nullable;

/**
 * A WebSocket and the conversation on it. Sends one message after the other, without a thread of
 * its own; hears the next one when the client has taken the answers to the former. Public because
 * the server under it demands that of its listeners.
 */
public final class GraphQlSocket extends IteratingCallback
    implements Session.Listener, GraphQlEndpoint.Line {
  /** The server speaks none of the sub-protocols that the client offers. */
  private static final int SUB_PROTOCOL_NOT_ACCEPTABLE = 4406;

  private static final int INVALID_MESSAGE = 4400;

  /** Longest reason that a frame can carry. */
  private static final int REASON_BYTES = 123;

  private final GraphQlSockets home;
  private final Conversation conversation;
  private final boolean speaks;
  private final CompletableFuture<@Nullable Void> ended = new CompletableFuture<>();
  private volatile @Nullable Session session; // set when it opens
  private volatile @Nullable Ending ending;
  private volatile boolean finishing;
  private volatile boolean deaf;
  private volatile boolean pinging;
  private volatile long heard = System.nanoTime();
  private Scheduler.@Nullable Task alarm; // set when it opens

  /** How the server ends it. */
  private record Ending(int code, String reason) {}

  /**
   * A socket that is not open yet.
   *
   * @param speaks whether the client offered the sub-protocol
   */
  GraphQlSocket(GraphQlSockets home, GraphQlEndpoint endpoint, boolean speaks) {
    this.home = home;
    this.speaks = speaks;
    this.conversation = endpoint.converse(this);
  }

  @Override
  public void onWebSocketOpen(Session opened) {
    session = opened;
    home.opened(this);
    if (speaks) {
      long patience = home.settings().timeouts().head().toMillis();
      alarm =
          home.shared()
              .alarms()
              .schedule(conversation::introductionIsDue, patience, TimeUnit.MILLISECONDS);
    } else {
      close(SUB_PROTOCOL_NOT_ACCEPTABLE, "Subprotocol not acceptable");
    }
    opened.demand();
  }

  @Override
  public void onWebSocketText(String message) {
    heard = System.nanoTime();
    if (ending == null) {
      conversation.hear(message);
    }
    if (conversation.listens()) {
      demand();
    } else {
      deaf = true;
      iterate();
    }
  }

  @Override
  public void onWebSocketBinary(ByteBuffer payload, Callback callback) {
    callback.succeed();
    close(INVALID_MESSAGE, "Messages are texts.");
    demand();
  }

  @Override
  public void onWebSocketPong(ByteBuffer payload) {
    heard = System.nanoTime();
    demand();
  }

  @Override
  public void onWebSocketPing(ByteBuffer payload) {
    heard = System.nanoTime();
    demand();
  }

  @Override
  public void onWebSocketError(Throwable cause) {
    over();
  }

  @Override
  public void onWebSocketClose(int code, String reason, Callback callback) {
    over();
    callback.succeed();
  }

  private void demand() {
    Session now = session;
    if (now != null && now.isOpen()) {
      now.demand();
    }
  }

  @Override
  protected Action process() {
    Session to = Objects.requireNonNull(session);
    Ending end = ending;
    if (end != null) {
      to.close(end.code(), shortened(end.reason()), Callback.NOOP);
      return Action.SUCCEEDED;
    }
    String message = conversation.next();
    if (message != null) {
      to.sendText(message, Callback.from(this::succeeded, this::failed));
      return Action.SCHEDULED;
    }
    if (deaf && conversation.listens()) {
      deaf = false;
      demand();
    }
    if (finishing && conversation.finish()) {
      to.close(StatusCode.SHUTDOWN, "The node is closing.", Callback.NOOP);
      return Action.SUCCEEDED;
    }
    return Action.IDLE;
  }

  @Override
  protected void onCompleteFailure(Throwable cause) {
    Session now = session;
    if (now != null) {
      now.disconnect();
    }
    over();
  }

  private void over() {
    if (ended.complete(null)) {
      Scheduler.Task task = alarm;
      if (task != null) {
        task.cancel();
      }
      home.closed(this);
      conversation.close();
    }
  }

  private static String shortened(String reason) {
    byte[] bytes = reason.getBytes(StandardCharsets.UTF_8);
    if (bytes.length <= REASON_BYTES) {
      return reason;
    }
    int end = REASON_BYTES;
    while ((bytes[end] & 0xC0) == 0x80) {
      end--; // within a character
    }
    return new String(bytes, 0, end, StandardCharsets.UTF_8);
  }

  /** Shows the client that the node is there, and the node that the client is. */
  void beat() {
    Session now = session;
    if (now == null || System.nanoTime() - heard > home.settings().timeouts().idle().toNanos()) {
      onCompleteFailure(new java.util.concurrent.TimeoutException("the client is silent"));
    } else if (!pinging) {
      pinging = true;
      now.sendPing(ByteBuffer.allocate(0), Callback.from(() -> pinging = false, cause -> over()));
    }
  }

  /** Begins nothing new, and ends when all is done; complete when it has ended. */
  CompletableFuture<@Nullable Void> finish() {
    conversation.finish();
    finishing = true;
    iterate();
    return ended;
  }

  /** Ends at once. */
  void goAway() {
    close(StatusCode.SHUTDOWN, "The node is closing.");
  }

  // ------------------------------------------------------------ for the conversation

  @Override
  public void wake() {
    iterate();
  }

  @Override
  public void close(int code, String reason) {
    if (ending == null) {
      ending = new Ending(code, reason);
    }
    iterate();
  }

  @Override
  public void admit(Supplier<CompletableFuture<?>> work, Runnable refused) {
    LaneQueue lane = home.shared().lane();
    lane.enter(
        new LaneQueue.Visitor() {
          @Override
          public void admitted() {
            try {
              home.shared().threads().execute(() -> run(work, lane));
            } catch (RejectedExecutionException e) {
              lane.leave();
              refused.run();
            }
          }

          @Override
          public void refused() {
            refused.run();
          }
        });
  }

  private static void run(Supplier<CompletableFuture<?>> work, LaneQueue lane) {
    CompletableFuture<?> done;
    try {
      done = work.get();
    } catch (RuntimeException e) {
      lane.leave();
      throw e;
    }
    var unused = done.whenComplete((result, fault) -> lane.leave());
  }
}
