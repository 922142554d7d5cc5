package dev.weir.query.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostPortTest {

  @ParameterizedTest
  @ValueSource(strings = {"localhost:7070", "0.0.0.0:0", "[::1]:65535", "a.example.org:1"})
  void readsWhatItWrites(String text) {
    assertThat(HostPort.parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ":", "a", "a:", ":1", " :1", "a:-1", "a:65536", "::1:80", "a:b"})
  void refusesTheRest(String text) {
    assertThatThrownBy(() -> HostPort.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void sizesAreReadAsPeopleWriteThem() {
    assertThat(ByteSize.parse("512MiB")).isEqualTo(512L << 20);
    assertThat(ByteSize.parse("64 mb")).isEqualTo(64_000_000L);
    assertThat(ByteSize.parse("1.5g")).isEqualTo(1536L << 20);
    assertThat(ByteSize.parse("17")).isEqualTo(17L);
    for (String wrong : new String[] {"", "MiB", "-1", "1 TiBx", "0.3b", "99999999999GiB"}) {
      assertThatThrownBy(() -> ByteSize.parse(wrong)).isInstanceOf(IllegalArgumentException.class);
    }
  }
}
