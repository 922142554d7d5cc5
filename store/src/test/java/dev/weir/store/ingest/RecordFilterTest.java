package dev.weir.store.ingest;

import static dev.weir.store.ingest.Definitions.condition;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.store.SourceDefinition.Condition;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RecordFilterTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // test   | field | value      | document            | holds
        "EXISTS   | a     |            | {\"a\":0}           | true",
        "EXISTS   | a     |            | {\"a\":null}        | false",
        "EXISTS   | a     |            | {}                  | false",
        "EXISTS   | a.b   |            | {\"a\":{\"b\":1}}   | true",
        "EXISTS   | a.b   |            | {\"a.b\":1}         | true",
        "EXISTS   | a.b   |            | {\"a\":[1]}         | false",
        "MISSING  | a     |            | {\"a\":null}        | true",
        "MISSING  | a     |            | {\"a\":false}       | false",
        "IN       | a     | 3          | {\"a\":3}           | true",
        "IN       | a     | 3          | {\"a\":3.0}         | true",
        "IN       | a     | 3          | {\"a\":\"3\"}       | false",
        "IN       | a     | \"x\"      | {\"a\":\"x\"}       | true",
        "IN       | a     | null       | {\"a\":null}        | true",
        "IN       | a     | null       | {}                  | false",
        "IN       | a     | [1,{}]     | {\"a\":[1.0,{}]}    | true",
        "IN       | a     | true       | {\"a\":1}           | false",
        "IN       | a     | 1e9999999  | {\"a\":1}           | false",
        "NOT_IN   | a     | 3          | {\"a\":3}           | false",
        "NOT_IN   | a     | 3          | {\"a\":4}           | true",
        "NOT_IN   | a     | 3          | {}                  | true",
      })
  void testsOneField(
      Condition.Test test, String field, String value, String document, boolean holds)
      throws Exception {
    Condition condition =
        value == null ? condition(field, test) : condition(field, test, "\"other\"", value);
    assertThat(new RecordFilter(List.of(condition)).passes(RowJson.object(utf8(document))))
        .isEqualTo(holds);
  }

  @Test
  void needsAllConditions() throws Exception {
    RecordFilter filter =
        new RecordFilter(
            List.of(condition("a", Condition.Test.EXISTS), condition("b", Condition.Test.EXISTS)));
    assertThat(filter.passes(RowJson.object(utf8("{\"a\":1,\"b\":1}")))).isTrue();
    assertThat(filter.passes(RowJson.object(utf8("{\"a\":1}")))).isFalse();
    assertThat(filter.passes(RowJson.object(utf8("{\"b\":1}")))).isFalse();
  }

  @Test
  void refusesValuesThatDoNotFitTheTest() {
    assertThatThrownBy(() -> new RecordFilter(List.of(condition("a", Condition.Test.IN))))
        .hasMessageContaining("needs values");
    assertThatThrownBy(() -> new RecordFilter(List.of(condition("a", Condition.Test.EXISTS, "1"))))
        .hasMessageContaining("takes no values");
    assertThatThrownBy(() -> new RecordFilter(List.of(condition("a", Condition.Test.IN, "eu"))))
        .hasMessageContaining("double quotes");
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
