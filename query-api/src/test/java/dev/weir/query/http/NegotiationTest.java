package dev.weir.query.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NegotiationTest {
  private static final List<String> OFFERED =
      List.of("application/json", "application/x-ndjson", "text/plain; charset=utf-8");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "none",
      value = {
        "none|application/json",
        "''|application/json",
        "*/*|application/json",
        "text/*|text/plain; charset=utf-8",
        "application/x-ndjson|application/x-ndjson",
        "Application/JSON|application/json",
        "application/json;q=0.5, application/x-ndjson|application/x-ndjson",
        "application/*;q=0.2, text/plain;q=0.3|text/plain; charset=utf-8",
        "application/json;q=0, */*|application/x-ndjson",
        "image/png|none",
        "*/*;q=0|none",
        "nonsense;q=x|none",
        ",,;|none",
      })
  void theBestOfferWins(String accept, String expected) {
    assertThat(MediaTypes.best(accept, OFFERED).orElse(null)).isEqualTo(expected);
  }
}
