package dev.weir.cli.main;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What is done with snapshots. */
@Command(
    name = "snapshot",
    description =
        "Make, list, verify, restore and save snapshots of the shards, and clone applications.",
    synopsisSubcommandLabel = "<command>",
    mixinStandardHelpOptions = true)
final class SnapshotCommand implements Runnable {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "say what to do: create, list, verify, restore, save or clone");
  }
}
