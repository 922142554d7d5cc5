package dev.weir.store.filter;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.store.Filter;
import dev.weir.store.FilterReader;
import dev.weir.store.FilterWriter;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FilterMatcherTest {

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void agreesWithTheNaiveReading(long seed) {
    FilterSamples samples = new FilterSamples(new Random(seed));
    int matches = 0;
    for (int i = 0; i < 5_000; i++) {
      Filter filter = samples.filter(0);
      ObjectNode document = samples.document();
      boolean expected = NaiveFilter.matches(filter, document);
      matches += expected ? 1 : 0;
      assertThat(FilterMatcher.of(filter).matches(utf8(document.toString())))
          .as("seed %d, try %d: %s of %s", seed, i, FilterWriter.json(filter), document)
          .isEqualTo(expected);
    }
    assertThat(matches).isBetween(1_000, 4_000);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'n':3} | {'n':3.00} | true",
        "{'n':{'gt':9223372036854775807}} | {'n':9223372036854775808} | true",
        "{'n':{'gt':3}} | {'n':'4'} | false",
        "{'n':{'ne':3}} | {} | true",
        "{'n':null} | {'n':null} | true",
        "{'n':null} | {} | true",
        "{'t':{'gt':'\uffff'}} | {'t':'😀'} | true",
        "{'a.b':1} | {'a':{'c':0,'b':1}} | true",
        "{'a\\\\.b':1} | {'a.b':1} | true",
        "{'a.b':1,'c':2} | {'a':{'c':2,'b':1},'c':2} | true",
        "{'a':{'exists':true},'a.b':1} | {'a':{'b':1}} | true",
        "{'a.b':1} | {'a':[{'b':1}]} | false",
        "{'l':{'contains':2}} | {'l':[1,[2],{'x':2},2]} | true",
        "{'l':{'contains':2}} | {'l':[1,[2],{'x':2}]} | false",
        "{'l':{'contains':'ell'}} | {'l':'hello'} | true",
        "{'n':{'between':[1,2]}} | {'n':2.0} | true",
        "{'n':{'lt':1}} | {'n':1e99999999999} | false",
        "{'n':{'exists':true}} | {'n':1e99999999999} | true",
        "{} | {} | true",
        "{'or':[]} | {} | false",
        "{'\\\\or':1} | {'or':1} | true"
      })
  void meansWhatIsWritten(String filter, String document, boolean matches) {
    Filter read = FilterReader.read(filter.replace('\'', '"')).value().orElseThrow();
    assertThat(FilterMatcher.of(read).matches(utf8(document.replace('\'', '"'))))
        .isEqualTo(matches);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "7", "\"a\"", "[{\"a\":1}]", "{\"a\":", "\u0000"})
  void whatIsNoObjectHasNoFields(String value) {
    assertThat(matches("{\"a\":1}", value)).isFalse();
    assertThat(matches("{\"a\":null}", value)).isTrue();
  }

  @Test
  void onlyTheEmptyFilterIsKnownToMatchAll() {
    assertThat(FilterMatcher.of(Filter.ALL).matchesAll()).isTrue();
    assertThat(FilterMatcher.of(FilterReader.read("{\"a\":1}").value().orElseThrow()).matchesAll())
        .isFalse();
  }

  private static boolean matches(String filter, String value) {
    return FilterMatcher.of(FilterReader.read(filter).value().orElseThrow()).matches(utf8(value));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
