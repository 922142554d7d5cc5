package dev.weir.query.graphql.fields;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.query.Result;
import dev.weir.query.graphql.Fixture;
import dev.weir.query.graphql.Fixture.Answer;
import dev.weir.store.CollectionDefinition.Writer;
import dev.weir.store.Document;
import dev.weir.store.Key;
import dev.weir.store.KeyType;
import dev.weir.store.Query;
import dev.weir.store.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Put and delete. */
class WriteTest {
  private final Fixture weir = new Fixture();

  @BeforeEach
  void declare() {
    weir.collection("note", "string", Writer.API, null);
    weir.collection("person", "long", Writer.SOURCE, null);
  }

  @Test
  void whatIsPutCanBeReadAndDeleted() {
    Answer put =
        weir.ask(
            "mutation($d:JSON!){putNote(key:\"a\",document:$d){key created version node{json}}}",
            Map.of("d", Map.of("text", "Bring milk")));
    Answer deleted = weir.ask("mutation{deleteNote(key:\"a\"){key existed}}");

    assertThat(put.data().at("/putNote/created").asBoolean()).isTrue();
    assertThat(put.data().at("/putNote/key").asText()).isEqualTo("a");
    assertThat(put.data().at("/putNote/version").asText()).matches("0-\\d+");
    assertThat(put.data().at("/putNote/node/json")).hasToString("{\"text\":\"Bring milk\"}");
    assertThat(deleted.data()).hasToString("{\"deleteNote\":{\"key\":\"a\",\"existed\":true}}");
    assertThat(weir.ask("{note(key:\"a\"){key}}").data()).hasToString("{\"note\":null}");
    assertThat(weir.ask("mutation{deleteNote(key:\"a\"){existed}}").data())
        .hasToString("{\"deleteNote\":{\"existed\":false}}");
  }

  @Test
  void mutationsHappenInTheirOrderAndReadTheirOwnWrites() {
    Answer answer =
        weir.ask(
            "mutation{a:putNote(key:\"k\",document:{n:1}){created node{json}}"
                + " b:putNote(key:\"k\",document:{n:2}){created node{json}}"
                + " c:deleteNote(key:\"k\"){existed}"
                + " d:putNote(key:\"k\",document:{n:3}){created node{json}}}");

    assertThat(answer.data())
        .hasToString(
            "{\"a\":{\"created\":true,\"node\":{\"json\":{\"n\":1}}},"
                + "\"b\":{\"created\":false,\"node\":{\"json\":{\"n\":2}}},"
                + "\"c\":{\"existed\":true},"
                + "\"d\":{\"created\":true,\"node\":{\"json\":{\"n\":3}}}}");
  }

  @Test
  void writesOnConditions() {
    String put = "mutation{putNote(key:\"c\",document:{n:1},%s){version created}}";
    String version =
        weir.ask(put.formatted("ifNoneMatch:\"*\"")).data().at("/putNote/version").asText();
    Answer exists = weir.ask(put.formatted("ifNoneMatch:[\"*\"]"));
    assertThat(exists.body().at("/errors/0/extensions/code").asText())
        .isEqualTo("CONDITION_FAILED");
    assertThat(exists.body().at("/errors/0/extensions/current").asText()).isEqualTo(version);

    Answer set = weir.ask(put.formatted("ifMatch:[\"0-999\",\"" + version + "\"]"));
    assertThat(set.data().at("/putNote/created").asBoolean(true)).isFalse();
    Answer late = weir.ask(put.formatted("ifMatch:\"" + version + "\""));
    assertThat(late.body().at("/errors/0/extensions/code").asText()).isEqualTo("CONDITION_FAILED");
    for (String wrong :
        new String[] {
          "ifMatch:[]",
          "ifMatch:\"x\"",
          "ifMatch:[\"*\",\"0-1\"]",
          "ifMatch:\"*\",ifNoneMatch:\"*\""
        }) {
      assertThat(weir.ask(put.formatted(wrong)).body().at("/errors/0/extensions/code").asText())
          .as(wrong)
          .isEqualTo("BAD_USER_INPUT");
    }
    assertThat(
            weir.ask("mutation{deleteNote(key:\"c\",ifMatch:\"*\"){existed}}")
                .data()
                .at("/deleteNote/existed")
                .asBoolean())
        .isTrue();
  }

