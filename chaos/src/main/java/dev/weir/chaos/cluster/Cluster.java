package dev.weir.chaos.cluster;

import dev.weir.chaos.net.Proxy;
import dev.weir.chaos.process.ChildJvm;
import dev.weir.chaos.process.Ports;
import dev.weir.chaos.process.Waiting;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/**
 * One broker, three nodes with two copies of every shard, and a place for a fourth. Faults are
 * injected by one thread; {@link #urls} may be asked by all.
 */
public final class Cluster implements AutoCloseable {

  /** Shards of the database. */
  public static final int SHARDS = 4;

  private static final int NODES = 3;
  private static final int MOST_NODES = 4;
  private static final Duration PROBE = Duration.ofSeconds(2);
  private static final List<String> JVM =
      List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto");

  private final Ports ports = new Ports();
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PROBE).build();
  private final Path directory;
  private final Broker broker;
  private final List<Proxy> brokerProxies = new ArrayList<>();
  private final List<Member> members = new CopyOnWriteArrayList<>();
  private final Clock clock;
  private final boolean boundedDisks;

  private Cluster(Path directory, Clock clock, boolean boundedDisks) throws IOException {
    this.directory = directory;
    this.clock = clock;
    this.boundedDisks = boundedDisks;
    Files.createDirectories(logs());
    int port = ports.next();
    List<String> listeners = new ArrayList<>();
    for (int i = 1; i <= MOST_NODES; i++) {
      int behind = ports.next();
      Proxy proxy = Proxy.start(ports.next(), behind);
      brokerProxies.add(proxy);
      listeners.add("NODE" + i + ":" + behind + ":" + proxy.port());
    }
    this.broker =
        new Broker(directory.resolve("kafka"), port, listeners, logs().resolve("broker.log"));
  }

  /**
   * Starts everything and waits until every node is ready; nothing is left running if it fails.
   *
   * @param directory for data and logs; emptied first
   * @param machinery whether nodes get disks that can be filled and clocks that can be wrong, where
   *     the machine has what that needs
   */
  public static Cluster start(Path directory, boolean machinery) throws IOException {
    remove(directory);
    Files.createDirectories(directory);
    Clock clock = machinery ? Clock.in(directory) : Clock.right(directory);
    Cluster cluster = new Cluster(directory, clock, machinery);
    try {
      for (int i = 1; i <= NODES; i++) {
        cluster.members.add(cluster.member(i));
      }
      cluster.members.forEach(Member::awaitStarted);
      if (!cluster.awaitReady(Duration.ofMinutes(2))) {
        throw new IllegalStateException("not every node got ready, see " + cluster.logs());
      }
      return cluster;
    } catch (RuntimeException e) {
      cluster.close();
      throw e;
    }
  }

  private Member member(int number) {
    String id = "n" + number;
    int httpPort = ports.next();
    int peerPort = ports.next();
    Proxy peers = Proxy.start(ports.next(), peerPort);
    Proxy toBroker = brokerProxies.get(number - 1);
    Disk disk = Disk.at(directory.resolve(id), boundedDisks);
    List<String> arguments =
        List.of(
            id,
            Integer.toString(toBroker.port()),
            disk.path().resolve("state").toString(),
            Integer.toString(httpPort),
            Integer.toString(peerPort),
            Integer.toString(peers.port()));
    ChildJvm.Start start =
        new ChildJvm.Start(
            id, NodeMain.class, JVM, arguments, clock.environment(id), logs().resolve(id + ".log"));
    return new Member(id, httpPort, peers, toBroker, disk, start);
  }

  /** What an earlier run has left. */
  private static void remove(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    List<Path> all;
    try (Stream<Path> walk = Files.walk(directory)) {
      all = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : all) {
      Files.delete(path);
    }
  }

  private Path logs() {
    return directory.resolve("logs");
  }

  /** The broker. */
  public Broker broker() {
    return broker;
  }

  /** The nodes, those included that are down. */
  public List<Member> members() {
    return List.copyOf(members);
  }

  /** The clocks of the nodes. */
  public Clock clock() {
    return clock;
  }

  /** Bases of the HTTP APIs of all nodes, those included that are down. */
  public List<String> urls() {
    return members.stream().map(Member::url).toList();
  }

  /** One more node; returns when it listens. */
  public Member join() {
    Member joined = member(MOST_NODES);
    joined.awaitStarted();
    members.add(joined);
    return joined;
  }

  /** Takes the node out that has joined. */
  public void leave(Member joined) {
    members.remove(joined);
    joined.end();
    joined.peers().close();
    joined.disk().close();
  }

  /** Whether every node became ready in time. */
  public boolean awaitReady(Duration patience) {
    return Waiting.until(patience, () -> urls().stream().allMatch(this::isReady));
  }

  private boolean isReady(String url) {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(url + "/healthz/ready")).timeout(PROBE).build();
      return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Ends everything and removes the file systems; logs stay. */
  @Override
  public void close() {
    members.forEach(Member::close);
    broker.resume();
    broker.end();
    brokerProxies.forEach(Proxy::close);
  }
}
