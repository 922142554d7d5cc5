package dev.weir.query.graphql.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.query.graphql.Fixture;
import dev.weir.query.graphql.Fixture.Answer;
import dev.weir.query.graphql.GraphQlSettings;
import dev.weir.query.graphql.GraphQlSettings.StatusCodes;
import dev.weir.store.CollectionDefinition.Writer;
import dev.weir.store.Refusal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Media types, statuses, and requests that are not well-formed. */
class HttpTest {
  private static final String JSON = "application/json";
  private static final String OK = "{\"query\":\"{__typename}\"}";

  private final Fixture weir = new Fixture();

  @BeforeEach
  void declare() {
    weir.collection("note", "string", Writer.API, null);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {"", "*/*", JSON, "application/*", "text/html, */*;q=0.1", "APPLICATION/JSON"})
  void clientsThatAskForNothingNewGetPlainJson(@Nullable String accept) {
    Answer answer = weir.send("POST", null, JSON, accept, OK);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.contentType()).isEqualTo("application/json; charset=utf-8");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        Fixture.RESPONSE,
        "application/graphql-response+json; charset=utf-8, application/json; charset=utf-8",
        "application/json;q=0.5, application/graphql-response+json",
        "application/graphql-response+json, */*;q=0.1"
      })
  void clientsThatNameTheNewTypeGetIt(String accept) {
    Answer answer = weir.send("POST", null, JSON, accept, OK);

    assertThat(answer.contentType()).isEqualTo(Fixture.RESPONSE + "; charset=utf-8");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/html",
        "application/xml",
        "application/json;q=0",
        "*/*;q=0",
        "application/json; charset=latin1"
      })
  void typesThatAreNotOfferedAreRefused(String accept) {
    Answer answer = weir.send("POST", null, JSON, accept, OK);

    assertThat(answer.status()).isEqualTo(406);
    assertThat(answer.code()).isEqualTo("NOT_ACCEPTABLE");
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/graphql",
        "application/jsonx",
        "application/json; charset=utf-16"
      })
  void whatAFormCouldSendIsRefused(@Nullable String contentType) {
    Answer answer = weir.send("POST", null, contentType, JSON, OK);

    assertThat(answer.status()).isEqualTo(415);
    assertThat(answer.code()).isEqualTo("UNSUPPORTED_MEDIA_TYPE");
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/json; charset=UTF-8", "Application/JSON;charset=\"utf-8\""})
  void jsonMayCarryItsCharset(String contentType) {
    assertThat(weir.send("POST", null, contentType, JSON, OK).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "nonsense",
        "{\"query\":\"{__typename}\"} x",
        "{\"query\":\"{__typename}\",\"query\":\"{__typename}\"}",
        "null",
        "7",
        "\"{__typename}\"",
        "[]",
        "[{\"query\":\"{__typename}\"}]",
        "{}",
        "{\"query\":null}",
        "{\"query\":\"\"}",
        "{\"query\":7}",
        "{\"query\":[\"{__typename}\"]}",
        "{\"query\":\"{__typename}\",\"operationName\":7}",
        "{\"query\":\"{__typename}\",\"variables\":\"{}\"}",
        "{\"query\":\"{__typename}\",\"variables\":[]}",
        "{\"query\":\"{__typename}\",\"variables\":7}",
        "{\"query\":\"{__typename}\",\"extensions\":\"{}\"}",
        "{\"query\":\"{__typename}\",\"extensions\":[]}"
      })
  void aBodyThatIsNoRequestIsBadInEitherType(String body) {
    for (String accept : new String[] {JSON, Fixture.RESPONSE}) {
      Answer answer = weir.send("POST", null, JSON, accept, body);
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.code()).isEqualTo("BAD_REQUEST");
      assertThat(answer.body().has("data")).isFalse();
    }
  }

  @Test
  void nullMeansAbsentAndUnknownMembersAreIgnored() {
    Answer answer =
        weir.post(
            "{\"query\":\"{__typename}\",\"operationName\":null,\"variables\":null,"
                + "\"extensions\":null,\"documentId\":\"x\",\"more\":[1]}");

    assertThat(answer.data()).hasToString("{\"__typename\":\"Query\"}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{                       | GRAPHQL_PARSE_FAILED",
        "{nothing}               | GRAPHQL_VALIDATION_FAILED",
        "{note{key}}             | GRAPHQL_VALIDATION_FAILED",
        "subscription{x}         | GRAPHQL_VALIDATION_FAILED",
        "query a{__typename} query b{__typename} | OPERATION_RESOLUTION_FAILURE",
        "query($k:String!){note(key:$k){key}}    | BAD_USER_INPUT",
      })
  void aRequestThatIsNotExecutedHasNoDataAndAStatusByItsType(String query, String code) {
    String body = "{\"query\":\"" + query + "\"}";
    Answer modern = weir.send("POST", null, JSON, Fixture.RESPONSE, body);
    Answer legacy = weir.send("POST", null, JSON, JSON, body);

    assertThat(modern.status()).isEqualTo(400);
    assertThat(legacy.status()).isEqualTo(200);
    assertThat(modern.body()).isEqualTo(legacy.body());
    assertThat(modern.code()).isEqualTo(code);
    assertThat(modern.body().has("data")).isFalse();
    assertThat(weir.log.asked()).isEmpty();
  }

  @Test
  void theDraftsStatusesAreASetting() {
    Fixture draft = new Fixture(GraphQlSettings.defaults().withStatusCodes(StatusCodes.DRAFT));
    draft.collection("note", "string", Writer.API, null);

    assertThat(draft.ask("{").status()).isEqualTo(400);
    assertThat(draft.ask("{nothing}").status()).isEqualTo(422);
    draft.data.refuse(new Refusal.Overloaded("reads"));
    assertThat(draft.ask("{note(key:\"a\"){key}}").status()).isEqualTo(294);
    assertThat(draft.ask("{__typename}").status()).isEqualTo(200);
  }

  @Test
  void theOperationIsChosenByItsName() {
    String query = "query a{a:__typename} query b{b:__typename}";
    String body = "{\"query\":\"%s\",\"operationName\":\"%s\"}";

    assertThat(weir.post(body.formatted(query, "b")).data()).hasToString("{\"b\":\"Query\"}");
    assertThat(weir.post(body.formatted(query, "c")).code())
        .isEqualTo("OPERATION_RESOLUTION_FAILURE");
  }

  @Test
  void queriesComeByGetToo() {
    String query = encoded("query q($k:String!){note(key:$k){key}} query r{__typename}");
    String variables = encoded("{\"k\":\"a b/ü\"}");

    Answer answer =
        weir.get("query=" + query + "&operationName=q&variables=" + variables + "&other=1");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.data()).hasToString("{\"note\":null}");
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        "query=",
        "variables={}",
        "query=%7B__typename%7D&variables=x",
        "query=%7B__typename%7D&variables=[]",
        "query=%7B__typename%7D&variables=7",
        "query=%7B__typename%7D&extensions=[]",
        "query=%7B__typename%7D&query=%7B__typename%7D",
        "query=%7B__typename%7",
        "query=%zz",
        "query=%ff"
      })
  void aUrlThatIsNoRequestIsBad(@Nullable String rawQuery) {
    Answer answer = weir.send("GET", rawQuery, null, JSON, "");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.code()).isEqualTo("BAD_REQUEST");
  }

  @Test
  void aMutationByGetIsNotExecuted() {
    String mutation = encoded("mutation{putNote(key:\"a\",document:{}){created}}");

    for (String accept : new String[] {JSON, Fixture.RESPONSE}) {
      Answer answer = weir.send("GET", "query=" + mutation, null, accept, "");
      assertThat(answer.status()).isEqualTo(405);
      assertThat(answer.headers()).containsEntry("Allow", "POST");
      assertThat(answer.code()).isEqualTo("METHOD_NOT_ALLOWED");
    }
    assertThat(weir.ask("{note(key:\"a\"){key}}").data()).hasToString("{\"note\":null}");
  }

  @Test
  void aQueryBesideAMutationMayComeByGet() {
    String both =
        encoded("mutation m{putNote(key:\"a\",document:{}){created}} query q{__typename}");

    assertThat(weir.get("query=" + both + "&operationName=q").status()).isEqualTo(200);
    assertThat(weir.get("query=" + both + "&operationName=m").status()).isEqualTo(405);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
