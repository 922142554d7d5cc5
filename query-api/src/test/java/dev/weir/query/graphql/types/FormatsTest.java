package dev.weir.query.graphql.types;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.query.graphql.Fixture;
import dev.weir.query.graphql.Fixture.Answer;
import dev.weir.store.CollectionDefinition;
import dev.weir.store.CollectionDefinition.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The scalars that JSON Schema's formats choose: out, in conditions, and in order. */
class FormatsTest {
  private static final String SCHEMA =
      """
      {"type":"object","properties":{
        "at":{"type":"string","format":"date-time"}, "day":{"type":"string","format":"date"},
        "ref":{"type":"string","format":"uuid"}, "price":{"type":"number","format":"decimal"},
        "small":{"type":"integer","format":"int32"}, "mail":{"type":"string","format":"email"}}}
      """;
  private static final String UPPER = "6F9619FF-8B86-D011-B42D-00CF4FC964FF";
  private static final String FIELDS = "{at day ref price small mail}";

  private final Fixture weir = new Fixture();
  private CollectionDefinition bill;

  @BeforeEach
  void documents() {
    bill = weir.collection("bill", "long", Writer.API, SCHEMA);
    put(1, "2026-08-01T12:00:00.5+02:00", "2026-08-01", UPPER, "0.1234567890123456789012345");
    put(2, "2026-08-01t12:00:00z", "2024-02-29", UPPER.toLowerCase(Locale.ROOT), "1e400");
    put(3, "2025-12-31T23:59:60Z", "2025-12-31", UPPER, "12");
  }

  private void put(long key, String at, String day, String ref, String price) {
    weir.store(
        bill,
        key,
        "{\"at\":\"%s\",\"day\":\"%s\",\"ref\":\"%s\",\"price\":%s,\"small\":7,\"mail\":\"a@b\"}"
            .formatted(at, day, ref, price));
  }

  @Test
  void theSchemaNamesThem() {
    assertThat(weir.endpoint.schema())
        .contains(
            "type BillDocument {\n  at: DateTime\n  day: Date\n  mail: String\n  price: Decimal\n"
                + "  ref: UUID\n  small: Int\n}")
        .contains(
            "input DateTimeWhere", "input DecimalWhere", "input DateWhere", "input UUIDWhere");
  }

  @Test
  void valuesAreGivenAsTheyAreStored() {
    JsonNode documents =
        weir.ask("{billByKeys(keys:[1,2]){document" + FIELDS + "}}").data().get("billByKeys");

    assertThat(documents.at("/0/document"))
        .hasToString(
            "{\"at\":\"2026-08-01T12:00:00.5+02:00\",\"day\":\"2026-08-01\",\"ref\":\""
                + UPPER
                + "\",\"price\":\"0.1234567890123456789012345\",\"small\":7,\"mail\":\"a@b\"}");
    assertThat(documents.at("/1/document/at").asText()).isEqualTo("2026-08-01t12:00:00z");
    assertThat(documents.at("/1/document/price").asText()).isEqualTo("1E+400");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"at\":\"2026-08-01\"",
        "\"at\":\"2026-08-01T25:00:00Z\"",
        "\"at\":\"2026-08-01T12:00:00\"",
        "\"at\":1754049600",
        "\"day\":\"2025-02-29\"",
        "\"day\":\"25-02-01\"",
        "\"ref\":\"6F9619FF8B86D011B42D00CF4FC964FF\"",
        "\"price\":\"12\"",
        "\"small\":2147483648"
      })
  void aValueOfAnotherFormIsAnErrorOfItsField(String member) {
    weir.store(bill, 9L, "{" + member + "}");

    Answer answer = weir.ask("{bill(key:9){json document" + FIELDS + "}}");

    assertThat(answer.code()).isEqualTo("VALUE_MISMATCH");
    assertThat(answer.data().at("/bill/json")).hasToString("{" + member + "}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      textBlock =
          """
          where:{at:{gte:"2026-01-01T00:00:00Z"}}                     | 1 2
          where:{at:{prefix:"2025-12"}}                               | 3
          where:{day:{between:["2025-01-01","2026-08-01"]}}           | 1 3
          where:{day:{in:["2024-02-29"]}}                             | 2
          where:{ref:{eq:"6f9619ff-8b86-d011-b42d-00cf4fc964ff"}}     | 2
          where:{ref:{ne:"6f9619ff-8b86-d011-b42d-00cf4fc964ff"}}     | 1 3
          where:{price:{lt:"0.1234567890123456789012346"}}            | 1
          where:{price:{gt:0.1234567890123456789012344,lte:12.0}}     | 1 3
          where:{price:{eq:"1e400"}}                                  | 2
          orderBy:[{price:DESC}]                                      | 2 3 1
          orderBy:[{day:ASC}]                                         | 2 3 1
          """)
  void conditionsAndOrdersAreThoseOfFilters(String arguments, String keys) {
    Answer answer = weir.ask("{billRange(" + arguments + "){edges{node{key}}}}");
    assertThat(answer.body().has("errors")).as(answer.body().toString()).isFalse();
    List<String> found = new ArrayList<>();
    answer.data().at("/billRange/edges").forEach(e -> found.add(e.at("/node/key").asText()));
    assertThat(String.join(" ", found)).isEqualTo(keys);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "at:{eq:\"yesterday\"}",
        "day:{eq:\"2026-02-30\"}",
        "ref:{eq:\"x\"}",
        "price:{eq:\"1e9999999999\"}",
        "price:{eq:\"0x10\"}",
        "price:{eq:true}",
        "small:{eq:2147483648}"
      })
  void conditionsOfAnotherFormAreRefused(String where) {
    assertThat(weir.ask("{billRange(where:{" + where + "}){edges{node{key}}}}").code())
        .isEqualTo("GRAPHQL_VALIDATION_FAILED");
  }

  @Test
  void variablesAreReadAlike() {
    String query = "query($w:BillDocumentWhere){billRange(where:$w){edges{node{key}}}}";
    Answer good = weir.ask(query, Map.of("w", Map.of("price", Map.of("eq", 12))));
    assertThat(good.data().at("/billRange/edges")).hasSize(1);
    Answer bad = weir.ask(query, Map.of("w", Map.of("at", Map.of("eq", "noon"))));
    assertThat(bad.code()).isEqualTo("BAD_USER_INPUT");
  }
}
