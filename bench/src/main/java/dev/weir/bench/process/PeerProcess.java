package dev.weir.bench.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A product of others in a JVM and with a class path of its own: a directory of {@code
 * bench/peers}, which {@code bench/run} has compiled. It says {@code ready <text>}, answers each
 * line that it is sent with lines of which the last is {@code done} or {@code failed <why>}, and
 * ends when its input ends. Confined to one thread.
 */
public final class PeerProcess implements AutoCloseable {
  private static final Path PEERS = Path.of("bench", "peers");
  private static final String READY = "ready ";
  private static final String FAILED = "failed ";
  private static final long END_SECONDS = 60;

  private final Process process;
  private final BufferedReader answers;
  private final Writer questions;
  private final String readyText;

  private PeerProcess(Process process) throws IOException {
    this.process = process;
    answers = process.inputReader(StandardCharsets.UTF_8);
    questions = process.outputWriter(StandardCharsets.UTF_8);
    String line = next();
    if (!line.startsWith(READY)) {
      throw new IOException("instead of getting ready it said: " + line);
    }
    readyText = line.substring(READY.length());
  }

  /**
   * Starts a peer; returns once it is ready.
   *
   * @param name of its directory
   * @return empty if it was not compiled, because what it needs could not be had
   * @throws IOException if it does not get ready
   */
  public static Optional<PeerProcess> start(
      String name, String main, List<String> jvmOptions, List<String> arguments)
      throws IOException {
    Path target = PEERS.resolve(name).resolve("target");
    Path libraries = target.resolve("classpath.txt");
    if (!Files.exists(libraries) || !Files.exists(target.resolve("classes"))) {
      System.err.println("Without the peer " + name + ": it is not there");
      return Optional.empty();
    }
    String classPath = target.resolve("classes") + ":" + Files.readString(libraries).strip();
    return Optional.of(run(classPath, main, jvmOptions, arguments));
  }

  static PeerProcess run(
      String classPath, String main, List<String> jvmOptions, List<String> arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvmOptions);
    command.addAll(List.of("-cp", classPath, main));
    command.addAll(arguments);
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try {
      return new PeerProcess(process);
    } catch (IOException e) {
      process.destroyForcibly();
      throw e;
    }
  }

  private String next() throws IOException {
    String line = answers.readLine();
    if (line == null) {
      throw new IOException("it ended");
    }
    return line;
  }

  /** What it said when it got ready. */
  public String readyText() {
    return readyText;
  }

  /** Its process id. */
  public long pid() {
    return process.pid();
  }

  /**
   * Asks; waits as long as it takes.
   *
   * @return the lines of the answer, without the last
   * @throws IOException if it failed or ended
   */
  public List<String> ask(String question) throws IOException {
    questions.write(question + "\n");
    questions.flush();
    List<String> lines = new ArrayList<>();
    for (String line = next(); !line.equals("done"); line = next()) {
      if (line.startsWith(FAILED)) {
        throw new IOException(question + ": " + line.substring(FAILED.length()));
      }
      lines.add(line);
    }
    return lines;
  }

  @Override
  public void close() {
    try {
      questions.close();
      if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      process.destroyForcibly();
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