  @Test
  void patchesAndRepeats() {
    weir.ask("mutation{putNote(key:\"p\",document:{a:{b:1},c:2}){created}}");
    String patch =
        "mutation{patchNote(key:\"p\",patch:{a:{d:3},c:null},idempotencyKey:\"%s\")"
            + "{version replayed node{json}}}";
    Answer first = weir.ask(patch.formatted("k"));
    assertThat(first.data().at("/patchNote/node/json")).hasToString("{\"a\":{\"b\":1,\"d\":3}}");
    assertThat(first.data().at("/patchNote/replayed").asBoolean(true)).isFalse();
    Answer again = weir.ask(patch.formatted("k"));
    assertThat(again.data().at("/patchNote/replayed").asBoolean()).isTrue();
    assertThat(again.data().at("/patchNote/version"))
        .isEqualTo(first.data().at("/patchNote/version"));

    Answer reused = weir.ask("mutation{deleteNote(key:\"p\",idempotencyKey:\"k\"){existed}}");
    assertThat(reused.body().at("/errors/0/extensions/code").asText())
        .isEqualTo("IDEMPOTENCY_KEY_REUSED");
    Answer missing = weir.ask("mutation{patchNote(key:\"none\",patch:{}){version}}");
    assertThat(missing.body().at("/errors/0/extensions/code").asText()).isEqualTo("NOT_FOUND");
    for (String wrong : new String[] {"patch:[1]", "patch:{},idempotencyKey:\"\""}) {
      Answer refused = weir.ask("mutation{patchNote(key:\"p\"," + wrong + "){version}}");
      assertThat(refused.body().at("/errors/0/extensions/code").asText())
          .isEqualTo("BAD_USER_INPUT");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"n\":12345678901234567890123,\"f\":1.50,\"e\":1E+400,\"t\":\"\u00fc\\n"
            + "\\\"\",\"a\":[1,null]}",
        "[]",
        "7",
        "\"text\"",
        "true",
        "1.10"
      })
  void variablesAreStoredDigitByDigit(String document) {
    Answer answer =
        weir.post(
            ("{\"query\":\"mutation($d:JSON!){putNote(key:\\\"k\\\",document:$d){created}}\","
                    + "\"variables\":{\"d\":%s}}")
                .formatted(document));

    assertThat(answer.body().has("errors")).as("%s", answer.body()).isFalse();
    assertThat(rawNote()).isEqualTo(document);
  }

  @Test
  void literalsAreStoredToo() {
    Answer answer =
        weir.ask(
            "mutation($v:Int){putNote(key:\"k\",document:{a:1,b:[1.50,\"x\",true,null,$v]})"
                + "{created}}",
            Map.of("v", 5));

    assertThat(answer.body().has("errors")).as("%s", answer.body()).isFalse();
    assertThat(rawNote()).isEqualTo("{\"a\":1,\"b\":[1.50,\"x\",true,null,5]}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "$v", "ENUM", "[ENUM]", "{a:ENUM}"})
  void literalsThatAreNoDocumentAreRefused(String literal) {
    Answer answer =
        weir.ask(
            "mutation($v:JSON){putNote(key:\"k\",document:"
                + literal
                + "){created} putNote2:putNote(key:\"k\",document:[$v]){created}}");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body().at("/errors/0/extensions/code").asText())
        .isEqualTo("GRAPHQL_VALIDATION_FAILED");
  }

  @Test
  void collectionsOfSourcesHaveNoMutations() {
    Answer answer = weir.ask("mutation{putPerson(key:1,document:{}){created}}");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.code()).isEqualTo("GRAPHQL_VALIDATION_FAILED");
  }

  @Test
  void withoutWritableCollectionsThereIsNoMutationAtAll() {
    Fixture readOnly = new Fixture();
    readOnly.collection("person", "long", Writer.SOURCE, null);

    Answer answer = readOnly.ask("mutation{x}");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(readOnly.endpoint.schema()).doesNotContain("Mutation");
  }

  @Test
  void documentsAreCheckedAgainstTheirSchema() {
    weir.collection(
        "checked",
        "string",
        Writer.API,
        "{\"type\":\"object\",\"required\":[\"n\"],\"properties\":{\"n\":{\"type\":\"integer\"}}}");

    Answer bad = weir.ask("mutation{putChecked(key:\"k\",document:{n:\"x\"}){created}}");
    Answer good = weir.ask("mutation{putChecked(key:\"k\",document:{n:1}){created}}");

    assertThat(bad.code()).isEqualTo("BAD_USER_INPUT");
    assertThat(bad.body().at("/errors/0/extensions/faults")).isNotEmpty();
    assertThat(bad.data()).hasToString("{\"putChecked\":null}");
    assertThat(good.data()).hasToString("{\"putChecked\":{\"created\":true}}");
  }

  @Test
  void otherFormatsTakeWhatTheyCanHold() {
    weir.data.addCollection("text", KeyType.Scalar.STRING, "string", Writer.API, null);

    assertThat(
            weir.ask("mutation{putText(key:\"k\",document:\"v\"){node{document}}}")
                .data()
                .at("/putText/node/document")
                .asText())
        .isEqualTo("v");
    assertThat(weir.ask("mutation{putText(key:\"k\",document:{}){created}}").code())
        .isEqualTo("BAD_USER_INPUT");
  }

  @Test
  void anUnknownFateIsSaidToBeOne() {
    weir.data.refuse(new Refusal.LogUnavailable("timeout"));

    Answer answer = weir.ask("mutation{putNote(key:\"k\",document:{}){created}}");

    assertThat(answer.code()).isEqualTo("OUTCOME_UNKNOWN");
    assertThat(answer.data()).hasToString("{\"putNote\":null}");
  }

  private String rawNote() {
    int note = weir.data.catalogue().collection("note").orElseThrow().id();
    Result<Optional<Document>> found =
        weir.data.ask(new Query.Get(note, Key.ofEncoded(new byte[] {'k'}))).join();
    Document document = ((Result.Success<Optional<Document>>) found).value().orElseThrow();
    return new String(document.value(), StandardCharsets.UTF_8);
  }
}
