package dev.weir.cli.graph;

import dev.weir.cli.CommandException;
import dev.weir.cli.ExitCode;
import dev.weir.graph.Algorithm;
import dev.weir.graph.Arguments;
import dev.weir.graph.Need;
import dev.weir.graph.RunOutcome;
import dev.weir.graph.algorithms.Algorithms;
import dev.weir.graph.compact.CompactGraph;
import dev.weir.graph.compact.Spilling;
import dev.weir.graph.file.GraphFiles;
import dev.weir.graph.file.GraphFiles.Weights;
import dev.weir.graph.file.ValueFile;
import dev.weir.graph.worker.BatchEngine;
import dev.weir.graph.worker.JoinedEngines;
import dev.weir.graph.worker.RunOptions;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs an algorithm over a graph in files. */
@Command(
    name = "run",
    description = {
      "Run an algorithm over a graph in files, without a server.",
      "Everything happens in this one process. With --nodes, the shards are divided among so",
      "many engines that talk through an embedded Kafka broker, as those of a cluster do; the",
      "values are the same. Values of --param and their ranges are named when one is wrong."
    },
    mixinStandardHelpOptions = true)
public final class GraphRunCommand implements Callable<Integer> {

  private static final int MOST_SHARDS = 1024;
  private static final double NANOS = 1e9;

  @Parameters(
      index = "0",
      paramLabel = "<algorithm>",
      description = "one of: ${COMPLETION-CANDIDATES}",
      completionCandidates = AlgorithmNames.class)
  private String name = "";

  @Option(
      names = "--format",
      paramLabel = "evlp|csv",
      description = {
        "evlp: 'id' and 'from to [weight]' between spaces;",
        "csv: with headers id, and from,to[,weight] (default: ${DEFAULT-VALUE})"
      },
      defaultValue = "evlp")
  private GraphFiles.Format format = GraphFiles.Format.EVLP;

  @Option(
      names = "--vertices",
      paramLabel = "<file>",
      required = true,
      description = "a vertex on each line")
  private Path vertices = Path.of("");

  @Option(
      names = "--edges",
      paramLabel = "<file>",
      required = true,
      description = "an edge on each line")
  private Path edges = Path.of("");

  @Option(names = "--undirected", description = "edges have no direction")
  private boolean undirected;

  @Option(
      names = "--shards",
      paramLabel = "<n>",
      description = "parts the graph is divided into (default: one for each core)")
  private @Nullable Integer shards;

  @Option(
      names = "--nodes",
      paramLabel = "<n>",
      description = "engines that talk through a broker (default: one, without a broker)",
      defaultValue = "1")
  private int nodes;

  @Option(
      names = "--param",
      paramLabel = "<name=value>",
      description = "a parameter of the algorithm; may be repeated")
  private Map<String, String> parameters = new LinkedHashMap<>();

  @Option(
      names = "--output",
      paramLabel = "<file>",
      description = "where 'vertex value' lines go, by ascending id")
  private @Nullable Path output;

  @Option(
      names = "--top",
      paramLabel = "<n>",
      description = "how much of the result is printed (default: ${DEFAULT-VALUE})",
      defaultValue = "10")
  private int top;

  @Option(
      names = "--spill-directory",
      paramLabel = "<directory>",
      description = {
        "where edges go that do not fit into memory: more than three tenths of the heap",
        "(default: ${DEFAULT-VALUE}); nothing is left there"
      },
      defaultValue = "${sys:java.io.tmpdir}")
  private Path spillDirectory = Path.of("");

  @Spec private CommandSpec spec = CommandSpec.create();

  private final PrintStream terminal;

