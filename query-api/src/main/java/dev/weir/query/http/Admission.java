package dev.weir.query.http;

import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
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
  private final Dispatcher dispatcher;

  Admission(Dispatcher dispatcher, Lanes lanes, ClientWatch watch, Executor threads) {
    this.dispatcher = dispatcher;
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
            AtomicBoolean inside = new AtomicBoolean(true);
            Runnable leave =
                () -> {
                  if (inside.compareAndSet(true, false)) {
                    queue.leave();
                  }
                };
            Request.addCompletionListener(request, failure -> leave.run());
            if (client.isOver()) {
              String path = String.valueOf(request.getAttribute(FrontDoor.RAW_PATH));
              FrontDoor.send(Client.tooLate().answer(path), request, response, callback);
              return;
            }
            try {
              threads.execute(
                  mayFlow(found, request)
                      ? () -> flow(found, request, response, callback, leave)
                      : () -> run(request, response, callback));
            } catch (RejectedExecutionException e) {
              callback.failed(e);
            }
          }

          @Override
          public void refused() {
            String path = String.valueOf(request.getAttribute(FrontDoor.RAW_PATH));
            long comeback = queue.comeback();
            request.setAttribute(FrontDoor.COMEBACK, comeback);
            Answer refusal = Lanes.refusal(lane, path, comeback);
            FrontDoor.send(refusal, request, response, callback);
          }
        });
    return true;
  }

  private static boolean mayFlow(RouteTable.Found found, Request request) {
    String accept = request.getHeaders().get(HttpHeader.ACCEPT);
    return found.route().spec().flows()
        && accept != null
        && accept.toLowerCase(Locale.ROOT).contains(ChangeEvents.TYPE);
  }

  /** An answer that goes on is none of the servlet layer's, and leaves its place to others. */
  private void flow(
      RouteTable.Found found,
      Request request,
      Response response,
      Callback callback,
      Runnable leave) {
    var unused =
        dispatcher
            .run(found, new JettyIncoming(request))
            .thenAccept(
                answer -> {
                  if (answer.content() instanceof Answer.Content.Flowing) {
                    leave.run();
                  }
                  FrontDoor.send(answer, request, response, callback);
                });
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
