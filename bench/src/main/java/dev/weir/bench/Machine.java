package dev.weir.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Where, when and with what a run took place. */
public final class Machine {
  private Machine() {}

  /**
   * One line for the head of a results section.
   *
   * @param commit what was measured
   */
  public static String describe(String commit) throws IOException {
    return String.format(
        Locale.ROOT,
        "%s UTC, commit %s, %d x %s, %s of memory, Linux %s, JDK %s, load before: %s",
        ZonedDateTime.now(ZoneOffset.UTC).format(DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm")),
        commit,
        Runtime.getRuntime().availableProcessors(),
        field("/proc/cpuinfo", "model name"),
        field("/proc/meminfo", "MemTotal"),
        System.getProperty("os.version"),
        Runtime.version(),
        load());
  }

  /** The load average of the last minute: above a few tenths, something else was running. */
  public static String load() throws IOException {
    return Files.readString(Path.of("/proc/loadavg")).split(" ")[0];
  }

  private static String field(String file, String name) throws IOException {
    return Files.readAllLines(Path.of(file)).stream()
        .filter(line -> line.startsWith(name))
        .findFirst()
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .orElse("unknown");
  }
}
