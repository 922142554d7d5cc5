package dev.weir.query.graphql.fields;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.query.graphql.Fixture;
import dev.weir.query.graphql.Fixture.Answer;
import dev.weir.store.CollectionDefinition;
import dev.weir.store.CollectionDefinition.Writer;
import dev.weir.store.Query;
import dev.weir.store.Refusal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Ranges as Relay connections, page by page in both directions. */
class ConnectionTest {
  private static final String PAGE =
      "{edges{cursor node{key}} pageInfo{hasNextPage hasPreviousPage startCursor endCursor}}";
  private static final String RANGE =
      "query($first:Int,$last:Int,$after:String,$before:String,$from:Long,$to:Long,"
          + "$fi:Boolean!,$ti:Boolean!,$order:KeyOrder!){range:personRange(first:$first,last:$last,"
          + "after:$after,before:$before,from:$from,to:$to,fromInclusive:$fi,toInclusive:$ti,"
          + "order:$order)"
          + PAGE
          + "}";

  private final Fixture weir = new Fixture();
  private CollectionDefinition person;

  @BeforeEach
  void fill() {
    person = weir.collection("person", "long", Writer.SOURCE, null);
    for (long key = 1; key <= 7; key++) {
      weir.store(person, key, "{}");
    }
  }

  @Test
  void forwardByPages() {
    JsonNode first = weir.ask("{r:personRange(first:3)" + PAGE + "}").data().get("r");
    String end = first.at("/pageInfo/endCursor").asText();
    JsonNode second =
        weir.ask("query($c:String){r:personRange(first:3,after:$c)" + PAGE + "}", Map.of("c", end))
            .data()
            .get("r");

    assertThat(keys(first)).containsExactly(1L, 2L, 3L);
    assertThat(first.at("/edges/2/cursor").asText()).isEqualTo(end);
    assertThat(first.at("/pageInfo/hasNextPage").asBoolean()).isTrue();
    assertThat(first.at("/pageInfo/hasPreviousPage").asBoolean()).isFalse();
    assertThat(keys(second)).containsExactly(4L, 5L, 6L);
    assertThat(second.at("/pageInfo/hasNextPage").asBoolean()).isTrue();
    assertThat(second.at("/pageInfo/hasPreviousPage").asBoolean()).isTrue();
  }

  @Test
  void anEmptyPageHasNoCursors() {
    JsonNode page = weir.ask("{r:personRange(from:100)" + PAGE + "}").data().get("r");

    assertThat(page)
        .hasToString(
            "{\"edges\":[],\"pageInfo\":{\"hasNextPage\":false,\"hasPreviousPage\":false,"
                + "\"startCursor\":null,\"endCursor\":null}}");
  }

  @Test
  void aPageOfNothingStillSaysWhetherThereIsMore() {
    JsonNode page = weir.ask("{r:personRange(first:0)" + PAGE + "}").data().get("r");

    assertThat(page.get("edges")).isEmpty();
    assertThat(page.at("/pageInfo/hasNextPage").asBoolean()).isTrue();
  }

  @Test
  void anInvertedRangeIsEmptyAndNotAskedFor() {
    JsonNode page = weir.ask("{r:personRange(from:5,to:2)" + PAGE + "}").data().get("r");

    assertThat(page.get("edges")).isEmpty();
    assertThat(weir.log.asked()).isEmpty();
  }

  @Test
  void whatIsNotSelectedIsNotAskedFor() {
    JsonNode page = weir.ask("{r:personRange(first:3)" + PAGE + "}").data().get("r");
    weir.log.forget();

    weir.ask(
        "query($c:String){personRange(first:2,after:$c){edges{node{key}} pageInfo{hasNextPage}}}",
        Map.of("c", page.at("/pageInfo/endCursor").asText()));

    assertThat(weir.log.asked()).hasSize(1).allMatch(query -> query instanceof Query.Scan);
  }

