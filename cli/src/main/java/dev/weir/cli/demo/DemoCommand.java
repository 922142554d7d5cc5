package dev.weir.cli.demo;

import dev.weir.cli.CommandException;
import dev.weir.cli.ExitCode;
import dev.weir.cli.Stdin;
import dev.weir.query.server.UserDirectories;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows a three-node database on a real Kafka broker, filled from a real event stream. */
@Command(
    name = "demo",
    description = {
      "Start a Kafka broker and three nodes, publish a social network and its updates,",
      "and answer queries until Ctrl-C. A restart continues from the kept state."
    },
    mixinStandardHelpOptions = true)
public final class DemoCommand implements Callable<Integer> {

  private static final int HIGHEST_PORT = 60_000;

  @Option(
      names = "--data-dir",
      paramLabel = "<dir>",
      description = "where everything is kept (default: weir/demo in the user's state directory)")
  private @Nullable Path directory;

  @Option(
      names = "--port",
      paramLabel = "<port>",
      description = "the first node's port; others follow (default: ${DEFAULT-VALUE})",
      defaultValue = "7071")
  private int port;

  @Option(
      names = "--check",
      description = "do not stay: check every answer, kill a node, check again; exit code 0 or 1")
  private boolean check;

  @Spec private CommandSpec spec = CommandSpec.create();

  private final PrintStream terminal;

  /** A demo that shows progress on a terminal. */
  public DemoCommand(PrintStream terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws InterruptedException {
    if (port < 1 || port > HIGHEST_PORT) {
      throw new CommandException("--port is from 1 to " + HIGHEST_PORT);
    }
    DemoDirectory data =
        DemoDirectory.create(
            directory == null ? UserDirectories.state().resolve("demo") : directory);
    PrintWriter out = spec.commandLine().getOut();
    out.println("Everything is kept in " + data.root());
    DemoCluster cluster = DemoCluster.start(data);
    Runnable end = endWithThisProcess(cluster);
    try {
      new DemoRun(cluster, out, terminal).fill(port);
      if (check) {
        return new DemoCheck(cluster, out).run() ? ExitCode.OK : ExitCode.FAILED;
      }
      new DemoRun(cluster, out, terminal).show();
      Stdin.awaitSignal();
      return ExitCode.OK;
    } finally {
      end.run();
    }
  }

  /** Ends the cluster once, be it by the command's end or by a signal. */
  private Runnable endWithThisProcess(DemoCluster cluster) {
    AtomicBoolean ended = new AtomicBoolean();
    Runnable end =
        () -> {
          if (ended.compareAndSet(false, true)) {
            terminal.println("Ending all processes …");
            cluster.close();
          }
        };
    Runtime.getRuntime().addShutdownHook(new Thread(end, "weir-demo-end"));
    return end;
  }
}
