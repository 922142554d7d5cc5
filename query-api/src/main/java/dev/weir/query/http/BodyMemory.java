package dev.weir.query.http;

import dev.weir.store.Refusal;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Bounds the memory of request bodies: one that may not fit beside those that are there is refused
 * before it is read. A body counts with its declared length, or with the most it may have, until
 * its request is answered.
 */
final class BodyMemory extends Handler.Wrapper {
  private final long mostBytes;
  private final long capacity;
  private final AtomicLong used = new AtomicLong();

  /**
   * Memory for bodies.
   *
   * @param mostBytes of one body; longer ones are not kept
   * @param capacity bytes of all bodies together; one body is always let in
   */
  BodyMemory(long mostBytes, long capacity) {
    this.mostBytes = mostBytes;
    this.capacity = capacity;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    long declared = request.getLength();
    long bytes =
        declared < 0 && !request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING)
            ? 0
            : declared < 0 ? mostBytes : Math.min(mostBytes, declared);
    if (bytes == 0) {
      return super.handle(request, response, callback);
    }
    long before = used.getAndAdd(bytes);
    if (before > 0 && before + bytes > capacity) {
      used.addAndGet(-bytes);
      String path = String.valueOf(request.getAttribute(FrontDoor.RAW_PATH));
      Answer refusal = Refusals.problem(new Refusal.Overloaded("bodies of requests")).answer(path);
      FrontDoor.send(refusal, request, response, callback);
      return true;
    }
    Request.addCompletionListener(request, failure -> used.addAndGet(-bytes));
    return super.handle(request, response, callback);
  }
}