  /** A command that shows progress on a terminal. */
  public GraphRunCommand(PrintStream terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Algorithm algorithm =
        Algorithms.named(name)
            .orElseThrow(() -> usage("there is no algorithm '" + name + "'; " + known()));
    int parts = shards == null ? Runtime.getRuntime().availableProcessors() : shards;
    if (parts < 1 || parts > MOST_SHARDS || top < 0) {
      throw usage("--shards is from 1 to " + MOST_SHARDS + ", --top at least 0");
    }
    if (nodes < 1 || nodes > parts) {
      throw usage("--nodes is from 1 to the number of shards, which is " + parts);
    }
    if (Arguments.read(algorithm, parameters) instanceof Arguments.Bad bad) {
      throw usage(String.join("; ", bad.faults()));
    }
    try (CompactGraph graph = read(algorithm, parts)) {
      finish(algorithm, run(algorithm, graph));
      return ExitCode.OK;
    } catch (IOException e) {
      throw new CommandException("a file cannot be read or written: " + e, e);
    }
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  private static String known() {
    return "there are " + String.join(", ", new AlgorithmNames());
  }

  private CompactGraph read(Algorithm algorithm, int parts) throws IOException {
    for (Path file : new Path[] {vertices, edges}) {
      if (!Files.isRegularFile(file)) {
        throw new CommandException(file + ": there is no such file");
      }
    }
    long start = System.nanoTime();
    GraphFiles.Reading reading =
        new GraphFiles.Reading(
            format,
            parts,
            !undirected,
            algorithm.needs().contains(Need.IN_EDGES),
            weights(algorithm));
    // While lists are sorted they are there twice; vertices and messages need memory, too.
    Spilling spilling = new Spilling(spillDirectory, Runtime.getRuntime().maxMemory() / 10 * 3);
    GraphFiles.Result result = GraphFiles.read(vertices, edges, reading, spilling);
    if (result instanceof GraphFiles.Faulty faulty) {
      String more =
          faulty.count() > faulty.first().size()
              ? String.format(
                  Locale.ROOT, "%n… and %,d more", faulty.count() - faulty.first().size())
              : "";
      throw new CommandException(String.join(System.lineSeparator(), faulty.first()) + more);
    }
    CompactGraph graph = ((GraphFiles.Read) result).graph();
    terminal.printf(
        Locale.ROOT,
        "%,d vertices, %,d edges in %d shards, read in %.2f s, %,d KiB%n",
        graph.facts().vertices(),
        graph.facts().edges(),
        parts,
        (System.nanoTime() - start) / NANOS,
        graph.bytes() / 1024);
    if (graph.spilledBytes() > 0) {
      terminal.printf(
          Locale.ROOT,
          "edges do not fit into memory: %,d KiB in a file in %s%n",
          graph.spilledBytes() / 1024,
          spillDirectory);
    }
    return graph;
  }

  private static Weights weights(Algorithm algorithm) {
    if (algorithm.needs().contains(Need.NON_NEGATIVE_WEIGHTS)) {
      return Weights.NON_NEGATIVE;
    }
    return algorithm.needs().contains(Need.WEIGHTS) ? Weights.ANY : Weights.IGNORED;
  }

  private RunOutcome.Completed run(Algorithm algorithm, CompactGraph graph) throws IOException {
    RunOptions options = RunOptions.standard().tell(new SuperstepLines(terminal));
    if (nodes == 1) {
      try (BatchEngine engine = BatchEngine.standard()) {
        return completed(engine.start(graph, algorithm, parameters, options).outcome().join());
      }
    }
    int parts = graph.shards().size();
    try (BrokerInTemporaryDirectory broker = new BrokerInTemporaryDirectory();
        JoinedEngines engines =
            new JoinedEngines(nodes, broker.client(), broker.topic(parts), parts)) {
      return completed(engines.run(graph, algorithm, parameters, options).join());
    }
  }

  private static RunOutcome.Completed completed(RunOutcome outcome) {
    if (outcome instanceof RunOutcome.Completed completed) {
      return completed;
    }
    if (outcome instanceof RunOutcome.Refused refused) {
      throw new CommandException(refused.reason());
    }
    if (outcome instanceof RunOutcome.Failed failed) {
      throw new CommandException(failed.reason());
    }
    if (outcome instanceof RunOutcome.Lost lost) {
      throw new CommandException(lost.reason());
    }
    throw new CommandException("the run was cancelled");
  }

  private void finish(Algorithm algorithm, RunOutcome.Completed completed) throws IOException {
    var report = completed.report();
    terminal.printf(
        Locale.ROOT,
        "%s: %,d supersteps, %,d messages in %,d KiB, %.3f s%n",
        algorithm.name(),
        report.supersteps(),
        report.messages(),
        report.bytes() / 1024,
        report.nanos() / NANOS);
    report.warnings().forEach(warning -> terminal.println("warning: " + warning));
    if (output != null) {
      ValueFile.write(completed.values(), output);
      terminal.println("written: " + output);
    }
    PrintWriter out = spec.commandLine().getOut();
    new TopOfResult(algorithm.meaning(), top).print(completed.values(), out);
    out.flush();
  }
}
