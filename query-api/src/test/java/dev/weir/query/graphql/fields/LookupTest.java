package dev.weir.query.graphql.fields;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.query.GraphQlEndpoint;
import dev.weir.query.graphql.Fixture;
import dev.weir.query.graphql.Fixture.Answer;
import dev.weir.query.graphql.types.NodeIds;
import dev.weir.store.CollectionDefinition;
import dev.weir.store.CollectionDefinition.Writer;
import dev.weir.store.Query;
import dev.weir.store.Refusal;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Documents by key and by id, and how often the database is asked for them. */
class LookupTest {
  private final Fixture weir = new Fixture();
  private final CollectionDefinition person =
      weir.collection("person", "long", Writer.SOURCE, null);
  private final CollectionDefinition note = weir.collection("note", "string", Writer.API, null);

  @Test
  void aDocumentIsGivenWithEverythingAboutIt() {
    weir.store(person, 933L, "{\"name\":\"Mahinda\",\"age\":30}");

    Answer answer = weir.ask("{person(key:933){key version timestamp document json __typename}}");

    JsonNode found = answer.data().get("person");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(found.get("key")).as("exact in JavaScript").hasToString("\"933\"");
    assertThat(found.get("version").asText()).matches("0-\\d+");
    assertThat(found.get("timestamp").asText()).matches("\\d{13}");
    assertThat(found.get("document")).hasToString("{\"name\":\"Mahinda\",\"age\":30}");
    assertThat(found.get("json")).isEqualTo(found.get("document"));
    assertThat(found.get("__typename").asText()).isEqualTo("Person");
  }

  @Test
  void anAbsentDocumentIsNullWithoutAnError() {
    Answer answer = weir.ask("{person(key:1){key}}");

    assertThat(answer.data()).hasToString("{\"person\":null}");
    assertThat(answer.body().has("errors")).isFalse();
  }

  @Test
  void manyKeysComeInTheirOrderWithNullWhereNoneIs() {
    weir.store(person, 1L, "{}");
    weir.store(person, 2L, "{}");

    Answer answer = weir.ask("{personByKeys(keys:[2,\"9\",1,2]){key}}");

    assertThat(answer.data().get("personByKeys"))
        .hasToString("[{\"key\":\"2\"},null,{\"key\":\"1\"},{\"key\":\"2\"}]");
  }

  @Test
  void allKeysOfALevelAreAskedForAtOncePerCollection() {
    weir.store(person, 1L, "{}");
    weir.store(note, "x", "{}");
    String id = weir.ask("{person(key:1){id}}").data().at("/person/id").asText();
    weir.log.forget();

    Answer answer =
        weir.ask(
            "query($id:ID!){a:person(key:1){key} b:person(key:2){key} c:personByKeys(keys:[3,1])"
                + "{key} n:node(id:$id){id} x:note(key:\"x\"){key} y:note(key:\"y\"){key}}",
            Map.of("id", id));

    assertThat(answer.body().has("errors")).isFalse();
    assertThat(weir.log.asked()).as("calls").hasSize(1);
    assertThat(weir.log.questions()).hasSize(2).allMatch(query -> query instanceof Query.MultiGet);
    assertThat(weir.log.questions().stream().map(Query::collection))
        .containsExactlyInAnyOrder(person.id(), note.id());
    assertThat(
            weir.log.questions().stream()
                .filter(query -> query.collection() == person.id())
                .map(query -> ((Query.MultiGet) query).keys().size()))
        .as("keys 1, 2 and 3, each once")
        .containsExactly(3);
  }

