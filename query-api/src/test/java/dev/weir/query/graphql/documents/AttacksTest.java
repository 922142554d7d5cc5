package dev.weir.query.graphql.documents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.query.graphql.Fixture;
import dev.weir.query.graphql.Fixture.Answer;
import dev.weir.query.graphql.GraphQlSettings;
import dev.weir.store.CollectionDefinition.Writer;
import graphql.introspection.IntrospectionQuery;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that are meant to hurt: refused before anything is asked of the database. */
class AttacksTest {
  private final Fixture weir = new Fixture();

  @BeforeEach
  void declare() {
    weir.collection("note", "string", Writer.API, null);
    weir.collection("person", "long", Writer.SOURCE, null);
  }

  @Test
  void tenThousandAliases() {
    refused(weir.ask("{" + many(10_000, i -> "a" + i + ":note(key:\"x\"){key} ") + "}"));
  }

  @Test
  void tenThousandShortAliases() {
    refused(weir.ask("{" + many(4_900, i -> "a" + i + ":__typename ") + "}"));
  }

  @Test
  void aliasesUpToTheLimitAreServed() {
    assertThat(weir.ask("{" + many(30, i -> "a" + i + ":__typename ") + "}").status())
        .isEqualTo(200);
    refused(weir.ask("{" + many(31, i -> "a" + i + ":__typename ") + "}"));
  }

  @Test
  void aliasesInsideFragmentsCountAsOftenAsTheyAreSpread() {
    String fragment = "fragment f on Note{" + many(8, i -> "a" + i + ":key ") + "}";

    refused(weir.ask("{" + many(4, i -> "n" + i + ":note(key:\"x\"){...f} ") + "} " + fragment));
  }

  @Test
  void oneFieldFiveHundredTimes() {
    refused(weir.ask("{" + "__typename ".repeat(500) + "}"));
    refused(weir.ask("{" + "...f ".repeat(500) + "} fragment f on Query{__typename}"));
    refused(weir.ask("{" + "...{__typename} ".repeat(500) + "}"));
  }

  @ParameterizedTest
  @ValueSource(ints = {16, 200, 1_000, 7_000})
  void deepNesting(int depth) {
    refused(weir.ask("{a" + "{a".repeat(depth) + "}".repeat(depth) + "}"));
    refused(weir.ask("{" + "...{a".repeat(200 + depth) + "}".repeat(200 + depth) + "}"));
  }

  @Test
  void deepNestingThroughFragments() {
    String fragments = many(50, i -> "fragment f" + i + " on Note{a{...f" + (i + 1) + "}} ");

    refused(weir.ask("{note(key:\"x\"){...f0}} " + fragments + "fragment f50 on Note{key}"));
  }

  @Test
  void fragmentsThatDoubleEachOther() {
    String fragments =
        many(60, i -> "fragment f%d on Query{...f%d ...f%d} ".formatted(i, i + 1, i + 1));

    refused(weir.ask("{...f0} " + fragments + "fragment f60 on Query{__typename}"));
  }

  @Test
  void fragmentsThatDoubleEachOtherAndHoldNothing() {
    String fragments =
        many(60, i -> "fragment f%d on Query{...f%d ...f%d} ".formatted(i, i + 1, i + 1));

    refused(weir.ask("{__typename ...f0} " + fragments + "fragment f60 on Query{...g}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{note(key:\"x\"){...f}} fragment f on Note{key ...f}",
        "{note(key:\"x\"){...f}} fragment f on Note{...g} fragment g on Note{...f}",
        "{__typename} fragment f on Query{...f}",
        "{...f} fragment f on Query{node(id:\"x\"){id} ...{...g}} fragment g on Query{...f}"
      })
  void circularFragments(String query) {
    Answer answer = weir.ask(query);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body().at("/errors/0/extensions/code").asText())
        .isEqualTo("GRAPHQL_VALIDATION_FAILED");
    assertThat(weir.log.asked()).isEmpty();
  }

  @Test
  void aChainOfFragments() {
    refused(
        weir.ask(
            "{...f0} " + many(1_500, i -> "fragment f%d on Query{...f%d} ".formatted(i, i + 1))));
  }

  @Test
  void copiesOfADirective() {
    assertThat(weir.ask("{__typename " + "@skip(if:false)".repeat(10) + "}").status())
        .isEqualTo(400);
    refused(weir.ask("{__typename " + "@skip(if:false)".repeat(51) + "}"));
    refused(weir.ask("query " + "@x".repeat(51) + "{__typename}"));
  }

  @Test
  void tooManyTokens() {
    refused(weir.ask("{" + "a ".repeat(15_001) + "}"));
    refused(weir.ask("{__typename} " + "#x\n".repeat(40_000)));
    refused(weir.ask("{personByKeys(keys:[" + "1 ".repeat(15_001) + "]){key}}"));
  }

  @Test
  void aDocumentOfOneMegabyte() {
    refused(weir.ask("{__typename}" + " ".repeat(1_000_000)));
    refused(weir.ask("{note(key:\"" + "x".repeat(1_000_000) + "\"){key}}"));
  }

