package dev.weir.query.http;

import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Runs the servlet layer, whose handlers may block, for as many requests of each lane as its queue
 * lets in, on threads of its own: those of the server are left to what never blocks. A request is
 * inside until its answer is sent or has failed.
 */
final class Admission extends Handler.Wrapper {
  private final Lanes lanes;
  private final ClientWatch watch;
  private final Executor threads;

  Admission(Lanes lanes, ClientWatch watch, Executor threads) {
    this.lanes = lanes;
    this.watch = watch;
    this.threads = threads;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    var found = (RouteTable.Found) Objects.requireNonNull(request.getAttribute(FrontDoor.FOUND));
    Client client = (Client) Objects.requireNonNull(request.getAttribute(FrontDoor.CLIENT));
    Lane lane = found.route().lane();
    LaneQueue queue = lanes.of(lane);
    if (!request.getHeaders().contains(HttpHeader.EXPECT)) {
      watch.add(request, client.caller()); // its body is here: nobody reads from the connection
    }
    queue.enter(
        new LaneQueue.Visitor() {
          @Override
          public void admitted() {
            Request.addCompletionListener(request, failure -> queue.leave());
            if (client.isOver()) {
              String path = String.valueOf(request.getAttribute(FrontDoor.RAW_PATH));
              FrontDoor.send(Client.tooLate().answer(path), request, response, callback);
              return;
            }
            try {
              threads.execute(() -> run(request, response, callback));
            } catch (RejectedExecutionException e) {
              callback.failed(e);
            }
          }

          @Override
          public void refused() {
            String path = String.valueOf(request.getAttribute(FrontDoor.RAW_PATH));
            FrontDoor.send(lanes.refusal(lane, path), request, response, callback);
          }
        });
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
