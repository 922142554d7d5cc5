package dev.weir.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.client.Item;
import dev.weir.client.Scan;
import dev.weir.client.WeirClient;
import dev.weir.client.WeirClientException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Asks for persons by their contents, and compares with all persons looked at one by one. */
final class ContentQuestions {
  private static final String PERSONS = "person";
  private static final int PAGE = 20;
  private final CheckTable table;

  ContentQuestions(CheckTable table) {
    this.table = table;
  }

  /** What is asked, and what it means. */
  private record Question(String filter, Predicate<JsonNode> holds) {}

  private static final List<Question> QUESTIONS =
      List.of(
          new Question("gender == \"female\"", p -> text(p, "gender").equals("female")),
          new Question("firstName == \"Jan\"", p -> text(p, "firstName").equals("Jan")),
          new Question("lastName.startsWith(\"K\")", p -> text(p, "lastName").startsWith("K")),
          new Question(
              "\"en\" in languages && birthday < 473385600000",
              p -> has(p, "languages", "en") && p.path("birthday").asLong() < 473_385_600_000L),
          new Question(
              "browserUsed in [\"Opera\", \"Chrome\"] || cityId == 655",
              p ->
                  List.of("Opera", "Chrome").contains(text(p, "browserUsed"))
                      || p.path("cityId").asLong() == 655));

  private static String text(JsonNode person, String field) {
    return person.path(field).asText();
  }

  private static boolean has(JsonNode person, String field, String value) {
    for (JsonNode element : person.path(field)) {
      if (element.asText().equals(value)) {
        return true;
      }
    }
    return false;
  }

  /** Asks each question at each of the nodes. */
  void ask(List<DemoCluster.Node> nodes, String when) {
    CheckTable.Check finds = table.check("persons by contents" + when);
    CheckTable.Check groups = table.check("counts of persons by contents" + when);
    for (DemoCluster.Node node : nodes) {
      try {
        Map<Long, JsonNode> persons = new TreeMap<>();
        for (Item item : node.client().scan(PERSONS, Scan.all())) {
          persons.put(item.key().asLong(), item.document());
        }
        QUESTIONS.forEach(question -> find(node, question, persons, finds));
        group(node, persons, groups);
      } catch (WeirClientException e) {
        finds.answer(false, node.url() + ": " + e.getMessage());
      }
    }
    finds.end();
    groups.end();
  }

  private static void find(
      DemoCluster.Node node,
      Question question,
      Map<Long, JsonNode> persons,
      CheckTable.Check check) {
    WeirClient client = node.client();
    List<Long> expected = new ArrayList<>();
    persons.forEach(
        (key, person) -> {
          if (question.holds().test(person)) {
            expected.add(key);
          }
        });
    Scan scan = Scan.all().where(question.filter()).pageSize(PAGE);
    String what = question.filter() + " at " + node.url() + ": ";
    List<Long> byKey = keys(client, scan);
    check.answer(byKey.equals(expected), what + byKey);
    expected.sort(
        Comparator.comparing((Long key) -> -birthday(persons.get(key)))
            .thenComparing(Comparator.naturalOrder()));
    List<Long> byBirthday = keys(client, scan.orderedBy("birthday desc"));
    check.answer(byBirthday.equals(expected), what + byBirthday);
  }

  private static long birthday(@Nullable JsonNode person) {
    return person == null ? 0 : person.path("birthday").asLong();
  }

  private static List<Long> keys(WeirClient client, Scan scan) {
    List<Long> keys = new ArrayList<>();
    client.scan(PERSONS, scan).forEach(item -> keys.add(item.key().asLong()));
    return keys;
  }

  private static void group(
      DemoCluster.Node node, Map<Long, JsonNode> persons, CheckTable.Check check) {
    Map<String, Long> expected = new TreeMap<>();
    persons.values().forEach(person -> expected.merge(text(person, "browserUsed"), 1L, Long::sum));
    Map<String, Long> found = new TreeMap<>();
    node.client()
        .aggregate(PERSONS, Scan.all(), "browserUsed", "count")
        .forEach(group -> found.put(group.path("key").asText(), group.path("count").asLong()));
    check.answer(found.equals(expected), "browsers at " + node.url() + ": " + found);
  }
}
