package dev.weir.query.graphql.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Scripts in {@code clients/javascript-check}, which use clients from npm. Where there is no node,
 * or npm reaches no registry, tests with them are skipped.
 */
final class NpmScripts {
  private static final Path FOLDER = Path.of("..", "clients", "javascript-check");
  private static final List<String> AWAY =
      List.of("ENOTFOUND", "EAI_AGAIN", "ECONNREFUSED", "ETIMEDOUT", "ENETUNREACH", "ENOTCACHED");

  private NpmScripts() {}

  /** What a script prints, which must end well. */
  static String run(String script, String... arguments) throws Exception {
    install();
    List<String> command = new ArrayList<>(List.of("node", script));
    command.addAll(List.of(arguments));
    Ended ended = execute(command);
    assertThat(ended.status()).as(ended.output()).isZero();
    return ended.output();
  }

  private record Ended(int status, String output) {}

  private static synchronized void install() throws Exception {
    assumeTrue(isThere("node") && isThere("npm"), "node and npm are not installed");
    Path lock = FOLDER.resolve("package-lock.json");
    Path installed = FOLDER.resolve("node_modules").resolve(".package-lock.json");
    if (Files.exists(installed)
        && Files.getLastModifiedTime(installed).compareTo(Files.getLastModifiedTime(lock)) >= 0) {
      return;
    }
    Ended ended = execute(List.of("npm", "ci", "--no-audit", "--no-fund", "--fetch-retries=1"));
    assumeTrue(
        ended.status() == 0 || AWAY.stream().noneMatch(ended.output()::contains),
        "npm reaches no registry: " + ended.output());
    assertThat(ended.status()).as(ended.output()).isZero();
  }

  private static boolean isThere(String program) throws InterruptedException {
    try {
      return execute(List.of(program, "--version")).status() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private static Ended execute(List<String> command) throws IOException, InterruptedException {
    Path output = Files.createTempFile("npm", ".txt");
    Process process =
        new ProcessBuilder(command)
            .directory(FOLDER.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      boolean over = process.waitFor(90, TimeUnit.SECONDS);
      String text = Files.readString(output, StandardCharsets.UTF_8);
      return over ? new Ended(process.exitValue(), text) : new Ended(-1, "hangs: " + text);
    } finally {
      process.destroyForcibly();
      Files.delete(output);
    }
  }
}
