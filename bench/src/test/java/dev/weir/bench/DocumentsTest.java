package dev.weir.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class DocumentsTest {

  @Test
  void keysAreDistinctAndNotNegative() {
    Set<Long> keys = new HashSet<>();
    for (int number = 0; number < 100_000; number++) {
      keys.add(Documents.key(number));
    }

    assertThat(keys).hasSize(100_000).allMatch(key -> key >= 0);
  }

  @Test
  void documentsHaveTheirSizeAndTheirKey() {
    for (int number : new int[] {0, 7, 999_999, Integer.MAX_VALUE}) {
      String json = new String(Documents.json(number), StandardCharsets.UTF_8);

      assertThat(json)
          .hasSize(Documents.BYTES)
          .startsWith("{\"id\":" + Documents.key(number) + ",")
          .endsWith("\"}")
          .matches("[ -~]*");
    }
  }
}
