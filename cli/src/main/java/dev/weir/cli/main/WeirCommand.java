package dev.weir.cli.main;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command that all others belong to. */
@Command(
    name = "weir",
    description = "Kafka topics as a sharded key-value database.",
    synopsisSubcommandLabel = "<command>",
    footer = {"", "'weir <command> --help' tells more. Try 'weir demo' first."},
    versionProvider = Version.class,
    mixinStandardHelpOptions = true)
final class WeirCommand implements Runnable {

  @Option(
      names = "--trace",
      description = "print the stack trace of a failure",
      scope = ScopeType.INHERIT)
  boolean trace;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "name a command");
  }
}
