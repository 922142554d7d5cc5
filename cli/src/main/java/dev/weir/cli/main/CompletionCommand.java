package dev.weir.cli.main;

import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints a script that completes commands and options. */
@Command(
    name = "completion",
    description = "Print a completion script for bash and zsh: source <(weir completion)",
    mixinStandardHelpOptions = true)
final class CompletionCommand implements Runnable {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    spec.commandLine()
        .getOut()
        .println(AutoComplete.bash("weir", spec.root().commandLine()).stripTrailing());
  }
}
