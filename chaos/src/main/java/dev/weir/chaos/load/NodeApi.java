package dev.weir.chaos.load;

import dev.weir.chaos.Answer;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/**
 * Calls of one document over HTTP, as any client would make them, at a node that the caller has
 * chosen; a call without an answer says whether it can have had an effect. Thread-safe.
 */
final class NodeApi {

  private final HttpClient http = AnyNode.client();

  /** Makes a call at a node; gives up after a while. */
  Reply call(String url, Request request, Duration patience) {
    HttpRequest message = request.wire().request(url, request).timeout(patience).build();
    try {
      return request.wire().reply(request, http.send(message, BodyHandlers.ofString()));
    } catch (ConnectException | HttpConnectTimeoutException e) {
      return Reply.lost(new Answer.Refused("no connection"));
    } catch (IOException e) {
      return Reply.lost(
          request.call().writes()
              ? new Answer.Unknown(e.getClass().getSimpleName())
              : new Answer.Refused(e.getClass().getSimpleName()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Reply.lost(new Answer.Unknown("interrupted"));
    }
  }
}
