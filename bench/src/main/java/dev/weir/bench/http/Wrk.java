package dev.weir.bench.http;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The load generator <a href="https://github.com/wg/wrk">wrk</a>: connections kept alive. */
final class Wrk {
  static final String PATH = "/v1/collections/document/documents/";
  private static final int CONNECTIONS = 64;

  private final Path script;
  private final int seconds;
  private final List<String> by;

  /**
   * What wrk saw.
   *
   * @param requests answered, the warm-up included
   * @param perSecond answered requests a second
   * @param p50Millis half of them took no longer
   * @param p99Millis 99 of 100 took no longer
   * @param failures answers that were not 2xx or 3xx, and requests without one
   */
  record Outcome(
      long requests, double perSecond, double p50Millis, double p99Millis, long failures) {}

  Wrk(Path directory, int seconds) throws IOException {
    this(directory, seconds, List.of());
  }

  /**
   * A generator.
   *
   * @param by a command that runs another, such as {@code taskset}
   */
  Wrk(Path directory, int seconds, List<String> by) throws IOException {
    this.seconds = seconds;
    this.by = List.copyOf(by);
    this.script = directory.resolve("requests.lua");
    try (InputStream lua = Wrk.class.getResourceAsStream("requests.lua")) {
      Files.write(script, Objects.requireNonNull(lua).readAllBytes());
    }
  }

  /** Gets keys at a port, in turns. */
  Outcome gets(int port, List<Long> keys) throws IOException, InterruptedException {
    return gets(port, keys, "");
  }

  /** Gets keys at a port, in turns, with a query such as {@code ?consistency=strong}. */
  Outcome gets(int port, List<Long> keys, String query) throws IOException, InterruptedException {
    return run(port, lines(keys.stream().map(key -> PATH + key + query).toList()));
  }

  /** Gets lists of keys at a port, each list with one request. */
  Outcome batchGets(int port, List<List<Long>> keys) throws IOException, InterruptedException {
    return run(
        port,
        lines(
            keys.stream()
                .map(k -> "/v1/collections/document/batch-get {\"keys\":" + k + "}")
                .toList()));
  }

  /** Sends lines as {@code requests.lua} reads them, in turns. */
  Outcome requests(int port, List<String> lines, int connections)
      throws IOException, InterruptedException {
    return once(port, lines(lines), seconds, connections);
  }

  private Path lines(List<String> lines) throws IOException {
    Path file = Files.createTempFile(script.getParent(), "requests", ".txt");
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      for (String line : lines) {
        out.write(line);
        out.newLine();
      }
    }
    return file;
  }

  private Outcome run(int port, Path requests) throws IOException, InterruptedException {
    Outcome warmUp = once(port, requests, Math.max(1, seconds / 2), CONNECTIONS);
    Outcome outcome = once(port, requests, seconds, CONNECTIONS);
    return new Outcome(
        warmUp.requests() + outcome.requests(),
        outcome.perSecond(),
        outcome.p50Millis(),
        outcome.p99Millis(),
        outcome.failures());
  }

  private Outcome once(int port, Path requests, int duration, int connections)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(by);
    command.addAll(
        List.of(
            "wrk",
            "--threads=1",
            "--connections=" + connections,
            "--timeout=10s",
            "--duration=" + duration + "s",
            "--script=" + script,
            "http://127.0.0.1:" + port));
    ProcessBuilder wrk = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    wrk.environment().put("WEIR_BENCH_REQUESTS", requests.toString());
    Process process = wrk.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("wrk failed: " + output);
    }
    String[] figures =
        output
            .lines()
            .filter(line -> line.startsWith("outcome "))
            .findFirst()
            .orElseThrow(() -> new IOException("wrk said: " + output))
            .split(" ");
    return new Outcome(
        Long.parseLong(figures[1]),
        Double.parseDouble(figures[2]),
        Double.parseDouble(figures[3]),
        Double.parseDouble(figures[4]),
        Long.parseLong(figures[5]));
  }
}
