package dev.weir.query.graphql.execution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.query.PositionToken;
import dev.weir.query.graphql.Fixture;
import dev.weir.query.graphql.Fixture.Answer;
import dev.weir.store.CollectionDefinition;
import dev.weir.store.CollectionDefinition.Writer;
import dev.weir.store.Consistency;
import dev.weir.store.Refusal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FreshnessTest {
  private static final String POSITION = "/extensions/weir/position";

  private final Fixture weir = new Fixture();
  private final CollectionDefinition note = weir.collection("note", "string", Writer.API, null);

  private Consistency level(String query, Map<String, ?> variables) {
    weir.log.forget();
    Answer answer = weir.ask(query, variables);
    assertThat(answer.body().path("errors")).as(query).isEmpty();
    return weir.log.options().get(0).level();
  }

  private Answer extended(String query, String extension) {
    weir.log.forget();
    return weir.post(
        "{\"query\":\"%s\",\"extensions\":{\"weir\":%s}}"
            .formatted(query.replace("\"", "\\\""), extension));
  }

  @Test
  void aQueryCarriesItsLevelInADirective() {
    assertThat(level("query @consistency(level:\"strong\") {note(key:\"a\"){key}}", Map.of()))
        .isEqualTo(Consistency.STRONG);
    assertThat(
            level(
                "query($l:String){a:note(key:\"a\"){key}}"
                    .replace("{a", "@consistency(level:$l){a"),
                Map.of("l", "bounded;max-records=4")))
        .isEqualTo(Consistency.Bounded.records(4));
    assertThat(level("{note(key:\"a\"){key}}", Map.of())).isNull();
  }

  @Test
  void orInTheExtensionsOfTheRequest() {
    Answer answer = extended("{noteRange{edges{cursor}}}", "{\"consistency\":\"eventual\"}");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(weir.log.options().get(0).level()).isEqualTo(Consistency.EVENTUAL);
  }

  @Test
  void thePositionOfAnAnswerIsTakenAndHandedOn() {
    weir.store(note, "a", "1");
    weir.store(note, "b", "1");
    String first = weir.ask("{note(key:\"a\"){key}}").body().at(POSITION).asText();
    Answer next =
        extended("{noteByKeys(keys:[\"a\",\"b\"]){key}}", "{\"position\":\"" + first + "\"}");
    assertThat(weir.log.options().get(0).token()).isEqualTo(PositionToken.parse(first).get());
    PositionToken both = PositionToken.parse(next.body().at(POSITION).asText()).orElseThrow();
    assertThat(both.offsets()).containsAllEntriesOf(PositionToken.parse(first).get().offsets());
  }

  @Test
  void anAnswerNamesCollectionsThatMayLackSomething() {
    String query = "{note(key:\"a\"){key}}";
    assertThat(weir.ask(query).body().at("/extensions/weir").has("incomplete")).isFalse();
    weir.data.incomplete(Set.of("note"));
    assertThat(weir.ask(query).body().at("/extensions/weir/incomplete/0").asText())
        .isEqualTo("note");
  }

  @Test
  void onePartOfARequestIsNotFromBeforeAnother() {
    weir.store(note, "a", "1");
    weir.ask("mutation{putNote(key:\"a\",document:{}){created}}");
    weir.log.forget();
    weir.ask(
        "{noteRange(first:1){edges{cursor} pageInfo{hasPreviousPage}} x:note(key:\"a\"){key}}");
    assertThat(weir.log.options()).hasSizeGreaterThan(1);
    assertThat(weir.log.options().get(weir.log.options().size() - 1).token()).isNotNull();
  }

  @Test
  void wishesThatCannotBeGrantedAreRefused() {
    for (String extension :
        List.of(
            "{\"consistency\":\"linear\"}",
            "{\"position\":\"nonsense\"}",
            "{\"position\":\"1.0.AAAAAAAA.AAA\",\"consistency\":\"eventual\"}")) {
      Answer answer = extended("{note(key:\"a\"){key}}", extension);
      assertThat(answer.code()).as(extension).isEqualTo("BAD_USER_INPUT");
      assertThat(weir.log.asked()).isEmpty();
    }
    Answer contradiction =
        extended(
            "query @consistency(level:\"strong\") {note(key:\"a\"){key}}",
            "{\"consistency\":\"session\"}");
    assertThat(contradiction.code()).isEqualTo("BAD_USER_INPUT");
    assertThat(extended("{note(key:\"a\"){key}}", "7").code()).isEqualTo("BAD_REQUEST");
    assertThat(extended("{note(key:\"a\"){key}}", "{\"position\":7}").code())
        .isEqualTo("BAD_REQUEST");
    assertThat(extended("{note(key:\"a\"){key}}", "{\"position\":\"1.0.zzzzzzzz.AAA\"}").code())
        .as("of another log")
        .isEqualTo("BAD_USER_INPUT");
  }

  @Test
  void whatNoReplicaCanMeetIsAnErrorToRetry() {
    for (Refusal refusal :
        List.of(
            new Refusal.BehindPosition(1, 2, 3),
            new Refusal.TooStale(1, "old"),
            new Refusal.LogUnreachable("away"))) {
      weir.data.refuse(refusal);
      Answer answer = weir.ask("{note(key:\"a\"){key}}");
      assertThat(answer.code()).isEqualTo("UNAVAILABLE");
      assertThat(answer.body().at("/errors/0/extensions/retry").asBoolean()).isTrue();
    }
  }
}
