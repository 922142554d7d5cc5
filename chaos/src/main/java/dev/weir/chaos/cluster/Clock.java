package dev.weir.chaos.cluster;

import dev.weir.chaos.process.Commands;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * The wall clocks of the nodes, which can be put forward and back while they run, where there is a
 * C compiler for the few lines that this takes. Monotonic clocks stay right, as on a real machine.
 */
public final class Clock {

  private static final String SOURCE = "skew.c";

  private final Optional<Path> library;
  private final Path directory;

  private Clock(Optional<Path> library, Path directory) {
    this.library = library;
    this.directory = directory;
  }

  /** Clocks that are always right. */
  static Clock right(Path directory) {
    return new Clock(Optional.empty(), directory);
  }

  /**
   * Clocks that can be changed, if possible.
   *
   * @param directory that exists
   */
  static Clock in(Path directory) {
    Path source = directory.resolve(SOURCE);
    Path library = directory.resolve("libskew.so");
    try (InputStream text = Clock.class.getResourceAsStream(SOURCE)) {
      if (text == null) {
        throw new IllegalStateException(SOURCE + " is not in this build");
      }
      Files.copy(text, source);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    boolean compiled =
        Commands.run("cc", "-O2", "-shared", "-fPIC", "-o", library.toString(), source.toString());
    return new Clock(compiled ? Optional.of(library) : Optional.empty(), directory);
  }

  /** Whether clocks can be changed here. */
  public boolean isAdjustable() {
    return library.isPresent();
  }

  /** What a node's process needs in its environment. */
  Map<String, String> environment(String node) {
    if (library.isEmpty()) {
      return Map.of();
    }
    skew(node, Duration.ZERO);
    return Map.of("LD_PRELOAD", library.get().toString(), "WEIR_CLOCK", file(node).toString());
  }

  /** Puts a node's clock forward, or back if negative, from the right time. */
  public void skew(String node, Duration offset) {
    ByteBuffer seconds = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.nativeOrder());
    seconds.putLong(offset.toSeconds()).flip();
    try (FileChannel file =
        FileChannel.open(file(node), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      file.write(seconds, 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path file(String node) {
    return directory.resolve("clock-" + node);
  }
}
