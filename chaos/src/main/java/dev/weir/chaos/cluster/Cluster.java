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
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * One broker, two or three nodes with two copies of every shard, and a place for one more. Faults
 * are injected by one thread; {@link #urls} may be asked by all.
 */
public final class Cluster implements AutoCloseable {

  /** Shards of the database. */
  public static final int SHARDS = 4;

  private static final int USUAL_NODES = 3;
  private static final int MOST_NODES = 4;
  private static final Duration PROBE = Duration.ofSeconds(2);
  private static final List<String> JVM =
      List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto");

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PROBE).build();
  private final Path directory;
  private final Broker broker;
  private final List<Proxy> brokerProxies = new ArrayList<>();
  private final List<Place> places = new ArrayList<>();
  private final List<Member> members = new CopyOnWriteArrayList<>();
  private final Clock clock;
  private final Make make;

  private Cluster(Path directory, Clock clock, Make make) throws IOException {
    this.directory = directory;
    this.clock = clock;
    this.make = make;
    Files.createDirectories(logs());
    int port = Ports.next();
    List<String> listeners = new ArrayList<>();
    for (int i = 1; i <= MOST_NODES; i++) {
      int behind = Ports.next();
      Proxy proxy = Proxy.start(Ports.next(), behind);
      brokerProxies.add(proxy);
      places.add(new Place(Ports.next(), Ports.next(), Ports.next()));
      listeners.add("NODE" + i + ":" + behind + ":" + proxy.port());
    }
    listeners.addAll(make.broker());
    this.broker =
        new Broker(directory.resolve("kafka"), port, listeners, logs().resolve("broker.log"));
  }

  /** The ports of a node, also of the one that joins again and again. */
  private record Place(int http, int peer, int proxy) {}

  /**
   * What a cluster is besides the usual.
   *
   * @param members nodes in the beginning: 2 or 3
   * @param machinery whether nodes get disks that can be filled and clocks that can be wrong, where
   *     the machine has what that needs
   * @param nodes {@code SETTING=value} each
   * @param broker {@code property=value} each
   */
  public record Make(int members, boolean machinery, List<String> nodes, List<String> broker) {
    /** Nothing. */
    public static final Make PLAIN = of(USUAL_NODES);

    /** All that the machine has. */
    public static final Make MACHINERY = new Make(USUAL_NODES, true, List.of(), List.of());

    /** Nothing but how many nodes there are. */
    public static Make of(int members) {
      return new Make(members, false, List.of(), List.of());
    }
  }

  /**
   * Starts everything and waits until every node is ready; nothing is left running if it fails.
   *
   * @param directory for data and logs; emptied first
   */
  public static Cluster start(Path directory, Make make) throws IOException {
    remove(directory);
    Files.createDirectories(directory);
    Clock clock = make.machinery() ? Clock.in(directory) : Clock.right(directory);
    Cluster cluster = new Cluster(directory, clock, make);
    try {
      for (int i = 1; i <= make.members(); i++) {
        cluster.members.add(cluster.member(i));
      }
      cluster.members.forEach(Member::awaitStarted);
      if (!cluster.awaitReady(Duration.ofMinutes(2))) {
        throw new IllegalStateException("not every node got ready: " + cluster.trouble());
      }
      return cluster;
    } catch (RuntimeException e) {
      cluster.close();
      throw e;
    }
  }

  private Member member(int number) {
    String id = "n" + number;
    Place place = places.get(number - 1);
    Proxy peers = Proxy.start(place.proxy, place.peer);
    Proxy toBroker = brokerProxies.get(number - 1);
    Disk disk = Disk.at(directory.resolve(id), make.machinery());
    List<String> arguments =
        new ArrayList<>(
            List.of(
                id,
                Integer.toString(toBroker.port()),
                disk.state().toString(),
                Integer.toString(place.http),
                Integer.toString(place.peer),
                Integer.toString(peers.port())));
    arguments.addAll(make.nodes());
    ChildJvm.Start start =
        new ChildJvm.Start(
            id, NodeMain.class, JVM, arguments, clock.environment(id), logs().resolve(id + ".log"));
    return new Member(id, place.http, peers, toBroker, disk, start);
  }

  /** What an earlier run has left. */
  private static void remove(Path directory) throws IOException {
    Disk.deleteAll(directory);
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

  /** Takes the node out that has joined, with its disk: whoever joins next begins with nothing. */
  public void leave(Member joined) {
    members.remove(joined);
    joined.end();
    joined.peers().close();
    joined.disk().empty();
    joined.disk().close();
  }

  /** Whether every node became ready in time. */
  public boolean awaitReady(Duration patience) {
    return Waiting.until(patience, () -> urls().stream().allMatch(this::isReady));
  }

  /**
   * What is to be seen of nodes that are not ready, for people: what they say, the end of their
   * logs, and what is left of the machine.
   */
  public String trouble() {
    StringBuilder text = new StringBuilder("\n");
    text.append(Room.of(directory)).append('\n');
    for (Member member : members) {
      if (!isReady(member.url())) {
        text.append(member.id()).append(": ").append(readiness(member.url())).append('\n');
        text.append(member.state()).append('\n');
      }
    }
    return text.append("broker: ").append(broker.state()).toString();
  }

  private String readiness(String url) {
    try {
      return http.send(ready(url), HttpResponse.BodyHandlers.ofString()).body();
    } catch (IOException e) {
      return e.toString();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return e.toString();
    }
  }

  private static HttpRequest ready(String url) {
    return HttpRequest.newBuilder(URI.create(url + "/healthz/ready")).timeout(PROBE).build();
  }

  private boolean isReady(String url) {
    try {
      return http.send(ready(url), HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
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
