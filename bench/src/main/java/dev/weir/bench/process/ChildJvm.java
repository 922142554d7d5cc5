package dev.weir.bench.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A main class of this module in a JVM of its own. It says {@code ready <text>} when it can be
 * used, and ends when its standard input ends, so that it never outlives this process.
 */
public final class ChildJvm implements AutoCloseable {
  private static final String READY = "ready ";
  private static final String STARTED = "weir.bench.started";
  private static final long START_SECONDS = 300;
  private static final long END_SECONDS = 30;

  private final Process process;
  private final CompletableFuture<String> ready = new CompletableFuture<>();

  private ChildJvm(Process process) {
    this.process = process;
    Thread reader = new Thread(this::read, "output of " + process.pid());
    reader.setDaemon(true);
    reader.start();
  }

  /**
   * Starts a main class with options of the JVM; returns once it is ready.
   *
   * @param jvmOptions may have a class path of its own
   */
  public static ChildJvm start(Class<?> main, List<String> jvmOptions, List<String> arguments)
      throws IOException, InterruptedException {
    return start(List.of(), main, jvmOptions, arguments);
  }

  /** The same by a command that runs another, such as {@code taskset}. */
  public static ChildJvm start(
      List<String> by, Class<?> main, List<String> jvmOptions, List<String> arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(by);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.addAll(jvmOptions);
    command.add("-D" + STARTED + "=" + System.currentTimeMillis());
    command.add(main.getName());
    command.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    // As ./weir does, or RocksDB would start a process to learn which C library this is.
    builder.environment().putIfAbsent("ROCKSDB_MUSL_LIBC", "false");
    ChildJvm child = new ChildJvm(builder.start());
    try {
      child.ready.get(START_SECONDS, TimeUnit.SECONDS);
      return child;
    } catch (ExecutionException | TimeoutException e) {
      child.close();
      throw new IOException(main.getSimpleName() + " did not get ready", e);
    }
  }

  /**
   * In the child: milliseconds since it was started. (What the system says of its processes is only
   * right to a second.)
   */
  public static long ageMillis() {
    return System.currentTimeMillis() - Long.getLong(STARTED);
  }

  /** In the child: says that it can be used, and with what, then waits until it is to end. */
  public static void readyUntilTold(String text) throws IOException {
    System.out.println(READY + text);
    while (System.in.read() >= 0) {
      // Nothing is ever sent: only the end matters.
    }
  }

  private void read() {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith(READY)) {
          ready.complete(line.substring(READY.length()));
        } else {
          System.err.println(line);
        }
      }
    } catch (IOException e) {
      ready.completeExceptionally(e);
    }
    ready.completeExceptionally(new IOException("it ended"));
  }

  /** What it said when it got ready. */
  public String readyText() {
    return ready.join();
  }

  /** Its process id. */
  public long pid() {
    return process.pid();
  }

  /** Ends it as a crash would; returns once it is gone. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() {
    try {
      process.outputWriter(StandardCharsets.UTF_8).close();
      if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
