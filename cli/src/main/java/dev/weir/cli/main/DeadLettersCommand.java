package dev.weir.cli.main;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What is done with records of sources that could not be taken. */
@Command(
    name = "dead-letters",
    description = "Look at records of sources that could not be taken, and send them again.",
    synopsisSubcommandLabel = "<command>",
    mixinStandardHelpOptions = true)
final class DeadLettersCommand implements Runnable {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "say what to do: list, show or replay");
  }
}
