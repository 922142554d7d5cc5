package dev.weir.query.graphql.fields;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.query.graphql.Fixture;
import dev.weir.query.graphql.Fixture.Answer;
import dev.weir.store.CollectionDefinition.Writer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Several documents at once, and when writes are answered. */
class BatchTest {
  private static final String BATCH =
      "mutation($o:[WriteOperation!]!,$k:String){batch(operations:$o,idempotencyKey:$k)"
          + "{replayed results{created version existed}}}";

  private final Fixture weir = new Fixture();

  @BeforeEach
  void declare() {
    weir.collection("note", "string", Writer.API, null);
    weir.collection("other", "string", Writer.API, null);
    weir.collection("person", "string", Writer.SOURCE, null);
    weir.collection("checked", "string", Writer.API, "{\"required\":[\"n\"]}");
  }

  private static Map<String, Object> op(String op, String collection, String key, Object content) {
    Map<String, Object> operation = new LinkedHashMap<>();
    operation.put("op", op);
    operation.put("collection", collection);
    operation.put("key", key);
    if (op.equals("PUT")) {
      operation.put("document", content);
    } else if (op.equals("PATCH")) {
      operation.put("patch", content);
    }
    return operation;
  }

  private Answer batch(List<Map<String, Object>> operations) {
    return weir.ask(BATCH, Map.of("o", operations));
  }

  @Test
  void allAreMadeAndEachSaysWhatItDid() {
    weir.ask("mutation{putOther(key:\"a\",document:{m:1}){created}}");
    Answer answer =
        batch(
            List.of(op("PUT", "note", "a", Map.of("n", 1)), op("DELETE", "other", "a", Map.of())));
    assertThat(answer.body().has("errors")).as("%s", answer.body()).isFalse();
    assertThat(answer.data().at("/batch/results/0/created").asBoolean()).isTrue();
    assertThat(answer.data().at("/batch/results/0/version").asText()).matches("0-\\d+");
    assertThat(answer.data().at("/batch/results/0/existed").isNull()).isTrue();
    assertThat(answer.data().at("/batch/results/1/existed").asBoolean()).isTrue();
    assertThat(weir.ask("{note(key:\"a\"){json} other(key:\"a\"){key}}").data())
        .hasToString("{\"note\":{\"json\":{\"n\":1}},\"other\":null}");
  }

  @Test
  void orNoneIsAndTheFirstThatCannotBeIsNamed() {
    Map<String, Object> absent = op("PUT", "other", "a", Map.of("n", 2));
    absent.put("ifMatch", List.of("*"));
    Answer answer = batch(List.of(op("PUT", "note", "a", Map.of("n", 1)), absent));
    assertThat(answer.code()).isEqualTo("CONDITION_FAILED");
    assertThat(answer.body().at("/errors/0/extensions/index").asInt()).isEqualTo(1);
    assertThat(weir.ask("{note(key:\"a\"){key}}").data()).hasToString("{\"note\":null}");

    Answer source =
        batch(List.of(op("PUT", "note", "a", Map.of("n", 1)), op("PUT", "person", "a", Map.of())));
    assertThat(source.code()).isEqualTo("WRITER_IS_SOURCE");
    assertThat(source.body().at("/errors/0/extensions/index").asInt()).isEqualTo(1);
  }

  @Test
  void anIdempotencyKeyMakesItOnce() {
    Map<String, Object> variables =
        Map.of("o", List.of(op("PATCH", "note", "a", Map.of("n", 1))), "k", "once");
    weir.ask("mutation{putNote(key:\"a\",document:{m:1}){created}}");
    Answer first = weir.ask(BATCH, variables);
    Answer again = weir.ask(BATCH, variables);
    assertThat(first.data().at("/batch/replayed").asBoolean(true)).isFalse();
    assertThat(again.data().at("/batch/replayed").asBoolean()).isTrue();
    assertThat(again.data().at("/batch/results")).isEqualTo(first.data().at("/batch/results"));
    assertThat(weir.ask("{note(key:\"a\"){json}}").data())
        .hasToString("{\"note\":{\"json\":{\"m\":1,\"n\":1}}}");
  }

  @Test
  void whatBreaksARuleIsRefusedBeforeItIsSent() {
    List<String> keys = IntStream.range(0, 20).mapToObj(i -> "k" + i).toList();
    Answer across =
        batch(keys.stream().map(key -> op("PUT", "note", key, Map.of("n", 1))).toList());
    assertThat(across.code()).isEqualTo("BAD_USER_INPUT");
    assertThat(across.body().at("/errors/0/extensions/shards")).hasSize(4);
    Answer twice =
        batch(List.of(op("PUT", "note", "a", Map.of("n", 1)), op("DELETE", "note", "a", Map.of())));
    assertThat(twice.code()).isEqualTo("BAD_USER_INPUT");
    assertThat(twice.body().at("/errors/0/extensions/index").asInt()).isEqualTo(1);
    assertThat(batch(List.of()).code()).isEqualTo("BAD_USER_INPUT");
    assertThat(weir.ask("{collections{count}}").data().at("/collections/0/count").asInt()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "nothing, PUT, a, document",
    "note, PUT, a, patch",
    "note, PATCH, a, document",
    "note, DELETE, a, document",
    "checked, PUT, a, document"
  })
  void anOperationThatIsNoneIsNamed(String collection, String op, String key, String member) {
    Map<String, Object> operation = new LinkedHashMap<>();
    operation.put("op", op);
    operation.put("collection", collection);
    operation.put("key", key);
    operation.put(member, Map.of("x", 1));
    Answer answer = batch(List.of(op("PUT", "note", "b", Map.of("n", 1)), operation));
    assertThat(answer.code()).isEqualTo("BAD_USER_INPUT");
    assertThat(answer.body().at("/errors/0/extensions/index").asInt()).isEqualTo(1);
  }

  @Test
  void acceptedWritesDoNotSayWhatBecameOfThem() {
    Answer put =
        weir.ask(
            "mutation{putNote(key:\"a\",document:{n:1},ack:ACCEPTED){created version replayed}"
                + " deleteNote(key:\"b\",ack:ACCEPTED){existed}"
                + " batch(ack:ACCEPTED,operations:{op:DELETE,collection:\"note\",key:\"c\"})"
                + "{results{existed}}}");
    assertThat(put.data())
        .hasToString(
            "{\"putNote\":{\"created\":null,\"version\":null,\"replayed\":false},"
                + "\"deleteNote\":{\"existed\":null},\"batch\":{\"results\":null}}");
    Answer patch = weir.ask("mutation{patchChecked(key:\"a\",patch:{n:1},ack:ACCEPTED){created}}");
    assertThat(patch.code()).isEqualTo("BAD_USER_INPUT");
    Answer replicated =
        weir.ask("mutation{putNote(key:\"r\",document:{n:1},ack:REPLICATED){created}}");
    assertThat(replicated.data().at("/putNote/created").asBoolean()).isTrue();
  }
}
