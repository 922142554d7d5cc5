package dev.weir.cli.main;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What is done with graphs. */
@Command(
    name = "graph",
    description = "Run graph algorithms, and check graphs.",
    synopsisSubcommandLabel = "<command>",
    mixinStandardHelpOptions = true)
final class GraphCommand implements Runnable {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "say what to do: run, load, submit or check");
  }
}
