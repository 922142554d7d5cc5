package dev.weir.chaos.load;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** A way to put a request to a node and to understand the answer. Thread-safe. */
interface Wire {

  /** The request to a node, without a deadline. */
  HttpRequest.Builder request(String url, Request request);

  /** What the answer says. */
  Reply reply(Request request, HttpResponse<String> response);
}
