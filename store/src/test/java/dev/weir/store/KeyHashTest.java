package dev.weir.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class KeyHashTest {
  private static final int KEYS = 65_536;

  @Test
  void countedKeysSpreadOverTheirHashes() throws Exception {
    Set<Integer> hashes = new HashSet<>();
    Set<Integer> lowBits = new HashSet<>();
    for (long n = 0; n < KEYS; n++) {
      int hash = KeyCodec.of(KeyType.Scalar.LONG).encode(n).hashCode();
      hashes.add(hash);
      lowBits.add(hash & (KEYS - 1));
    }
    assertThat(hashes).hasSizeGreaterThan(KEYS * 99 / 100);
    // Thrown at random they would fill 63 of 100 places.
    assertThat(lowBits).hasSizeGreaterThan(KEYS / 2);
  }

  @Test
  void keysOfEveryLengthHaveHashesOfTheirOwn() {
    Set<Integer> hashes = new HashSet<>();
    for (int length = 0; length < 40; length++) {
      hashes.add(Key.ofEncoded(new byte[length]).hashCode());
      assertThat(Key.ofEncoded(new byte[length]))
          .hasSameHashCodeAs(Key.ofEncoded(new byte[length]));
    }
    assertThat(hashes).hasSize(40);
  }
}