  /** Every kind of page against a list in memory, as the connections specification defines it. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void pagesAreThoseOfAListInMemory(long seed) {
    Random random = new Random(seed);
    SortedSet<Long> all = new TreeSet<>(List.of(1L, 2L, 3L, 4L, 5L, 6L, 7L));
    for (int round = 0; round < 150; round++) {
      Map<String, Object> variables = new HashMap<>();
      boolean descending = random.nextBoolean();
      variables.put("order", descending ? "DESC" : "ASC");
      variables.put("fi", random.nextBoolean());
      variables.put("ti", random.nextBoolean());
      variables.put("from", random.nextInt(3) == 0 ? random.nextInt(9) : null);
      variables.put("to", random.nextInt(3) == 0 ? random.nextInt(9) : null);
      variables.put(random.nextBoolean() ? "first" : "last", random.nextInt(5));
      List<Long> list = list(all, variables, descending);
      JsonNode whole = page(with(variables, "first", 100, "last", null));
      assertThat(keys(whole)).as("seed %d, round %d", seed, round).isEqualTo(list);
      Integer after = list.isEmpty() || random.nextBoolean() ? null : random.nextInt(list.size());
      Integer before = list.isEmpty() || random.nextBoolean() ? null : random.nextInt(list.size());
      variables.put(
          "after", after == null ? null : whole.at("/edges/" + after + "/cursor").asText());
      variables.put(
          "before", before == null ? null : whole.at("/edges/" + before + "/cursor").asText());

      JsonNode page = page(variables);

      int start = after == null ? 0 : after + 1;
      int end = before == null ? list.size() : Math.max(start, before);
      Expected expected = Expected.of(list, start, end, after, before, variables);
      assertThat(keys(page)).as("%s %s", list, variables).isEqualTo(expected.keys);
      assertThat(page.at("/pageInfo/hasNextPage").asBoolean())
          .as("next of %s %s", list, variables)
          .isEqualTo(expected.next);
      assertThat(page.at("/pageInfo/hasPreviousPage").asBoolean())
          .as("previous of %s %s", list, variables)
          .isEqualTo(expected.previous);
    }
  }

  private record Expected(List<Long> keys, boolean next, boolean previous) {
    static Expected of(
        List<Long> list,
        int start,
        int end,
        @Nullable Integer after,
        @Nullable Integer before,
        Map<String, Object> variables) {
      List<Long> window = list.subList(start, end);
      if (variables.get("first") instanceof Integer first) {
        boolean more = window.size() > first;
        return new Expected(window.subList(0, Math.min(first, window.size())), more, after != null);
      }
      int last = (Integer) variables.get("last");
      boolean more = window.size() > last;
      return new Expected(
          window.subList(Math.max(0, window.size() - last), window.size()), before != null, more);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "first:-1",
    "last:-1",
    "first:1001",
    "'first:1,last:1'",
    "after:\"\"",
    "after:\"x\"",
    "before:\"AQAAAAAAAAABAAAAAAAAAAA\"",
  })
  void argumentsThatCannotBeMeantAreTheCallersError(String arguments) {
    Answer answer = weir.ask("{personRange(" + arguments + "){edges{cursor}}}");

    assertThat(answer.code()).isEqualTo("BAD_USER_INPUT");
    assertThat(answer.data()).hasToString("{\"personRange\":null}");
    assertThat(weir.log.asked()).isEmpty();
  }

  @Test
  void cursorsOfOtherListsAreTheCallersError() {
    weir.store(weir.collection("other", "long", Writer.API, null), 3L, "{}");
    String cursor =
        weir.ask("{otherRange{pageInfo{endCursor}}}")
            .data()
            .at("/otherRange/pageInfo/endCursor")
            .asText();
    String own =
        weir.ask("{personRange(from:2){pageInfo{endCursor}}}")
            .data()
            .at("/personRange/pageInfo/endCursor")
            .asText();
    String query = "query($c:String){personRange(after:$c){edges{cursor}}}";

    assertThat(weir.ask(query, Map.of("c", cursor)).code()).isEqualTo("BAD_USER_INPUT");
    assertThat(weir.ask(query, Map.of("c", own)).code()).isEqualTo("BAD_USER_INPUT");
    assertThat(weir.ask(query, Map.of("c", own.substring(1))).code()).isEqualTo("BAD_USER_INPUT");
  }

  @Test
  void aRefusalIsTheConnectionsError() {
    weir.data.refuse(new Refusal.Rebalancing(0, "moving"));

    Answer answer = weir.ask("{personRange{edges{cursor}}}");

    assertThat(answer.code()).isEqualTo("UNAVAILABLE");
    assertThat(answer.data()).hasToString("{\"personRange\":null}");
  }

  @Test
  void prefixesOfTextAndOfTuples() {
    CollectionDefinition note = weir.collection("note", "string", Writer.API, null);
    CollectionDefinition pair = weir.collection("pair", "tuple(string,long)", Writer.API, null);
    for (String key : List.of("a", "ab", "abc", "b")) {
      weir.store(note, key, "{}");
      weir.store(pair, List.of(key, 1L), "{}");
      weir.store(pair, List.of(key, Long.MAX_VALUE), "{}");
    }

    JsonNode data =
        weir.ask(
                "{t:noteRange(prefix:\"ab\"){edges{node{key}}}"
                    + " p:pairRange(prefix:[\"ab\"]){edges{node{key}}}"
                    + " f:pairRange(from:[\"ab\",2],to:[\"b\",\"1\"]){edges{node{key}}}}")
            .data();

    assertThat(data.at("/t/edges").findValuesAsText("key")).containsExactly("ab", "abc");
    assertThat(data.at("/p/edges").findValues("key"))
        .hasToString("[[\"ab\",\"1\"], [\"ab\",\"9223372036854775807\"]]");
    assertThat(data.at("/f/edges").findValues("key"))
        .hasToString(
            "[[\"ab\",\"9223372036854775807\"], [\"abc\",\"1\"],"
                + " [\"abc\",\"9223372036854775807\"]]");
    assertThat(weir.ask("{noteRange(prefix:\"a\",from:\"a\"){edges{cursor}}}").code())
        .isEqualTo("BAD_USER_INPUT");
  }

  private JsonNode page(Map<String, Object> variables) {
    Answer answer = weir.ask(RANGE, variables);
    assertThat(answer.body().has("errors")).as("%s", answer.body()).isFalse();
    return answer.data().get("range");
  }

  private static Map<String, Object> with(Map<String, Object> variables, Object... changes) {
    Map<String, Object> changed = new HashMap<>(variables);
    for (int i = 0; i < changes.length; i += 2) {
      changed.put((String) changes[i], changes[i + 1]);
    }
    return changed;
  }

  private static List<Long> list(
      SortedSet<Long> all, Map<String, Object> variables, boolean descending) {
    List<Long> list = new ArrayList<>();
    for (long key : all) {
      Integer from = (Integer) variables.get("from");
      Integer to = (Integer) variables.get("to");
      boolean low = from == null || key > from || (key == from && (Boolean) variables.get("fi"));
      boolean high = to == null || key < to || (key == to && (Boolean) variables.get("ti"));
      if (low && high) {
        list.add(key);
      }
    }
    if (descending) {
      Collections.reverse(list);
    }
    return list;
  }

  private static List<Long> keys(JsonNode page) {
    return page.get("edges").findValuesAsText("key").stream().map(Long::valueOf).toList();
  }
}
