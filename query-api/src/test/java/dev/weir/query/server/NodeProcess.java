package dev.weir.query.server;

import dev.weir.store.CollectionDefinition;
import dev.weir.store.KeyType;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A node in a process of its own, to be killed, frozen and stopped. */
final class NodeProcess implements AutoCloseable {
  static final int SHARDS = 6;

  private final Process process;

  private NodeProcess(Process process) {
    this.process = process;
  }

  /** The node itself; ends with its standard input. */
  public static void main(String[] args) throws IOException {
    Builder builder = builder(args[0], args[1], Path.of(args[2]));
    for (String setting : Arrays.asList(args).subList(3, args.length)) {
      String[] parts = setting.split("=", 2);
      builder.set(Setting.valueOf(parts[0]), parts[1]);
    }
    Weir weir = builder.start();
    weir.awaitReady(Duration.ofMinutes(2));
    System.out.println("READY");
    System.out.flush();
    while (System.in.read() >= 0) {
      // Whatever comes is not meant for this process.
    }
    weir.close();
  }

  static Builder builder(String bootstrapServers, String node, Path directory) {
    return Weir.builder()
        .application("failover")
        .bootstrapServers(bootstrapServers)
        .listen("127.0.0.1:0")
        .stateDirectory(directory.resolve(node))
        .shards(SHARDS)
        .set(Setting.NODE, node)
        .set(Setting.REPLICAS, "2")
        .set(Setting.MEMORY, "64MiB")
        .collection(
            new CollectionDefinition(
                    0,
                    "note",
                    KeyType.Scalar.STRING,
                    "json",
                    CollectionDefinition.Writer.API,
                    null,
                    1)
                .keeping(100_000));
  }

  /** Starts a node and waits until it is ready. */
  static NodeProcess start(String bootstrapServers, String node, Path directory, String... settings)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                NodeProcess.class.getName(),
                bootstrapServers,
                node,
                directory.toString()));
    command.addAll(List.of(settings));
    Path errors = directory.resolve(node + ".err");
    Process process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    for (String line = lines.readLine(); !"READY".equals(line); line = lines.readLine()) {
      if (line == null) {
        process.destroyForcibly();
        throw new IOException("node " + node + " did not get ready: " + Files.readString(errors));
      }
    }
    return new NodeProcess(process);
  }

  /** As a power cut would. */
  void kill() {
    process.destroyForcibly();
  }

  /** The same; returns once it is gone. */
  void killAndWait() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** It stands still, with all its connections open. */
  void freeze() throws IOException, InterruptedException {
    signal("STOP");
  }

  void wake() throws IOException, InterruptedException {
    signal("CONT");
  }

  private void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
  }

  /** Ends the node in order and waits for it. */
  void stop() throws IOException, InterruptedException {
    process.getOutputStream().close();
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      throw new IOException("the node does not end");
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
