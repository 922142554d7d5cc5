package dev.weir.query.http;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Answers requests whose bodies are here on the server's own threads if their routes can do so
 * without blocking; all others it passes on, with their bodies, to wait for room in their lanes.
 */
final class QuickDoor extends Handler.Wrapper {
  /** Longer bodies ask for more than is quickly answered. */
  private static final int MOST_BYTES = 8 << 10;

  private final ClientWatch watch;

  QuickDoor(Handler next, ClientWatch watch) {
    super(next);
    this.watch = watch;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    var found = (RouteTable.Found) Objects.requireNonNull(request.getAttribute(FrontDoor.FOUND));
    Route.Quick quick = found.route().spec().quick();
    if (quick == null
        || request.getLength() > MOST_BYTES
        || request.getHeaders().contains(HttpHeader.EXPECT)
        || request.getHeaders().contains(HttpHeader.CONTENT_ENCODING)) {
      return super.handle(request, response, callback);
    }
    Replay replay = new Replay(request);
    byte[] body = replay.peek(MOST_BYTES);
    Optional<CompletableFuture<Answer>> answer =
        body == null ? Optional.empty() : quick.handle(new JettyIncoming(request), body);
    if (answer.isEmpty()) {
      return super.handle(replay, response, callback);
    }
    replay.release();
    if (answer.get().isDone()) {
      FrontDoor.send(answer.get().join(), request, response, callback);
      return true;
    }
    Client client = (Client) Objects.requireNonNull(request.getAttribute(FrontDoor.CLIENT));
    watch.add(request, client.caller());
    var unused = answer.get().thenAccept(a -> FrontDoor.send(a, request, response, callback));
    return true;
  }

  /** A request whose body was looked at and is still there. */
  private static final class Replay extends Request.Wrapper {
    private final Deque<Content.Chunk> chunks = new ArrayDeque<>(); // one reader at a time

    Replay(Request request) {
      super(request);
    }

    /** The whole body; null if it is longer than the bound or not here. */
    byte @org.jspecify.annotations.Nullable [] peek(int most) {
      int length = 0;
      boolean last = false;
      while (!last && length <= most) {
        Content.Chunk chunk = super.read();
        if (chunk == null) {
          return null;
        }
        chunks.add(chunk);
        if (Content.Chunk.isFailure(chunk)) {
          return null;
        }
        length += chunk.remaining();
        last = chunk.isLast();
      }
      if (length > most) {
        return null;
      }
      ByteBuffer body = ByteBuffer.allocate(length);
      for (Content.Chunk chunk : chunks) {
        body.put(chunk.getByteBuffer().slice());
      }
      return body.array();
    }

    void release() {
      while (!chunks.isEmpty()) {
        chunks.remove().release();
      }
    }

    @Override
    public Content.Chunk read() {
      Content.Chunk chunk = chunks.poll();
      return chunk == null ? super.read() : chunk;
    }

    @Override
    public void demand(Runnable demandCallback) {
      if (chunks.isEmpty()) {
        super.demand(demandCallback);
      } else {
        demandCallback.run();
      }
    }
  }
}