  @Test
  void deepListsInVariablesAndLiterals() {
    String deep = "[".repeat(5_000) + "]".repeat(5_000);
    refused(
        weir.post(
            "{\"query\":\"query($k:[Long!]!){personByKeys(keys:$k){key}}\",\"variables\":{\"k\":"
                + deep
                + "}}"));
    refused(weir.ask("{personByKeys(keys:" + deep + "){key}}"));
    refused(
        weir.ask(
            "mutation{putNote(key:\"x\",document:" + "{a:".repeat(600) + "1" + "}".repeat(600)));
  }

  @Test
  void hugePagesAndManyKeys() {
    Answer page = weir.ask("{personRange(first:1000000){edges{node{key}}}}");
    refused(page);
    assertThat(page.body().at("/errors/0/extensions/cost"))
        .hasToString("{\"requested\":1000000,\"limit\":10000}");
    refused(weir.ask("{personRange(last:2147483647){edges{node{key}}}}"));
    refused(
        weir.ask(
            "query($n:Int){"
                + many(11, i -> "a" + i + ":personRange(first:$n){pageInfo{endCursor}}")
                + "}",
            Map.of("n", 1_000)));
    refused(
        weir.ask(
            "query($k:[Long!]!){personByKeys(keys:$k){key}}",
            Map.of("k", IntStream.range(0, 10_001).boxed().toList())));
  }

  @Test
  void whatIsAskedForIsToldAsCost() {
    Answer answer =
        weir.ask(
            "{person(key:1){key} personByKeys(keys:[1,2,3]){key} a:personRange(first:7){edges"
                + "{node{key}}} personRange{pageInfo{endCursor}}}");

    assertThat(answer.body().at("/extensions/cost"))
        .hasToString("{\"requested\":111,\"limit\":10000}");
  }

  @Test
  void introspectionAsToolsDoItIsServed() {
    Answer answer = weir.ask(IntrospectionQuery.INTROSPECTION_QUERY);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body().has("errors")).isFalse();
    assertThat(answer.data().at("/__schema/queryType/name").asText()).isEqualTo("Query");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{__schema{types{fields{type{fields{type{fields{type{name}}}}}}}}}",
        "{a:__schema{types{name}} b:__schema{types{name}}}",
        "{__type(name:\"Note\"){fields{type{fields{name}}}}}"
      })
  void circularAndRepeatedIntrospection(String query) {
    refused(weir.ask(query));
  }

  @Test
  void introspectionCanBeSwitchedOff() {
    Fixture closed = new Fixture(GraphQlSettings.defaults().withIntrospection(false));
    closed.collection("note", "string", Writer.API, null);

    for (String query :
        new String[] {
          "{__schema{types{name}}}",
          "{__type(name:\"Note\"){name}}",
          "{...f} fragment f on Query{x:__schema{types{name}}}",
          IntrospectionQuery.INTROSPECTION_QUERY
        }) {
      Answer answer = closed.ask(query);
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.code()).isEqualTo("INTROSPECTION_DISABLED");
    }
    assertThat(closed.ask("{__typename}").status()).isEqualTo(200);
    assertThat(closed.endpoint.schema()).isEmpty();
  }

  @Test
  void aMistypedNameGivesNothingAway() {
    Answer answer = weir.ask("{not(key:\"x\"){ke} note(kex:\"x\",key:\"y\"){kez}}");

    String text = answer.body().toString();
    assertThat(answer.status()).isEqualTo(400);
    assertThat(text).doesNotContainIgnoringCase("did you mean").doesNotContain("noteByKeys");
  }

  @Test
  void errorsTellNothingOfTheProgram() {
    for (String query : new String[] {"{", "{x}", "{note(key:1){key}}", "\u0000", "{\uD800}"}) {
      assertThat(weir.ask(query).body().toString())
          .doesNotContain("graphql.", "dev.weir", "java.", "Exception", "antlr");
    }
  }

  @Test
  void anAnswerThatDoesNotComeIsGivenUp() {
    GraphQlSettings.Work work =
        new GraphQlSettings.Work(10_000, 100, 1_000, 1_000, 32_768, Duration.ofMillis(50));
    Fixture slow = new Fixture(GraphQlSettings.defaults().withWork(work));
    slow.collection("note", "string", Writer.API, null);
    slow.log.fallSilent();

    Answer answer = slow.ask("{note(key:\"x\"){key}}");

    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.code()).isEqualTo("DEADLINE_EXCEEDED");
  }

  private void refused(Answer answer) {
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.code()).isEqualTo("LIMIT_EXCEEDED");
    assertThat(answer.body().has("data")).isFalse();
    assertThat(weir.log.asked()).isEmpty();
  }

  private static String many(int count, java.util.function.IntFunction<String> part) {
    return IntStream.range(0, count).mapToObj(part).collect(Collectors.joining());
  }
}
