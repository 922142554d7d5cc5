package dev.weir.cli.demo;

import dev.weir.cli.CommandException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A question that is shown as a command and asked as well.
 *
 * @param title what is asked, for people
 * @param url where
 * @param body JSON to post; empty = a GET
 */
record DemoQuery(String title, String url, String body) {

  private static final HttpClient HTTP =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

  /** The questions of the demo, asked at different nodes. */
  static List<DemoQuery> all(List<String> urls) {
    List<DemoQuery> queries = new ArrayList<>();
    String one = urls.get(0);
    String two = urls.get(1);
    String three = urls.get(2);
    queries.add(
        new DemoQuery(
            "A tag class by its key, as a bare document",
            one + "/v1/collections/tagclass/documents/349",
            ""));
    queries.add(
        new DemoQuery(
            "The first three places in key order, from all shards",
            two + "/v1/collections/place/documents?from=0&limit=3",
            ""));
    queries.add(
        new DemoQuery(
            "Persons by their contents, the youngest first, and how they were found",
            three
                + "/v1/collections/person/documents?filter=firstName==%22Jan%22"
                + "&orderBy=birthday%20desc&fields=firstName,lastName&limit=2&explain=true",
            ""));
    queries.add(
        new DemoQuery(
            "How many persons use which browser, counted where they are",
            one
                + "/v1/collections/person/aggregate?groupBy=browserUsed"
                + "&measures=count,max(birthday)",
            ""));
    queries.add(
        new DemoQuery(
            "Four tags in one call, one of them unknown",
            three + "/v1/collections/tag/batch-get",
            "{\"keys\":[0,1,2,99999999]}"));
    queries.add(
        new DemoQuery(
            "GraphQL: a person with her friends, as the update stream left them",
            one + "/graphql",
            "{\"query\":\"{ person(key: 8796093022220) { version document"
                + " { firstName lastName languages friends { personId } } } }\"}"));
    queries.add(
        new DemoQuery(
            "GraphQL: two collections in one request",
            two + "/graphql",
            "{\"query\":\"{ forum(key: 274877906944) { document { title moderatorId } }"
                + " personByKeys(keys: [150, 8796093022220])"
                + " { document { firstName lastName } } }\"}"));
    queries.add(
        graph(
            "GraphQL along edges: a person's latest friends, and what each of them likes",
            three,
            "{ person(key: 8796093022220) { knows(first: 2, orderBy: [{property: {since:"
                + " DESC}}]) { degree edges { properties { since } node { document"
                + " { firstName lastName } likedPosts(first: 1) { degree edges { node { document"
                + " { content } } } } } } } } }"));
    queries.add(
        graph(
            "GraphQL against the edges: who wrote in a forum of which the person is a member",
            one,
            "{ person(key: 8796093022220) { memberOf(first: 1) { degree edges { node { document"
                + " { title } posts(first: 2) { degree edges { node { postBy { edges { node"
                + " { document { firstName } } } } } } } } } } } }"));
    queries.add(
        graph(
            "GraphQL over several edges: the post that a thread of comments began with",
            two,
            "{ comment(key: 68719481815) { document { content } reach(along: [{edges:"
                + " \\\"reply-to-comment\\\"}, {edges: \\\"reply-to-post\\\"}], hops: 20, only:"
                + " \\\"post\\\") { cut vertices { distance node { ... on Post { key document {"
                + " content imageFile } } } } } } }"));
    queries.add(
        graph(
            "GraphQL: the shortest chain of friends between two persons",
            three,
            "{ person(key: 8796093022220) { shortestPath(to: 8796093022379, along: [{edges:"
                + " \\\"knows\\\", side: BOTH}]) { path { length vertices { node { ... on Person {"
                + " document { firstName lastName } } } } } } } }"));
    return queries;
  }

  private static DemoQuery graph(String title, String url, String query) {
    return new DemoQuery(title, url + "/graphql", "{\"query\":\"" + query + "\"}");
  }

  /** The command that asks it. */
  String command() {
    return body.isEmpty()
        ? "curl -s '" + url + "'"
        : "curl -s '" + url + "' -H 'content-type: application/json' -d '" + body + "'";
  }

  /** Asks it; returns the answer's text. */
  String ask() throws InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(15));
    if (!body.isEmpty()) {
      request.header("Content-Type", "application/json").POST(BodyPublishers.ofString(body));
    }
    try {
      var response = HTTP.send(request.build(), BodyHandlers.ofString());
      if (response.statusCode() != 200) {
        throw new CommandException(
            command() + " was answered with " + response.statusCode() + ": " + response.body());
      }
      return response.body();
    } catch (IOException e) {
      throw new CommandException(command() + " was not answered: " + e.getMessage(), e);
    }
  }
}
