package dev.weir.examples.social;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What the answers of the short reads say: a line for each row that LDBC SNB defines, its columns
 * divided by bars. What the queries leave to the caller is done here.
 */
public final class ShortReadAnswers {

  private static final int LATEST = 10;

  private ShortReadAnswers() {}

  /**
   * The rows of an answer, in their order; empty if there is no such person or message.
   *
   * @param name of the query
   * @param data what GraphQL has answered as {@code data}
   */
  public static List<String> rows(String name, JsonNode data) {
    JsonNode person = data.path("person");
    return switch (name) {
      case "is1" -> profile(person);
      case "is2" -> latest(person);
      case "is3" -> friends(person);
      case "is4" -> content(message(data));
      case "is5" -> author(message(data));
      case "is6" -> forum(message(data));
      case "is7" -> replies(message(data));
      default -> distance(person);
    };
  }

  private static JsonNode message(JsonNode data) {
    return data.path("post").isObject() ? data.path("post") : data.path("comment");
  }

  private static List<String> profile(JsonNode person) {
    JsonNode document = person.path("document");
    return person.isObject()
        ? List.of(
            row(
                document.path("firstName"),
                document.path("lastName"),
                document.path("birthday"),
                document.path("locationIP"),
                document.path("browserUsed"),
                person.at("/livesIn/edges/0/nodeKey"),
                document.path("gender"),
                document.path("creationDate")))
        : List.of();
  }

  private static List<String> latest(JsonNode person) {
    List<JsonNode> messages = new ArrayList<>();
    nodes(person.path("posts")).forEach(messages::add);
    nodes(person.path("comments")).forEach(messages::add);
    messages.sort(
        Comparator.comparingLong(ShortReadAnswers::created)
            .thenComparingLong(message -> message.path("key").asLong())
            .reversed());
    List<String> rows = new ArrayList<>();
    for (JsonNode message : messages.subList(0, Math.min(LATEST, messages.size()))) {
      JsonNode begin = message.has("reach") ? message.at("/reach/vertices/0/node") : message;
      JsonNode author = begin.at("/postBy/edges/0/node");
      rows.add(
          row(
              message.path("key"),
              text(message.path("document")),
              message.at("/document/creationDate"),
              begin.path("key"),
              author.path("key"),
              author.at("/document/firstName"),
              author.at("/document/lastName")));
    }
    return rows;
  }

  private static List<String> friends(JsonNode person) {
    List<String> rows = new ArrayList<>();
    for (JsonNode edge : person.at("/knows/edges")) {
      JsonNode friend = edge.path("node");
      rows.add(row(named(friend), edge.at("/properties/since")));
    }
    return rows;
  }

  private static List<String> content(JsonNode message) {
    JsonNode document = message.path("document");
    return message.isObject()
        ? List.of(row(document.path("creationDate"), text(document)))
        : List.of();
  }

  private static List<String> author(JsonNode message) {
    return message.isObject() ? List.of(row(named(creator(message)))) : List.of();
  }

  private static List<String> forum(JsonNode message) {
    JsonNode post = message.has("reach") ? message.at("/reach/vertices/0/node") : message;
    JsonNode forum = post.at("/inForum/edges/0/node");
    return forum.isObject()
        ? List.of(
            row(
                forum.path("key"),
                forum.at("/document/title"),
                named(forum.at("/moderatedBy/edges/0/node"))))
        : List.of();
  }

  private static List<String> replies(JsonNode message) {
    Set<String> known = new HashSet<>();
    creator(message).at("/knows/edges").forEach(edge -> known.add(edge.path("nodeKey").asText()));
    List<JsonNode> replies = new ArrayList<>();
    nodes(message.path("replies")).forEach(replies::add);
    replies.sort(
        Comparator.comparingLong(ShortReadAnswers::created)
            .reversed()
            .thenComparingLong(reply -> creator(reply).path("key").asLong()));
    List<String> rows = new ArrayList<>();
    for (JsonNode reply : replies) {
      JsonNode author = creator(reply);
      rows.add(
          row(
              reply.path("key"),
              text(reply.path("document")),
              reply.at("/document/creationDate"),
              named(author),
              known.contains(author.path("key").asText())));
    }
    return rows;
  }

  private static List<String> distance(JsonNode person) {
    JsonNode path = person.at("/shortestPath/path");
    return List.of(path.isObject() ? path.path("length").asText() : "-1");
  }

  private static JsonNode creator(JsonNode message) {
    return message.path(message.has("postBy") ? "postBy" : "commentBy").at("/edges/0/node");
  }

  private static List<JsonNode> nodes(JsonNode connection) {
    List<JsonNode> nodes = new ArrayList<>();
    connection.path("edges").forEach(edge -> nodes.add(edge.path("node")));
    return nodes;
  }

  private static long created(JsonNode message) {
    return message.at("/document/creationDate").asLong();
  }

  /** A post without a text has a picture. */
  private static String text(JsonNode document) {
    return document.path("content").isTextual()
        ? document.path("content").asText()
        : document.path("imageFile").asText("");
  }

  private static String named(JsonNode person) {
    return row(
        person.path("key"), person.at("/document/firstName"), person.at("/document/lastName"));
  }

  private static String row(Object... columns) {
    List<String> texts = new ArrayList<>();
    for (Object column : columns) {
      texts.add(column instanceof JsonNode value ? value.asText() : column.toString());
    }
    return String.join("|", texts);
  }
}