  @Test
  void answersThatComeLaterAreWrittenByThreadsOfOurOwn() throws Exception {
    weir.store(person, 1L, "{}");
    ExecutorService network = Executors.newSingleThreadExecutor(task -> new Thread(task, "net"));
    CountDownLatch asked = new CountDownLatch(1);
    weir.log.answerBy(
        task ->
            network.execute(
                () -> {
                  awaitQuietly(asked);
                  task.run();
                }));
    GraphQlEndpoint.Request request =
        new GraphQlEndpoint.Request(
            "GET", "query=%7Bperson(key:1)%7Bkey%7D%7D", null, null, new byte[0]);

    CompletableFuture<String> writer =
        weir.endpoint.handle(request).thenApply(answer -> Thread.currentThread().getName());
    asked.countDown();

    assertThat(writer.get(30, TimeUnit.SECONDS)).startsWith("weir-graphql-");
    network.shutdown();
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void theNextRequestAsksAgain() {
    weir.ask("{person(key:1){key}}");
    weir.store(person, 1L, "{}");

    assertThat(weir.ask("{person(key:1){key}}").data()).hasToString("{\"person\":{\"key\":\"1\"}}");
  }

  @Test
  void aNodeIsFoundByItsIdWhateverItsCollection() {
    weir.store(note, "a/b \u00fc", "{\"t\":1}");
    String id = weir.ask("{note(key:\"a/b \u00fc\"){id}}").data().at("/note/id").asText();

    Answer answer =
        weir.ask(
            "query($id:ID!){node(id:$id){__typename id json ... on Note{key}}}", Map.of("id", id));

    assertThat(answer.data().get("node"))
        .hasToString(
            "{\"__typename\":\"Note\",\"id\":\"%s\",\"json\":{\"t\":1},\"key\":\"a/b \u00fc\"}"
                .formatted(id));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "AQAAAAE", "AQAAAAEAAAA", "////", "AgAAAAEAAAAAAAAAAA"})
  void aForgedIdIsTheCallersError(String id) {
    Answer answer = weir.ask("query($id:ID!){node(id:$id){id}}", Map.of("id", id));

    assertThat(answer.code()).isEqualTo("BAD_USER_INPUT");
    assertThat(answer.data()).hasToString("{\"node\":null}");
  }

  @Test
  void anIdOfADroppedCollectionIsNull() {
    String id = NodeIds.text(4711, dev.weir.store.Key.ofEncoded(new byte[8]));

    Answer answer = weir.ask("query($id:ID!){node(id:$id){id}}", Map.of("id", id));

    assertThat(answer.body().has("errors")).isFalse();
    assertThat(answer.data()).hasToString("{\"node\":null}");
  }

