package dev.weir.store.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.store.snapshot.Checksum.Kind;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArrivingFileTest {
  @TempDir Path directory;

  /** Pieces of any size, and new beginnings anywhere, past the cache and through it. */
  @Property(tries = 60)
  void holdsWhatArrived(@ForAll long seed, @ForAll @IntRange(min = 1, max = 4) int beginnings)
      throws IOException {
    Path home = Files.createTempDirectory("arriving");
    Path path = home.resolve("file");
    Random random = new Random(seed);
    int block = random.nextBoolean() ? ArrivingFile.block(home) : 0;
    ByteBuffer room = ArrivingFile.room(block);
    ByteArrayOutputStream expected = new ByteArrayOutputStream();
    try {
      for (int i = 0; i < beginnings; i++) {
        try (ArrivingFile file = ArrivingFile.open(path, room, block)) {
          Checksum.Sum sum = Checksum.begin(Kind.CRC32C);
          assertThat(file.sumUp(sum)).isEqualTo(expected.size());
          for (int pieces = random.nextInt(6); pieces > 0; pieces--) {
            byte[] piece = new byte[1 + random.nextInt(300_000)];
            random.nextBytes(piece);
            take(file, piece, sum);
            expected.writeBytes(piece);
            if (random.nextInt(4) == 0) {
              file.flush();
            }
            assertThat(file.size()).isEqualTo(expected.size());
          }
          file.flush();
          file.force();
          assertThat(sum.end()).isEqualTo(Checksum.of(Kind.CRC32C, expected.toByteArray()));
        }
        assertThat(Arrays.equals(Files.readAllBytes(path), expected.toByteArray())).isTrue();
      }
    } finally {
      Trees.delete(home);
    }
  }

  private static void take(ArrivingFile file, byte[] bytes, Checksum.Sum sum) throws IOException {
    ReadableByteChannel in = Channels.newChannel(new ByteArrayInputStream(bytes));
    for (int left = bytes.length; left > 0; ) {
      int taken = file.take(in, left, sum);
      assertThat(taken).isBetween(1, left);
      left -= taken;
    }
    assertThat(file.take(in, 1, sum)).isEqualTo(-1);
  }

  @Test
  void beginsAnewWhenItIsCleared() throws IOException {
    int block = ArrivingFile.block(directory);
    Path path = Files.write(directory.resolve("file"), new byte[10_000]);
    try (ArrivingFile file = ArrivingFile.open(path, ArrivingFile.room(block), block)) {
      file.sumUp(Checksum.begin(Kind.CRC32C));
      file.clear();
      take(file, new byte[] {1, 2, 3}, Checksum.begin(Kind.CRC32C));
      file.flush();
    }
    assertThat(path).hasBinaryContent(new byte[] {1, 2, 3});
  }

  @Test
  void aLinkInItsPlaceIsRefused() throws IOException {
    Path victim = Files.write(directory.resolve("victim"), new byte[1]);
    Path link = Files.createSymbolicLink(directory.resolve("link"), victim);
    assertThatThrownBy(() -> ArrivingFile.open(link, ArrivingFile.room(0), 0))
        .isInstanceOf(IOException.class);
  }
}
