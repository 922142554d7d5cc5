package dev.weir.store.search;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.store.DefinitionChange;
import dev.weir.store.Filter;
import dev.weir.store.FilterReader;
import dev.weir.store.IndexDefinition;
import dev.weir.store.Key;
import dev.weir.store.KeyRange;
import dev.weir.store.Query.Order;
import dev.weir.store.ReadResult;
import dev.weir.store.Refusal;
import dev.weir.store.SearchQuery.Access;
import dev.weir.store.SearchQuery.Duplicates;
import dev.weir.store.SearchQuery.Find;
import dev.weir.store.SearchQuery.Found;
import dev.weir.store.SearchQuery.Occurrence;
import dev.weir.store.SearchQuery.Occurrences;
import dev.weir.store.SearchQuery.Sort;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Documents that are meant to hurt, and questions that ask too much. */
final class HostileSearchTest {
  private static final int MOST = 10_000;

  private final SearchWorld world = new SearchWorld();

  @BeforeEach
  void index() {
    world.index(IndexDefinition.on("byV", List.of("v")));
    world.index(IndexDefinition.on("byBoth", List.of("v", "w")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "3 | {'v':3.0} | true",
        "3.0 | {'v':3} | true",
        "-0 | {'v':0.0} | true",
        "1e400 | {'v':{'gt':1e399}} | true",
        "1e400 | {'v':10e399} | true",
        "1e-400 | {'v':{'between':[0,1]}} | true",
        "1e99999999999 | {'v':{'exists':true}} | true",
        "1e99999999999 | {'v':{'gt':0}} | false",
        "9223372036854775808 | {'v':{'gt':9223372036854775807}} | true",
        "'\\ud800' | {'v':{'gt':'z'}} | true",
        "'\\u0000' | {'v':{'prefix':'\\u0000'}} | true",
        "[] | {'v':{'contains':null}} | false",
        "[null] | {'v':{'contains':null}} | true",
        "[[1]] | {'v':{'contains':1}} | false",
        "{'v':1} | {'v':{'contains':1}} | false",
        "'hello' | {'v':{'contains':'ell'}} | true"
      })
  void valuesAreFoundAsTheFilterSays(String value, String filter, boolean found) {
    world.put(key("k"), "{\"v\":" + value.replace('\'', '"') + "}");
    Found answer = find(read(filter.replace('\'', '"')), List.of(), 10);
    assertThat(answer.hits()).hasSize(found ? 1 : 0);
    assertThat(answer.plan().index()).isNotNull();
  }

  @Test
  void longTextsAreToldApart() {
    String start = "x".repeat(100_000);
    world.put(key("a"), "{\"v\":\"" + start + "a\"}");
    world.put(key("b"), "{\"v\":\"" + start + "b\"}");
    world.put(key("c"), "{\"v\":\"" + start + "\"}");
    Filter equal =
        new Filter.Compare(
            Filter.Field.of("v"), Filter.Relation.EQ, new Filter.Value.Text(start + "b"));
    assertThat(keys(find(equal, List.of(), 10))).containsExactly("b");
    Filter above =
        new Filter.Compare(
            Filter.Field.of("v"), Filter.Relation.GT, new Filter.Value.Text(start + "a"));
    assertThat(keys(find(above, List.of(), 10))).containsExactly("b");
    assertThat(find(above, List.of(), 10).plan().entries()).isEqualTo(3);
  }

  @Test
  void listsOfManyElementsAreFound() {
    String many =
        IntStream.range(0, 2000).mapToObj(Integer::toString).collect(Collectors.joining(","));
    world.put(key("many"), "{\"v\":[" + many + "],\"w\":[" + many + "]}");
    world.put(key("few"), "{\"v\":[1999,1999,5],\"w\":1}");
    Found found = find(read("{\"v\":{\"contains\":1999}}"), List.of(), 10);
    assertThat(keys(found)).containsExactly("few", "many");
    assertThat(found.plan().access()).isEqualTo(Access.INDEX_LOOKUP);
    assertThat(keys(find(read("{\"v\":{\"contains\":7}}"), List.of(), 10))).containsExactly("many");
    assertThat(keys(find(read("{\"v\":{\"contains\":7},\"w\":{\"contains\":8}}"), List.of(), 10)))
        .containsExactly("many");
    world.put(key("many"), "{\"v\":[1]}");
    assertThat(keys(find(read("{\"v\":{\"contains\":7}}"), List.of(), 10))).isEmpty();
  }

  @Test
  void deepDocumentsAreRead() {
    String deep = "[".repeat(900) + "]".repeat(900);
    world.put(key("deep"), "{\"x\":" + deep + ",\"v\":1}");
    world.put(key("in"), "{\"v\":" + deep + "}");
    assertThat(keys(find(read("{\"v\":1}"), List.of(), 10))).containsExactly("deep");
  }

  @Test
  void whatIsNoJsonHasNoFields() {
    world.put(key("a"), "{\"v\":1");
    world.put(key("b"), "\u0000\u0001");
    world.put(key("c"), "");
    world.put(key("d"), "{\"v\":\"\\u12\"}");
    assertThat(keys(find(read("{\"v\":null}"), List.of(), 10))).containsExactly("b", "c", "d");
    world.put(key("a"), "{}");
    assertThat(keys(find(read("{\"v\":null}"), List.of(), 10))).containsExactly("a", "b", "c", "d");
  }

  @Test
  void whatCannotBeOrderedWithinTheBudgetIsRefused() {
    for (int i = 0; i < 50; i++) {
      world.put(key("k" + i), "{\"v\":" + i % 2 + ",\"x\":" + i + "}");
    }
    List<Sort> byX = List.of(new Sort(Filter.Field.of("x"), Order.DESC));
    assertThat(ask(read("{\"v\":1}"), byX, 5, 20, true))
        .isEqualTo(
            new ReadResult.Refused<>(
                new Refusal.UnboundedSort(world.collection, "an index on v, x")));
    world.index(IndexDefinition.on("byX", List.of("v", "x")));
    Found found = ((ReadResult.Answer<Found>) ask(read("{\"v\":1}"), byX, 5, 20, true)).value();
    assertThat(found.plan().sorted()).isTrue();
    assertThat(keys(found)).containsExactly("k49", "k47", "k45", "k43", "k41");
  }

  @Test
  void scansCanBeForbidden() {
    world.put(key("k"), "{\"x\":1}");
    assertThat(ask(read("{\"x\":1}"), List.of(), 5, MOST, false))
        .isEqualTo(
            new ReadResult.Refused<>(new Refusal.ScanRefused(world.collection, "an index on x")));
    assertThat(ask(read("{\"v\":null}"), List.of(), 5, MOST, false))
        .isInstanceOf(ReadResult.Answer.class);
    assertThat(ask(null, List.of(), 5, MOST, false)).isInstanceOf(ReadResult.Answer.class);
  }

  @Test
  void anIndexThatIsNotCompleteIsNotUsed() {
    world.put(key("k"), "{\"x\":1}");
    world.define(
        new DefinitionChange.PutIndex(
            "things", IndexDefinition.on("byX", List.of("x")), DefinitionChange.Mode.APPLY));
    int id = world.shard.catalogue().index(world.collection, "byX").orElseThrow().id();
    assertThat(find(read("{\"x\":1}"), List.of(), 5).plan().access()).isEqualTo(Access.SCAN);
    assertThat(world.ask(new Duplicates(world.collection, id, null, 5)))
        .isEqualTo(new ReadResult.Refused<>(new Refusal.UnknownIndex(world.collection, id)));
    world.shard.settle();
    assertThat(find(read("{\"x\":1}"), List.of(), 5).plan().index()).isEqualTo("byX");
  }

  @Test
  void valuesAreCounted() {
    for (String document :
        List.of("1", "1.0", "\"a\"", "\"b\"", "\"a\"", "null", "[1]", "true", "1e0")) {
      world.put(
          key("k" + world.shard.catalogue().revision() + document), "{\"v\":" + document + "}");
    }
    int id = world.shard.catalogue().index(world.collection, "byV").orElseThrow().id();
    world.put(key("z"), "{\"v\":\"a\"}");
    List<String> counted = new ArrayList<>();
    byte[] after = null;
    do {
      Occurrences page = world.answer(new Duplicates(world.collection, id, after, 2));
      for (Occurrence each : page.values()) {
        assertThat(each.keys()).hasSize((int) each.documents());
        counted.add(each.values() + " " + each.documents());
      }
      after = page.next();
    } while (after != null);
    assertThat(counted)
        .containsExactly(
            "[Flag[flag=true]] 1", "[Numeric[number=1]] 3", "[Text[text=a]] 2", "[Text[text=b]] 1");
  }

  private Found find(Filter filter, List<Sort> order, int limit) {
    return ((ReadResult.Answer<Found>) ask(filter, order, limit, MOST, true)).value();
  }

  private ReadResult<Found> ask(
      Filter filter, List<Sort> order, int limit, int most, boolean scans) {
    return world.ask(
        new Find(
            world.collection, KeyRange.all(), filter, order, limit, null, List.of(), most, scans));
  }

  private static List<String> keys(Found found) {
    return found.hits().stream()
        .map(hit -> new String(hit.document().key().bytes(), UTF_8))
        .toList();
  }

  private static Filter read(String json) {
    return FilterReader.read(json).value().orElseThrow();
  }

  private static Key key(String text) {
    return Key.ofEncoded(text.getBytes(UTF_8));
  }
}
