package dev.weir.store.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeLibraryTest {
  private static final FileTime LONG_AGO = FileTime.fromMillis(0);

  @TempDir Path directory;

  /** Another process, since a JVM loads it once. */
  static final class Killed {
    private Killed() {}

    public static void main(String[] arguments) {
      NativeLibrary.load(Path.of(arguments[0]));
      RocksResources resources = new RocksResources(16 << 20);
      System.out.println(resources.usedBytes());
      Runtime.getRuntime().halt(7);
    }
  }

  @Test
  void aProcessThatIsKilledLeavesNothingBehind() throws Exception {
    Path temporary = Files.createDirectory(directory.resolve("temporary"));
    Path kept = directory.resolve("native");
    for (int start = 0; start < 2; start++) {
      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Djava.io.tmpdir=" + temporary,
                  "-cp",
                  System.getProperty("java.class.path"),
                  Killed.class.getName(),
                  kept.toString())
              .redirectErrorStream(true)
              .redirectOutput(directory.resolve("output").toFile())
              .start();
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue())
          .as(Files.readString(directory.resolve("output")))
          .isEqualTo(7);
      try (Stream<Path> left = Files.list(temporary)) {
        assertThat(left).noneMatch(file -> file.toString().endsWith(".so"));
      }
      assertThat(kept).isDirectoryContaining("glob:**librocksdb*");
    }
  }

  @Test
  void itIsUnpackedOnceAndAgainIfItIsDamaged() throws IOException {
    Path file = NativeLibrary.unpack(directory).orElseThrow();
    Files.setLastModifiedTime(file, LONG_AGO);
    assertThat(NativeLibrary.unpack(directory)).hasValue(file);
    assertThat(Files.getLastModifiedTime(file)).isEqualTo(LONG_AGO);

    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);
    Files.writeString(directory.resolve("older"), "of another release");
    assertThat(NativeLibrary.unpack(directory)).hasValue(file);
    bytes[bytes.length / 2] ^= 1;
    assertThat(file).hasBinaryContent(bytes);
    assertThat(directory.resolve("older")).doesNotExist();
  }
}
