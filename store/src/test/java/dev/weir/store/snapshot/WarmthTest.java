package dev.weir.store.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WarmthTest {
  private static final long PIECE = 512 << 10;
  private static final long FAST = PIECE / 8; // nanoseconds: 8 GB/s
  private static final long SLOW = PIECE; // 1 GB/s

  private final Warmth warmth = new Warmth();

  @Test
  void piecesFromADiskAreAllRead() {
    for (int i = 0; i < 20; i++) {
      assertThat(warmth.isDue()).isTrue();
      warmth.read(PIECE, SLOW);
    }
  }

  @Test
  void fewPiecesOfAFileInMemoryAreRead() {
    assertThat(read(80, FAST)).isEqualTo(10);
  }

  @Test
  void aFileThatLeavesMemoryIsReadAgain() {
    read(8, FAST);
    assertThat(read(20, SLOW)).isEqualTo(20);
    read(1, FAST);
    assertThat(warmth.isDue()).isFalse();
  }

  private long read(int pieces, long nanos) {
    return IntStream.range(0, pieces)
        .filter(
            piece -> {
              boolean due = warmth.isDue();
              if (due) {
                warmth.read(PIECE, nanos);
              }
              return due;
            })
        .count();
  }
}
