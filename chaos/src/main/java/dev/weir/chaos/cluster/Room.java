package dev.weir.chaos.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is left of the machine, for people who look for the cause of a failure. */
final class Room {

  private Room() {}

  /** Room on a directory's disk, free memory and load. */
  static String of(Path directory) {
    return String.format(
        Locale.ROOT, "disk %s, memory %s, load %s", disk(directory), memory(), load());
  }

  private static String disk(Path directory) {
    try {
      return (Files.getFileStore(directory).getUsableSpace() >> 20) + " MiB free";
    } catch (IOException e) {
      return "unknown";
    }
  }

  private static String memory() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/meminfo"))) {
      return lines
          .filter(line -> line.startsWith("MemAvailable") || line.startsWith("MemTotal"))
          .map(line -> line.replaceAll("\\s+", " "))
          .collect(Collectors.joining(" "));
    } catch (IOException e) {
      return "unknown";
    }
  }

  private static String load() {
    try {
      return Files.readString(Path.of("/proc/loadavg")).strip();
    } catch (IOException e) {
      return "unknown";
    }
  }
}
