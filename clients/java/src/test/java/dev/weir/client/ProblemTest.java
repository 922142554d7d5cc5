package dev.weir.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProblemTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'no key 7'  | 'Add it.' | Gone: no key 7. Add it.",
        "'No key 7.' | 'Add it.' | Gone: No key 7. Add it.",
        "''          | 'Add it.' | Gone. Add it.",
        "'no key 7'  | ''        | Gone: no key 7",
        "''          | ''        | Gone",
      })
  void tellsPeopleInSentences(String detail, String action, String text) {
    assertThat(
            new Problem(
                "about:blank", 404, "Gone", detail, action, 0, JsonNodeFactory.instance.nullNode()))
        .hasToString(text);
  }
}
