package dev.weir.chaos.load;

import dev.weir.chaos.Answer;
import dev.weir.chaos.Call;
import dev.weir.chaos.Version;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Calls of one document over HTTP, as any client would make them. Thread-safe. */
final class NodeApi {

  private static final Duration CONNECT = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(6);
  private static final Pattern VALUE = Pattern.compile("\"v\":(\\d+)");
  private static final Pattern TYPE =
      Pattern.compile("\"type\":\"https://weir.dev/problems/([a-z-]+)\"");
  private static final Pattern ETAG = Pattern.compile("\"(\\d+)-(\\d+)\"");

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

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT).build();

  /**
   * An answer and what came with it.
   *
   * @param answer for the history
   * @param etag of the document, or empty
   * @param token of the position, or empty
   * @param reached whether the node answered at all
   */
  record Reply(Answer answer, String etag, String token, boolean reached) {}

  /** Makes a call at a node. */
  Reply call(String url, Request request) {
    HttpRequest http = request.at(url, PATIENCE);
    try {
      HttpResponse<String> response = this.http.send(http, BodyHandlers.ofString());
      return new Reply(
          answer(request.call(), response),
          header(response, "ETag"),
          header(response, "Weir-Position"),
          true);
    } catch (ConnectException | HttpConnectTimeoutException e) {
      return lost(new Answer.Refused("no connection"));
    } catch (IOException e) {
      return lost(
          request.call().writes()
              ? new Answer.Unknown(e.getClass().getSimpleName())
              : new Answer.Refused(e.getClass().getSimpleName()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return lost(new Answer.Unknown("interrupted"));
    }
  }

  private static Reply lost(Answer answer) {
    return new Reply(answer, "", "", false);
  }

  private static Answer answer(Call call, HttpResponse<String> response) {
    int status = response.statusCode();
    String problem = first(TYPE, response.body()).orElse("status " + status);
    if (!call.writes()) {
      if (status == 200) {
        long value = first(VALUE, response.body()).map(Long::parseLong).orElse(-1L);
        return new Answer.Seen(value, version(response), header(response, "Weir-Served-By"));
      }
      return problem.equals("document-not-found")
          ? new Answer.Seen(Call.ABSENT, Optional.empty(), header(response, "Weir-Served-By"))
          : new Answer.Refused(problem);
    }
    if (status == 200 || status == 201 || status == 204) {
      Optional<Boolean> created =
          call instanceof Call.Delete ? Optional.empty() : Optional.of(status == 201);
      return new Answer.Done(version(response), created);
    }
    if (status == 412) {
      return new Answer.Mismatch();
    }
    return status < 500 || NOT_TRIED.contains(problem)
        ? new Answer.Refused(problem)
        : new Answer.Unknown(problem);
  }

  private static Optional<Version> version(HttpResponse<String> response) {
    Matcher etag = ETAG.matcher(header(response, "ETag"));
    return etag.matches()
        ? Optional.of(new Version(Integer.parseInt(etag.group(1)), Long.parseLong(etag.group(2))))
        : Optional.empty();
  }

  private static String header(HttpResponse<String> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }

  private static Optional<String> first(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }
}
