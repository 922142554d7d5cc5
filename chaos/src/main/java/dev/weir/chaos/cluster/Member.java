package dev.weir.chaos.cluster;

import dev.weir.chaos.net.Proxy;
import dev.weir.chaos.process.ChildJvm;
import java.time.Duration;

/**
 * A node: its process, and the proxies through which other nodes and it reach each other and the
 * broker. Its name, ports and directory outlive the process. Not thread-safe, but for {@link #url}.
 */
public final class Member {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final String id;
  private final int httpPort;
  private final Proxy peers;
  private final Proxy broker;
  private final Disk disk;
  private final ChildJvm.Start start;
  private ChildJvm jvm;

  Member(String id, int httpPort, Proxy peers, Proxy broker, Disk disk, ChildJvm.Start start) {
    this.id = id;
    this.httpPort = httpPort;
    this.peers = peers;
    this.broker = broker;
    this.disk = disk;
    this.start = start;
    this.jvm = ChildJvm.start(start);
  }

  /** Its name in the database. */
  public String id() {
    return id;
  }

  /** Base of its HTTP API; clients reach it without a proxy. */
  public String url() {
    return "http://127.0.0.1:" + httpPort;
  }

  /** Between the other nodes and this one. */
  public Proxy peers() {
    return peers;
  }

  /** Between this node and the broker. */
  public Proxy broker() {
    return broker;
  }

  /** Where its state lies. */
  public Disk disk() {
    return disk;
  }

  /** Whether its process is there. */
  public boolean isAlive() {
    return jvm.isAlive();
  }

  /** Whether its process is there, and the end of its log, for people. */
  String state() {
    return jvm.state();
  }

  /** Waits until its API listens. */
  public void awaitStarted() {
    jvm.awaitReady(PATIENCE);
  }

  /** Ends it at once. */
  public void kill() {
    jvm.kill();
  }

  /** Lets it drain, hand its shards over and end. */
  public void end() {
    jvm.end();
  }

  /** Starts it again on its state, if it does not run. */
  public void restart() {
    if (!jvm.isAlive()) {
      jvm = ChildJvm.start(start);
    }
  }

  /** Stops it where it stands. */
  public void pause() {
    jvm.pause();
  }

  /** Lets it go on. */
  public void resume() {
    jvm.resume();
  }

  void close() {
    jvm.end();
    peers.close();
    broker.close();
    disk.close();
  }
}