  @Test
  void theExtremesOf64BitsAreExact() {
    for (long key : List.of(Long.MIN_VALUE, -1L, 9007199254740993L, Long.MAX_VALUE)) {
      weir.store(person, key, "{}");
      String text = Long.toString(key);
      String query = "query($k:Long!){v:person(key:$k){key} l:person(key:%s){key}}";
      assertThat(weir.ask(query.formatted(text), Map.of("k", text)).data())
          .hasToString("{\"v\":{\"key\":\"%s\"},\"l\":{\"key\":\"%s\"}}".formatted(text, text));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"x\"", "1.5", "true", "9223372036854775808", "[1,2]", "\"+1\"", "null"})
  void aKeyOfTheWrongTypeIsRefusedBeforeAnythingIsAsked(String literal) {
    Answer answer = weir.ask("{person(key:%s){key}}".formatted(literal));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body().at("/errors/0/extensions/code").asText())
        .isEqualTo("GRAPHQL_VALIDATION_FAILED");
    assertThat(answer.body().has("data")).isFalse();
    assertThat(weir.log.asked()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\"x\"", "1.5", "true", "9223372036854775808", "[1]", "{}", "1e999999999"})
  void aVariableOfTheWrongTypeIsRefusedBeforeAnythingIsAsked(String value) {
    Answer answer =
        weir.post(
            "{\"query\":\"query($k:Long!){person(key:$k){key}}\",\"variables\":{\"k\":%s}}"
                .formatted(value));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.code()).isEqualTo("BAD_USER_INPUT");
    assertThat(weir.log.asked()).isEmpty();
  }

  @Test
  void keysOfEveryTypeGoInAndOut() {
    UUID uuid = UUID.fromString("018f3c6e-7d1a-7c3b-9f2e-5a4b3c2d1e0f");
    weir.store(weir.collection("by-uuid", "uuid", Writer.API, null), uuid, "{}");
    weir.store(
        weir.collection("by-bytes", "bytes", Writer.API, null), new byte[] {1, -94, -1}, "{}");
    weir.store(
        weir.collection("by-tuple", "tuple(string,long,uuid)", Writer.API, null),
        List.of("a", Long.MAX_VALUE, uuid),
        "{}");

    Answer answer =
        weir.ask(
            ("query($t:Tuple!){byUuid(key:\"%1$s\"){key} byBytes(key:\"AaL_\"){key}"
                    + " byTuple(key:[\"a\",9223372036854775807,\"%1$s\"]){key}"
                    + " v:byTuple(key:$t){key}}")
                .formatted(uuid),
            Map.of("t", List.of("a", Long.toString(Long.MAX_VALUE), uuid.toString())));

    String tuple = "[\"a\",\"9223372036854775807\",\"" + uuid + "\"]";
    assertThat(answer.data().at("/byUuid/key").asText()).isEqualTo(uuid.toString());
    assertThat(answer.data().at("/byBytes/key").asText()).isEqualTo("AaL_");
    assertThat(answer.data().at("/byTuple/key")).hasToString(tuple);
    assertThat(answer.data().at("/v/key")).hasToString(tuple);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "[\"a\"]",
        "[\"a\",1,2]",
        "[1,1]",
        "[\"a\",\"b\"]",
        "[\"a\",null]",
        "[[],1]"
      })
  void aTupleOfOtherPartsIsTheCallersError(String literal) {
    weir.collection("pair", "tuple(string,long)", Writer.API, null);

    Answer answer = weir.ask("{pair(key:%s){key}}".formatted(literal));

    assertThat(answer.code()).isIn("BAD_USER_INPUT", "GRAPHQL_VALIDATION_FAILED");
    assertThat(weir.log.asked()).isEmpty();
  }

  @Test
  void aKeyThatIsTooLongIsRefused() {
    Answer answer =
        weir.ask("query($k:String!){note(key:$k){key}}", Map.of("k", "k".repeat(100_000)));

    assertThat(answer.code()).isEqualTo("BAD_USER_INPUT");
    assertThat(weir.log.asked()).isEmpty();
  }

  @Test
  void aRefusalIsAnErrorOfTheFieldsConcerned() {
    weir.data.refuse(new Refusal.Unreachable(3, "node-3"));

    Answer answer = weir.ask("{person(key:1){key} personByKeys(keys:[1]){key} __typename}");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.data())
        .hasToString("{\"person\":null,\"personByKeys\":null,\"__typename\":\"Query\"}");
    assertThat(answer.body().get("errors")).hasSize(2);
    JsonNode error = answer.body().at("/errors/0");
    assertThat(error.at("/extensions/code").asText()).isEqualTo("UNAVAILABLE");
    assertThat(error.at("/extensions/retry").asBoolean()).isTrue();
    assertThat(error.get("path")).hasToString("[\"person\"]");
    assertThat(error.at("/locations/0/line").asInt()).isEqualTo(1);
  }

  @Test
  void theAnswerSaysWhoGaveItAndHowFarTheyWere() {
    weir.store(person, 1L, "{}");

    JsonNode weirs = weir.ask("{person(key:1){key}}").body().at("/extensions/weir");

    assertThat(weirs.get("servedBy")).hasSize(1);
    assertThat(weirs.get("position").asText()).matches("1\\.0\\..{8}\\.[\\w-]+");
  }

  @Test
  void theCatalogueCanBeAsked() {
    weir.store(person, 1L, "{}");

    Answer answer =
        weir.ask("{collections{name keyType writer field keysField rangeField shards count}}");

    assertThat(answer.data().at("/collections/0"))
        .hasToString(
            "{\"name\":\"person\",\"keyType\":\"long\",\"writer\":\"source\",\"field\":\"person\","
                + "\"keysField\":\"personByKeys\",\"rangeField\":\"personRange\",\"shards\":4,"
                + "\"count\":\"1\"}");
  }
}
