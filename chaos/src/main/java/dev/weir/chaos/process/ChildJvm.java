package dev.weir.chaos.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A main class of this class path in a JVM of its own, which can be killed and paused. It says
 * {@code READY} when it can be used and ends when its standard input does, so it does not outlive
 * this process; a paused one is killed by a hook. Thread-safe.
 */
public final class ChildJvm {

  private static final String READY = "READY";
  private static final int LAST_LINES = 25;
  private static final Duration END = Duration.ofSeconds(20);

  private final Start start;
  private final Process process;
  private final CompletableFuture<Boolean> ready = new CompletableFuture<>();
  private final Thread hook;

  private ChildJvm(Start start, Process process) {
    this.start = start;
    this.process = process;
    this.hook = new Thread(process::destroyForcibly, "kill-" + start.name());
    Runtime.getRuntime().addShutdownHook(hook);
    Thread reader = new Thread(this::read, "output of " + start.name());
    reader.setDaemon(true);
    reader.start();
  }

  /**
   * What is started.
   *
   * @param name for people
   * @param main class with a {@code main} that calls {@link #readyUntilTold}
   * @param jvmOptions of its JVM
   * @param arguments of its {@code main}
   * @param environment besides what this process has
   * @param log file that its standard error is appended to
   */
  public record Start(
      String name,
      Class<?> main,
      List<String> jvmOptions,
      List<String> arguments,
      Map<String, String> environment,
      Path log) {}

  /** Starts a process; returns at once. */
  public static ChildJvm start(Start start) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(start.jvmOptions());
    command.add("-cp");
    // The test runner's own class path is a jar that names the real one.
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.add(start.main().getName());
    command.addAll(start.arguments());
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.redirectError(ProcessBuilder.Redirect.appendTo(start.log().toFile()));
    builder.environment().putAll(start.environment());
    try {
      return new ChildJvm(start, builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException(start.name() + " cannot be started", e);
    }
  }

  /** What a child does. */
  @FunctionalInterface
  public interface Task {
    /** Does it. */
    void run() throws IOException;
  }

  /** In the child: does all it is there for, then ends, whatever threads are left. */
  public static void main(Task task) {
    try {
      task.run();
      System.exit(0);
    } catch (IOException | RuntimeException e) {
      e.printStackTrace();
      System.exit(1);
    }
  }

  /** In the child: says that it can be used, then waits until it is to end. */
  public static void readyUntilTold() throws IOException {
    System.out.println(READY);
    while (System.in.read() >= 0) {
      // Nothing is ever sent: only the end matters.
    }
  }

  private void read() {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.equals(READY)) {
          ready.complete(true);
        }
      }
    } catch (IOException e) {
      // The end of the process, told below.
    }
    ready.complete(false);
  }

  /** Waits until it can be used. */
  public void awaitReady(Duration patience) {
    boolean in = Waiting.until(patience, ready::isDone);
    if (!in || !ready.join()) {
      boolean unused = in && Waiting.until(END, () -> !process.isAlive());
      throw new IllegalStateException(
          start.name()
              + (in ? " ended while it started: " : " did not start within " + patience + ": ")
              + state());
    }
  }

  /** Whether it runs, how it ended, and the end of its log, for people. */
  public String state() {
    String end = process.isAlive() ? "runs" : "ended with " + process.exitValue();
    return end + "\n" + String.join("\n", lastLines());
  }

  private List<String> lastLines() {
    try (Stream<String> lines = Files.lines(start.log())) {
      Deque<String> last = new ArrayDeque<>();
      lines.forEach(
          line -> {
            last.add("  | " + line);
            if (last.size() > LAST_LINES) {
              last.remove();
            }
          });
      return List.copyOf(last);
    } catch (IOException | UncheckedIOException e) {
      return List.of("  | " + e);
    }
  }

  /** Whether it runs, or is paused. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** Its process id. */
  public long pid() {
    return process.pid();
  }

  /** Ends it at once, with SIGKILL. */
  public void kill() {
    process.destroyForcibly().onExit().join();
    forget();
  }

  /** Lets it end in order; kills it if that takes too long. */
  public void end() {
    resume();
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      // It has ended already.
    }
    boolean ended = false;
    try {
      ended = process.waitFor(END.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (!ended) {
      process.destroyForcibly().onExit().join();
    }
    forget();
  }

  private void forget() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // This process ends just now.
    }
  }

  /** Stops it where it stands, with SIGSTOP: it keeps its connections and knows nothing of it. */
  public void pause() {
    signal("-STOP");
  }

  /** Lets it go on, with SIGCONT. */
  public void resume() {
    if (process.isAlive()) {
      signal("-CONT");
    }
  }

  private void signal(String signal) {
    boolean unused = Commands.run("kill", signal, Long.toString(process.pid()));
  }
}
