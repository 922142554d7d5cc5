package dev.weir.chaos.load;

import dev.weir.chaos.Answer;
import dev.weir.chaos.Call;
import dev.weir.chaos.cluster.KeyShards;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Two documents of one shard that are only ever written by one batch, both alike, and read together
 * or one of them: if batches are atomic and seen whole, the two are one register to all checks.
 */
final class PairWire implements Wire {

  private static final Pattern VERSION = Pattern.compile("\"version\":\"([0-9-]+)\"");
  private static final Pattern CREATED = Pattern.compile("\"created\":(true|false)");
  private static final String NO_VERSION = "0-999999999";

  private final Look look;
  private final RestWire single = new RestWire();

  /** Which of the documents a read asks for. */
  enum Look {
    FIRST,
    SECOND,
    BOTH
  }

  PairWire(Look look) {
    this.look = look;
  }

  /** The keys of a pair: one itself, and one beside it in the same shard. */
  static List<String> documents(String key) {
    String other =
        IntStream.iterate(1, i -> i + 1)
            .mapToObj(i -> key + "." + i)
            .filter(beside -> KeyShards.shardOf(beside) == KeyShards.shardOf(key))
            .findFirst()
            .orElseThrow();
    return List.of(key, other);
  }

  @Override
  public HttpRequest.Builder request(String url, Request request) {
    List<String> keys = documents(request.key());
    if (request.call().writes()) {
      String query = request.write().replicated() ? "?ack=replicated" : "";
      String operations =
          IntStream.range(0, keys.size())
              .mapToObj(i -> operation(keys.get(i), i, request))
              .collect(Collectors.joining(","));
      return post(url + "/v1/batch" + query, request, "{\"operations\":[" + operations + "]}");
    }
    if (look == Look.BOTH) {
      String body = "{\"keys\":[\"" + String.join("\",\"", keys) + "\"]}";
      return post(url + RestWire.COLLECTION + "batch-get", request, body);
    }
    return single.request(url, one(request, keys.get(look == Look.FIRST ? 0 : 1)));
  }

  private static Request one(Request request, String key) {
    return new Request(
        key, request.call(), "", request.token(), Request.Terms.PLAIN, request.wire());
  }

  private static HttpRequest.Builder post(String uri, Request request, String body) {
    HttpRequest.Builder http =
        HttpRequest.newBuilder(URI.create(uri)).header("Content-Type", "application/json");
    RestWire.headers(http, request);
    return http.POST(BodyPublishers.ofString(body));
  }

  private static String operation(String key, int index, Request request) {
    Call call = request.call();
    String target = "\"collection\":\"register\",\"key\":\"" + key + "\"";
    if (call instanceof Call.Delete) {
      return "{\"op\":\"delete\"," + target + "}";
    }
    if (call instanceof Call.Patch) {
      return "{\"op\":\"patch\"," + target + ",\"patch\":" + request.body() + "}";
    }
    String put = "{\"op\":\"put\"," + target + ",\"document\":" + request.body();
    return put + condition(call, index, request.etag()) + "}";
  }

  private static String condition(Call call, int index, String etag) {
    if (!(call instanceof Call.Swap swap)) {
      return "";
    }
    if (swap.expected() == Call.Swap.NEVER) {
      // The first document could be written: only the second one is in the way.
      return index == 0 ? "" : ",\"ifMatch\":\"" + NO_VERSION + "\"";
    }
    return etag.isEmpty()
        ? ",\"ifNoneMatch\":\"*\""
        : ",\"ifMatch\":\"" + etag.replace("\"", "") + "\"";
  }

  @Override
  public Reply reply(Request request, HttpResponse<String> response) {
    if (!request.call().writes() && look != Look.BOTH) {
      return single.reply(request, response);
    }
    String token = Texts.header(response, "Weir-Position");
    if (response.statusCode() >= 300) {
      return new Reply(RestWire.refusal(request.call(), response), "", token, true);
    }
    String etag =
        Texts.first(VERSION, response.body()).map(version -> '"' + version + '"').orElse("");
    Answer answer =
        request.call().writes()
            ? new Answer.Done(
                Texts.version(etag),
                Texts.first(CREATED, response.body()).map(Boolean::parseBoolean))
            : both(response);
    return new Reply(answer, etag, token, true);
  }

  /** What a batch-get has found, one item after the other. */
  private static Answer both(HttpResponse<String> response) {
    String node = Texts.header(response, "Weir-Served-By");
    List<Answer.Seen> items =
        Pattern.compile("\"found\":")
            .splitAsStream(response.body())
            .skip(1)
            .map(item -> item(item, node))
            .toList();
    Answer.Seen first = items.get(0);
    Answer.Seen second = items.get(1);
    return first.equals(second) ? first : new Answer.Torn(first.value(), second.value());
  }

  private static Answer.Seen item(String json, String node) {
    return json.startsWith("true")
        ? Texts.document(json, Texts.first(VERSION, json).orElse(""), node)
        : new Answer.Seen(Call.ABSENT, Optional.empty(), node);
  }
}
