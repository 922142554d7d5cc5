package dev.weir.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.client.Item;
import dev.weir.client.Scan;
import dev.weir.client.WeirClient;
import dev.weir.client.WeirClientException;
import dev.weir.examples.social.check.DocumentValues;
import dev.weir.examples.social.check.Fact;
import dev.weir.examples.social.check.IndependentReading;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Asks nodes what the input files say and notes whether they say the same. */
final class Questions {

  private static final int PAGE = 2_000;

  private final IndependentReading expected;
  private final CheckTable table;

  Questions(IndependentReading expected, CheckTable table) {
    this.expected = expected;
    this.table = table;
  }

  /** Asks for counts, for documents over REST, and for the same over GraphQL. */
  void ask(List<DemoCluster.Node> nodes, String when) {
    CheckTable.Check counts = table.check("counts of collections" + when);
    CheckTable.Check rest = table.check("documents over REST" + when);
    CheckTable.Check graphql = table.check("documents over GraphQL" + when);
    for (DemoCluster.Node node : nodes) {
      askCounts(node, counts);
      for (Fact fact : expected.facts()) {
        compare(fact, node, rest, () -> restValues(node.client(), fact));
        compare(fact, node, graphql, () -> graphQlValues(node.client(), fact));
      }
    }
    counts.end();
    rest.end();
    graphql.end();
  }

  /** Reads all documents of every collection and counts what is in them. */
  void values(List<DemoCluster.Node> nodes, String when) {
    CheckTable.Check check = table.check("values in full scans" + when);
    for (DemoCluster.Node node : nodes) {
      Map<String, Long> found = new TreeMap<>();
      try {
        for (String collection : expected.counts().keySet()) {
          for (Item item : node.client().scan(collection, Scan.all().pageSize(PAGE))) {
            add(collection, item.document(), found);
          }
        }
      } catch (WeirClientException e) {
        check.answer(false, node.url() + ": " + e.getMessage());
      }
      expected
          .totals()
          .forEach(
              (name, total) ->
                  check.answer(
                      total.equals(found.get(name)),
                      name + " at " + node.url() + ": " + found.get(name) + ", not " + total));
    }
    check.end();
  }

  private void add(String collection, JsonNode document, Map<String, Long> found) {
    String prefix = collection + ".";
    for (String name : expected.totals().keySet()) {
      if (name.startsWith(prefix)) {
        long values = DocumentValues.at(document, name.substring(prefix.length())).size();
        found.merge(name, values, Long::sum);
      }
    }
  }

  private void askCounts(DemoCluster.Node node, CheckTable.Check check) {
    Map<String, Long> found = new TreeMap<>();
    try {
      for (JsonNode collection : node.client().collections().path("collections")) {
        found.put(collection.path("name").asText(), collection.path("count").asLong(-1));
      }
    } catch (WeirClientException e) {
      check.answer(false, node.url() + ": " + e.getMessage());
    }
    expected
        .counts()
        .forEach(
            (name, count) ->
                check.answer(
                    count.equals(found.get(name)),
                    name + " at " + node.url() + ": " + found.get(name) + ", not " + count));
  }

  /** Asks for the values of a fact. */
  private interface Asking {
    List<String> values();
  }

  private static void compare(
      Fact fact, DemoCluster.Node node, CheckTable.Check check, Asking asking) {
    try {
      List<String> values = asking.values();
      check.answer(values.equals(fact.values()), fact + " at " + node.url() + ": " + values);
    } catch (WeirClientException e) {
      check.answer(false, fact + " at " + node.url() + ": " + e.getMessage());
    }
  }

  private static List<String> restValues(WeirClient client, Fact fact) {
    return client
        .get(fact.collection(), Long.toString(fact.id()))
        .map(document -> DocumentValues.at(document.json(), fact.path()))
        .orElse(List.of("no document"));
  }

  private static List<String> graphQlValues(WeirClient client, Fact fact) {
    String selection = fact.path().replace("[].", "{").replace("[]", "");
    String closing = selection.indexOf('{') < 0 ? "" : "}";
    String query =
        "query($key: Long!) { "
            + fact.collection()
            + "(key: $key) { document { "
            + selection
            + closing
            + " } } }";
    ObjectNode variables = JsonNodeFactory.instance.objectNode().put("key", fact.id());
    JsonNode answer = client.graphql(query, variables);
    if (answer.has("errors")) {
      return List.of(answer.path("errors").toString());
    }
    return DocumentValues.at(
        answer.path("data").path(fact.collection()).path("document"), fact.path());
  }
}
