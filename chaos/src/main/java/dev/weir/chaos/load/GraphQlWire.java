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

/** One document by a query or a mutation. */
final class GraphQlWire implements Wire {

  private static final Pattern CODE = Pattern.compile("\"code\":\"([A-Z_]+)\"");
  private static final Pattern VERSION = Pattern.compile("\"version\":\"([0-9-]+)\"");
  private static final Pattern CREATED = Pattern.compile("\"created\":(true|false)");
  private static final Pattern POSITION = Pattern.compile("\"position\":\"([^\"]+)\"");
  private static final Pattern NODE = Pattern.compile("\"servedBy\":\\[\"([^\"]+)\"");

  /** After these a write may have happened or not. */
  private static final Set<String> UNKNOWN =
      Set.of("OUTCOME_UNKNOWN", "DEADLINE_EXCEEDED", "INTERNAL", "");

  @Override
  public HttpRequest.Builder request(String url, Request request) {
    String text = text(request).replace("\"", "\\\"");
    return HttpRequest.newBuilder(URI.create(url + "/graphql"))
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString("{\"query\":\"" + text + "\"}"));
  }

  private static String text(Request request) {
    Call call = request.call();
    String key = "key:\"" + request.key() + "\"";
    if (!call.writes()) {
      return "query @consistency(level:\"%s\"%s){register(%s){document version}}"
          .formatted(request.level(), argument(" position", request.token()), key);
    }
    String terms = key + argument(" idempotencyKey", request.write().once());
    String document = request.body().replace("\"", "");
    if (call instanceof Call.Delete) {
      return "mutation{deleteRegister(" + terms + "){existed}}";
    }
    if (call instanceof Call.Patch) {
      return "mutation{patchRegister(" + terms + " patch:" + document + "){version created}}";
    }
    String condition = "";
    if (call instanceof Call.Swap) {
      condition =
          request.etag().isEmpty()
              ? " ifNoneMatch:[\"*\"]"
              : " ifMatch:[\"" + request.etag().replace("\"", "") + "\"]";
    }
    return "mutation{putRegister(%s%s document:%s){version created}}"
        .formatted(terms, condition, document);
  }

  private static String argument(String name, String value) {
    return value.isEmpty() ? "" : name + ":\"" + value + "\"";
  }

  @Override
  public Reply reply(Request request, HttpResponse<String> response) {
    String body = response.body();
    if (response.statusCode() >= 300 && !body.contains("\"errors\"")) {
      // Not answered by GraphQL, but by what stands in front of it.
      return new Reply(RestWire.refusal(request.call(), response), "", "", true);
    }
    String etag = Texts.first(VERSION, body).map(version -> '"' + version + '"').orElse("");
    String token = Texts.first(POSITION, body).orElse("");
    return new Reply(answer(request.call(), etag, body), etag, token, true);
  }

  private static Answer answer(Call call, String etag, String body) {
    if (body.contains("\"errors\"") || !body.contains("\"data\"")) {
      String code = Texts.first(CODE, body).orElse("");
      if (code.equals("CONDITION_FAILED") || (code.equals("NOT_FOUND") && call.writes())) {
        return new Answer.Mismatch();
      }
      return call.writes() && UNKNOWN.contains(code)
          ? new Answer.Unknown(code)
          : new Answer.Refused(code);
    }
    if (call.writes()) {
      Optional<Boolean> created = Texts.first(CREATED, body).map(Boolean::parseBoolean);
      return new Answer.Done(Texts.version(etag), created);
    }
    String node = Texts.first(NODE, body).orElse("");
    return etag.isEmpty()
        ? new Answer.Seen(Call.ABSENT, Optional.empty(), node)
        : Texts.document(body, etag, node);
  }
}
