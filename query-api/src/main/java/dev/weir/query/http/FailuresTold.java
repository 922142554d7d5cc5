package dev.weir.query.http;

import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Stands within the handler that keeps bodies, which gives a callback that ignores failures: it
 * takes them as failures of the request only (Jetty 12.1). Without them a request whose client has
 * left while it was answered would never be over, and would keep its place in its lane.
 */
final class FailuresTold extends Handler.Wrapper {
  FailuresTold(Handler inside) {
    super(inside);
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    return super.handle(
        request,
        response,
        callback instanceof Request kept
            ? Callback.from(callback::succeeded, kept::fail)
            : callback);
  }
}
