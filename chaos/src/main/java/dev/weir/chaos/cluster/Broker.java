package dev.weir.chaos.cluster;

import dev.weir.chaos.process.ChildJvm;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The broker's process; its data and its ports outlive it. Not thread-safe. */
public final class Broker {

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final List<String> JVM =
      List.of("-Xmx320m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto");

  private final int port;
  private final ChildJvm.Start start;
  private ChildJvm jvm;

  /**
   * Starts it.
   *
   * @param more {@code name:port:advertised} per further listener, {@code property=value} per
   *     setting
   */
  Broker(Path directory, int port, List<String> more, Path log) {
    this.port = port;
    List<String> arguments = new ArrayList<>();
    arguments.add(directory.toString());
    arguments.add(Integer.toString(port));
    arguments.addAll(more);
    this.start = new ChildJvm.Start("broker", BrokerMain.class, JVM, arguments, Map.of(), log);
    this.jvm = ChildJvm.start(start);
    jvm.awaitReady(PATIENCE);
  }

  /** {@code host:port} for clients that no fault is to disturb. */
  public String bootstrapServers() {
    return "127.0.0.1:" + port;
  }

  /** Whether its process is there, and the end of its log, for people. */
  String state() {
    return jvm.state();
  }

  /** Ends it at once. */
  public void kill() {
    jvm.kill();
  }

  /** Lets it end in order. */
  public void end() {
    jvm.end();
  }

  /** Starts it on the data and ports it had; returns when it takes requests. */
  public void restart() {
    if (!jvm.isAlive()) {
      jvm = ChildJvm.start(start);
    }
    jvm.awaitReady(PATIENCE);
  }

  /** Stops it where it stands. */
  public void pause() {
    jvm.pause();
  }

  /** Lets it go on. */
  public void resume() {
    jvm.resume();
  }
}
