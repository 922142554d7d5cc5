package dev.weir.store.filter;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.store.Fault;
import dev.weir.store.Filter;
import dev.weir.store.FilterReader;
import dev.weir.store.FilterWriter;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FilterReaderTest {

  @ParameterizedTest
  @ValueSource(longs = {11, 12})
  void whatIsWrittenIsReadAgain(long seed) {
    FilterSamples samples = new FilterSamples(new Random(seed));
    for (int i = 0; i < 3_000; i++) {
      Filter filter = samples.filter(0);
      String json = FilterWriter.json(filter);
      assertThat(FilterReader.read(json).value()).as("seed %d: %s", seed, json).contains(filter);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'age':{'gtt':3}} | age.gtt: unknown operator 'gtt': did you mean 'gt'?",
        "{'a':{'city':1}} | a.city: unknown operator 'city': use one of eq, ne",
        "{'a':{'city':1}} | a field within this one is written a.city",
        "{'or':[{'a':1},{'b':{'gt':true}}]} | or[1].b.gt: has no order",
        "{'or':{'a':1}} | or: not a list",
        "{'not':[1]} | not: not a JSON object",
        "{'a':[1,2]} | a: an array is no value to compare with: write a text, a number",
        "{'a':{'in':3}} | a.in: not a list",
        "{'a':{'in':[1,{}]}} | a.in[1]: an object is no value",
        "{'a':{'between':[1]}} | a.between: not two values: write [low, high]",
        "{'a':{'between':[1,'b']}} | a.between: not a range",
        "{'a':{'prefix':1}} | a.prefix: not a text",
        "{'a':{'exists':1}} | a.exists: neither true nor false",
        "{'a':{}} | a: no operator",
        "{'a..b':1} | a..b: a field without a name",
        "{'a':1,'a':2} | not JSON: Duplicate",
        "{'a': | not JSON",
        "{'a':1}} | not JSON",
        "{'a':NaN} | not JSON",
        "7 | not a JSON object"
      })
  void faultsSayWhereAndWhat(String filter, String fault) {
    assertThat(faults(filter.replace('\'', '"'))).contains(fault);
  }

  @Test
  void allFaultsAreFoundAtOnce() {
    assertThat(FilterReader.read("{\"a\":{\"x\":1},\"b\":{\"in\":1},\"c\":1}").faults())
        .extracting(Fault::path)
        .containsExactly("a.x", "b.in");
  }

  @Test
  void tooDeepTooLargeAndTooLongIsRefused() {
    String deep = "{\"not\":".repeat(16) + "{}" + "}".repeat(16);
    assertThat(faults(deep)).contains("nested more than 16 deep");
    assertThat(faults("{\"not\":".repeat(15) + "{\"a\":1}" + "}".repeat(15))).isEmpty();
    assertThat(faults("{\"not\":".repeat(5_000) + "{}" + "}".repeat(5_000))).contains("not JSON");
    assertThat(faults(in(999))).isEmpty();
    assertThat(faults(in(1_000))).contains("1001 tests and values");
    assertThat(faults("{\"a\":\"" + "x".repeat(70_000) + "\"}")).contains("at most 65536");
  }

  @Test
  void aTreeFromElsewhereMayHoldDoubles() {
    ObjectNode tree = JsonNodeFactory.instance.objectNode();
    tree.set("a", JsonNodeFactory.instance.objectNode().put("gt", 0.1));
    assertThat(FilterReader.read(tree).value())
        .contains(FilterReader.read("{\"a\":{\"gt\":0.1}}").value().orElseThrow());
    tree.set("a", JsonNodeFactory.instance.numberNode(Double.NaN));
    assertThat(FilterReader.read(tree).faults()).hasSize(1);
  }

  @Test
  void randomTextNeverFailsOtherwise() {
    Random random = new Random(5);
    String alphabet = "{}[]\":,.\\ab01e-ntrufls";
    for (int i = 0; i < 20_000; i++) {
      String text =
          random
              .ints(random.nextInt(30), 0, alphabet.length())
              .mapToObj(c -> alphabet.substring(c, c + 1))
              .collect(Collectors.joining());
      var read = FilterReader.read(text);
      assertThat(read.value().isPresent()).as(text).isEqualTo(read.faults().isEmpty());
    }
  }

  private static String in(int values) {
    return IntStream.range(0, values)
        .mapToObj(Integer::toString)
        .collect(Collectors.joining(",", "{\"a\":{\"in\":[", "]}}"));
  }

  private static String faults(String filter) {
    return FilterReader.read(filter).faults().stream()
        .map(Fault::toString)
        .collect(Collectors.joining("; "));
  }
}
