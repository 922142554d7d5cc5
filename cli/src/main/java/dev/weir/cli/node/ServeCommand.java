package dev.weir.cli.node;

import dev.weir.cli.ExitCode;
import dev.weir.cli.Stdin;
import dev.weir.query.server.Weir;
import java.io.InputStream;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs a node. */
@Command(
    name = "serve",
    description = {
      "Run a node until Ctrl-C or SIGTERM; it drains and hands its shards over.",
      "WEIR_LOG=info shows what it does."
    },
    mixinStandardHelpOptions = true)
public final class ServeCommand implements Callable<Integer> {

  @Mixin private ConfigFileOptions options = new ConfigFileOptions();

  @Option(
      names = "--end-with-stdin",
      hidden = true,
      description = "end when standard input ends, for a parent process")
  private boolean endWithStdin;

  @Spec private CommandSpec spec = CommandSpec.create();

  private final InputStream in;

  /** A command that may end with this stream. */
  public ServeCommand(InputStream in) {
    this.in = in;
  }

  @Override
  public Integer call() throws InterruptedException {
    Weir weir = Weir.start(options.read());
    Thread close = new Thread(weir::close, "weir-close");
    Runtime.getRuntime().addShutdownHook(close);
    PrintWriter out = spec.commandLine().getOut();
    out.println("READY " + weir.url());
    if (endWithStdin) {
      Stdin.awaitEnd(in);
      weir.close();
      return ExitCode.OK;
    }
    out.println("Node " + weir.nodeId() + "; Ctrl-C ends it.");
    Stdin.awaitSignal();
    return ExitCode.OK;
  }
}
