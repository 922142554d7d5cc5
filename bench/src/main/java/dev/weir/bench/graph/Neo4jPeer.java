package dev.weir.bench.graph;

import dev.weir.bench.process.PeerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Neo4j, embedded in a process of its own that asks it directly: along outgoing edges, one question
 * after another. Confined to one thread.
 */
final class Neo4jPeer implements AutoCloseable {
  private static final double NANOS = 1e9;

  private final PeerProcess process;
  private final Path questions;

  private Neo4jPeer(PeerProcess process, Path questions) {
    this.process = process;
    this.questions = questions;
  }

  /**
   * Starts it with a graph, on disk and cached.
   *
   * @param directory for its files; a name that does not exist yet
   * @return empty if Neo4j could not be had
   */
  static Optional<Neo4jPeer> start(Path directory, EvlpFiles graph) throws IOException {
    return PeerProcess.start(
            "neo4j",
            "dev.weir.peers.neo4j.Neo4jPeer",
            List.of("-Xmx2g", "--add-opens=java.base/java.nio=ALL-UNNAMED"),
            List.of(
                directory.resolve("store").toString(),
                graph.vertices().toString(),
                graph.edges().toString()))
        .map(process -> new Neo4jPeer(process, directory.resolve("questions")));
  }

  /** How long it took to import the graph and to index the keys. */
  double importSeconds() {
    return Long.parseLong(process.readyText()) / NANOS;
  }

  /** How many others are within some hops of each source. */
  Answers within(int hops, int[] sources) throws IOException {
    return Answers.of(ask("within " + hops, lines(sources)));
  }

  /** The same, but the key of each is read too, as an answer needs that shows vertices. */
  Answers keysWithin(int hops, int[] sources) throws IOException {
    return Answers.of(ask("keys " + hops, lines(sources)));
  }

  /** Hops of a shortest path from each source to the target beside it; -1 = there is none. */
  Answers paths(int mostHops, int[] sources, int[] targets) throws IOException {
    return Answers.of(
        ask(
            "path " + mostHops,
            IntStream.range(0, sources.length)
                .mapToObj(i -> sources[i] + " " + targets[i])
                .collect(Collectors.joining("\n"))));
  }

  /** The sources that some clients together get through in a second, keys read. */
  double perSecond(int clients, int hops, int[] sources) throws IOException {
    Answers all = Answers.of(ask("rate " + clients + " " + hops, lines(sources)));
    return all.values()[0] * NANOS / all.nanos()[0];
  }

  private static String lines(int[] numbers) {
    return IntStream.of(numbers).mapToObj(Integer::toString).collect(Collectors.joining("\n"));
  }

  private List<String> ask(String command, String lines) throws IOException {
    Files.writeString(questions, lines + "\n");
    return process.ask(command + " " + questions);
  }

  @Override
  public void close() {
    process.close();
  }
}
