package dev.weir.query.http;

import java.util.Optional;
import java.util.concurrent.Executor;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.VirtualThreads;

/**
 * Runs the servlet layer, whose handlers may block, on virtual threads. The routes that are
 * answered directly stay on the server's own threads: they never block, and a virtual thread for
 * each costs more than the answer.
 */
final class OnVirtualThreads extends Handler.Wrapper {
  /** Older ones have virtual threads too, but hold their carrier while they are in a monitor. */
  private static final int FIRST_JVM_WITHOUT_PINNING = 24;

  private final Executor executor;

  private OnVirtualThreads(Executor executor) {
    this.executor = executor;
  }

  /** The handler, if this JVM's virtual threads are fit for it. */
  static Optional<OnVirtualThreads> ifFit() {
    if (Runtime.version().feature() < FIRST_JVM_WITHOUT_PINNING) {
      return Optional.empty();
    }
    return Optional.ofNullable(VirtualThreads.getNamedVirtualThreadsExecutor("weir-http-virtual-"))
        .map(OnVirtualThreads::new);
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    executor.execute(() -> run(request, response, callback));
    return true;
  }

  private void run(Request request, Response response, Callback callback) {
    try {
      if (!super.handle(request, response, callback)) {
        Response.writeError(request, response, callback, 404);
      }
    } catch (Exception e) {
      Response.writeError(request, response, callback, e);
    }
  }
}
