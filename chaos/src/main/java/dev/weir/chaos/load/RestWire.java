package dev.weir.chaos.load;

import dev.weir.chaos.Answer;
import dev.weir.chaos.Call;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** One document under its own URL. */
final class RestWire implements Wire {

  static final String COLLECTION = "/v1/collections/register/";

  private static final Pattern TYPE =
      Pattern.compile("\"type\":\"https://weir.dev/problems/([a-z-]+)\"");

  /** Problems after which a write has for certain not happened, as docs/problems.md says. */
  private static final Set<String> NOT_TRIED =
      Set.of(
          "not-owner",
          "rebalancing",
          "overloaded",
          "shutting-down",
          "unknown-collection",
          "log-unreachable",
          "no-standby");

  @Override
  public HttpRequest.Builder request(String url, Request request) {
    String query = request.write().replicated() ? "?ack=replicated" : "";
    URI uri = URI.create(url + COLLECTION + "documents/" + request.key() + query);
    HttpRequest.Builder http = HttpRequest.newBuilder(uri);
    headers(http, request);
    Call call = request.call();
    if (call instanceof Call.Swap && request.etag().isEmpty()) {
      http.header("If-None-Match", "*");
    } else {
      header(http, "If-Match", request.etag());
    }
    if (call instanceof Call.Delete) {
      http.DELETE();
    } else if (call instanceof Call.Patch) {
      http.header("Content-Type", "application/merge-patch+json")
          .method("PATCH", BodyPublishers.ofString(request.body()));
    } else if (call.writes()) {
      http.header("Content-Type", "application/json").PUT(BodyPublishers.ofString(request.body()));
    }
    return http;
  }

  /** The headers that all requests of the REST API know. */
  static void headers(HttpRequest.Builder http, Request request) {
    header(http, "Weir-Consistency", request.level());
    header(http, "Weir-Position", request.token());
    header(http, "Idempotency-Key", request.write().once());
  }

  private static void header(HttpRequest.Builder http, String name, String value) {
    if (!value.isEmpty()) {
      http.header(name, value);
    }
  }

  @Override
  public Reply reply(Request request, HttpResponse<String> response) {
    return new Reply(
        answer(request.call(), response),
        Texts.header(response, "ETag"),
        Texts.header(response, "Weir-Position"),
        true);
  }

  private static Answer answer(Call call, HttpResponse<String> response) {
    int status = response.statusCode();
    if (status >= 300) {
      return refusal(call, response);
    }
    String etag = Texts.header(response, "ETag");
    if (!call.writes()) {
      return Texts.document(response.body(), etag, Texts.header(response, "Weir-Served-By"));
    }
    Optional<Boolean> created =
        call instanceof Call.Delete ? Optional.empty() : Optional.of(status == 201);
    return new Answer.Done(Texts.version(etag), created);
  }

  /** The name of a problem. */
  static String problem(HttpResponse<String> response) {
    return Texts.first(TYPE, response.body()).orElse("status " + response.statusCode());
  }

  /** What an answer means that is none. */
  static Answer refusal(Call call, HttpResponse<String> response) {
    int status = response.statusCode();
    String problem = problem(response);
    if (problem.equals("document-not-found")) {
      return call.writes()
          ? new Answer.Mismatch()
          : new Answer.Seen(
              Call.ABSENT, Optional.empty(), Texts.header(response, "Weir-Served-By"));
    }
    if (problem.equals("precondition-failed")) {
      return new Answer.Mismatch();
    }
    return !call.writes() || status < 500 || NOT_TRIED.contains(problem)
        ? new Answer.Refused(problem)
        : new Answer.Unknown(problem);
  }
}
