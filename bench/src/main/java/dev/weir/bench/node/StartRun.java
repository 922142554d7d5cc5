package dev.weir.bench.node;

import dev.weir.bench.Figures;
import dev.weir.bench.Scale;
import dev.weir.bench.process.Directories;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** From {@code ./weir demo} in a built tree and an empty directory to the first answer it shows. */
public final class StartRun {
  private StartRun() {}

  /** Runs it. */
  public static Figures run(Scale scale, Path directory) throws IOException, InterruptedException {
    once(directory.resolve("built"));
    Figures figures = new Figures();
    for (int round = 0; round < scale.rounds(); round++) {
      figures.add("first answer of the demo", "s", once(directory.resolve("demo-" + round)));
    }
    figures.note("Hoped for: below 30 s on 2 cores. One start before these has built the tree.");
    return figures;
  }

  private static double once(Path data) throws IOException, InterruptedException {
    long start = System.nanoTime();
    Process demo =
        new ProcessBuilder("./weir", "demo", "--data-dir", data.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (BufferedReader lines = demo.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        // The first line that is JSON is an answer.
        if (line.startsWith("{")) {
          return (System.nanoTime() - start) / 1e9;
        }
      }
      throw new IOException("the demo has shown no answer");
    } finally {
      demo.destroy();
      demo.waitFor();
      Directories.remove(data);
    }
  }
}
