package dev.weir.chaos.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The wall clocks of the nodes, which can be put forward and back while they run, if the library
 * libfaketime is installed; monotonic clocks stay right, as on a real machine.
 */
public final class Clock {

  private static final List<String> PLACES =
      List.of(
          "/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1",
          "/usr/lib/aarch64-linux-gnu/faketime/libfaketime.so.1",
          "/usr/lib64/faketime/libfaketime.so.1");

  private final Optional<String> library;
  private final Path directory;

  private Clock(Optional<String> library, Path directory) {
    this.library = library;
    this.directory = directory;
  }

  static Clock in(Path directory) {
    return new Clock(
        Boolean.getBoolean("weir.chaos.clocks")
            ? PLACES.stream().filter(place -> Files.exists(Path.of(place))).findFirst()
            : Optional.empty(),
        directory);
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
    return Map.of(
        "LD_PRELOAD",
        library.get(),
        "FAKETIME_TIMESTAMP_FILE",
        file(node).toString(),
        "FAKETIME_DONT_FAKE_MONOTONIC",
        "1",
        "FAKETIME_CACHE_DURATION",
        "1");
  }

  /** Puts a node's clock forward, or back if negative, from the right time. */
  public void skew(String node, Duration offset) {
    try {
      Files.writeString(file(node), String.format(Locale.ROOT, "%+d%n", offset.toSeconds()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path file(String node) {
    return directory.resolve("clock-" + node);
  }
}
