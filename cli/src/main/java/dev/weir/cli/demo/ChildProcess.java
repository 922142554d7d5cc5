package dev.weir.cli.demo;

import dev.weir.cli.CommandException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A process of this command line that the demo has started. It ends when its standard input ends,
 * so it never outlives the demo, however that ends. Thread-safe.
 */
final class ChildProcess {

  /** What a process prints in front of its address once it can be used. */
  static final String READY = "READY ";

  private static final int LAST_LINES = 15;

  private final String name;
  private final Path log;
  private final Process process;
  private final CompletableFuture<String> address = new CompletableFuture<>();

  private ChildProcess(String name, Path log, Process process) {
    this.name = name;
    this.log = log;
    this.process = process;
  }

  /**
   * Starts a command of this command line.
   *
   * @param name for people, and of its log file
   * @param logs directory of log files
   * @param jvmOptions of its JVM
   * @param arguments the command
   */
  static ChildProcess start(
      String name, Path logs, List<String> jvmOptions, List<String> arguments) {
    List<String> command = new ArrayList<>();
    // Ctrl-C in a terminal reaches every process of its group; the order of the end is ours.
    command.addAll(List.of("/bin/sh", "-c", "trap '' INT; exec \"$@\"", "weir"));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvmOptions);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add("dev.weir.cli.main.Main");
    command.addAll(arguments);
    Path log = logs.resolve(name + ".log");
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().putIfAbsent("WEIR_LOG", "info");
    builder.environment().putIfAbsent("WEIR_LOG_LIBRARIES", "warn");
    try {
      ChildProcess child = new ChildProcess(name, log, builder.start());
      child.listen();
      return child;
    } catch (IOException e) {
      throw new CommandException(name + " cannot be started: " + e.getMessage(), e);
    }
  }

  private void listen() {
    Thread listener =
        new Thread(
            () -> {
              try (BufferedReader out =
                  new BufferedReader(
                      new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                for (String line = out.readLine(); line != null; line = out.readLine()) {
                  if (line.startsWith(READY)) {
                    address.complete(line.substring(READY.length()).strip());
                  }
                }
              } catch (IOException e) {
                // The end of the process, told below.
              }
              address.completeExceptionally(new IOException("the process has ended"));
            },
            "weir-demo-" + name);
    listener.setDaemon(true);
    listener.start();
  }

  /** Waits until the process can be used; returns the address it has told. */
  String awaitReady(Duration patience) throws InterruptedException {
    try {
      return address.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new CommandException(
          name + " was not ready within " + patience.toSeconds() + " s, see " + log, e);
    } catch (ExecutionException e) {
      throw new CommandException(name + " did not start, see " + log + ":\n" + lastLines(), e);
    }
  }

  String name() {
    return name;
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Ends the process at once (SIGKILL). */
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  /** Asks the process to end. */
  void requestEnd() {
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      // It has ended already.
    }
  }

  /** Waits for the end after it was requested; forces it when patience is over. */
  void awaitEnd(Duration patience) {
    try {
      if (process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    kill();
  }

  private String lastLines() {
    try {
      List<String> lines = Files.readAllLines(log);
      return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
    } catch (IOException e) {
      return "";
    }
  }
}
