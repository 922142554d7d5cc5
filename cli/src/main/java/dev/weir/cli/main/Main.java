package dev.weir.cli.main;

import dev.weir.cli.canary.CanaryCommand;
import dev.weir.cli.demo.BrokerCommand;
import dev.weir.cli.demo.DemoCommand;
import dev.weir.cli.graph.GraphRunCommand;
import dev.weir.cli.node.ConfigCommand;
import dev.weir.cli.node.DevCommand;
import dev.weir.cli.node.ServeCommand;
import dev.weir.cli.node.SnapshotCloneCommand;
import dev.weir.cli.node.SnapshotListCommand;
import dev.weir.cli.node.SnapshotRestoreCommand;
import dev.weir.cli.node.SnapshotSaveCommand;
import dev.weir.cli.node.SnapshotVerifyCommand;
import dev.weir.cli.node.TopicsCommand;
import dev.weir.cli.remote.ApplyCommand;
import dev.weir.cli.remote.AuditCommand;
import dev.weir.cli.remote.DeadLettersListCommand;
import dev.weir.cli.remote.DeadLettersReplayCommand;
import dev.weir.cli.remote.DeadLettersShowCommand;
import dev.weir.cli.remote.DeleteCommand;
import dev.weir.cli.remote.GetCommand;
import dev.weir.cli.remote.GraphCheckCommand;
import dev.weir.cli.remote.GraphLoadCommand;
import dev.weir.cli.remote.GraphSubmitCommand;
import dev.weir.cli.remote.LoadCommand;
import dev.weir.cli.remote.PatchCommand;
import dev.weir.cli.remote.PlacementCommand;
import dev.weir.cli.remote.PutCommand;
import dev.weir.cli.remote.QueryCommand;
import dev.weir.cli.remote.ScanCommand;
import dev.weir.cli.remote.SnapshotCreateCommand;
import dev.weir.cli.remote.StatusCommand;
import dev.weir.cli.remote.TruncateCommand;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;

/** The command line. */
public final class Main {

  private Main() {}

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] arguments) {
    CommandLine commandLine = commandLine(System.in, System.err);
    commandLine.setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8));
    commandLine.setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
    int code = commandLine.execute(arguments);
    commandLine.getOut().flush();
    System.exit(code);
  }

  /**
   * All commands.
   *
   * @param in what commands read that are given no file
   * @param terminal where progress is shown
   */
  static CommandLine commandLine(InputStream in, PrintStream terminal) {
    WeirCommand root = new WeirCommand();
    Failures failures = new Failures(root);
    return new CommandLine(root)
        .addSubcommand(new DemoCommand(terminal))
        .addSubcommand(new DevCommand())
        .addSubcommand(new ServeCommand(in))
        .addSubcommand(new StatusCommand())
        .addSubcommand(new PlacementCommand())
        .addSubcommand(new GetCommand())
        .addSubcommand(new PutCommand(in))
        .addSubcommand(new PatchCommand())
        .addSubcommand(new DeleteCommand())
        .addSubcommand(new ScanCommand())
        .addSubcommand(new QueryCommand())
        .addSubcommand(new LoadCommand(in, terminal))
        .addSubcommand(new ApplyCommand())
        .addSubcommand(
            new CommandLine(new SnapshotCommand())
                .addSubcommand(new SnapshotCreateCommand())
                .addSubcommand(new SnapshotListCommand())
                .addSubcommand(new SnapshotVerifyCommand())
                .addSubcommand(new SnapshotRestoreCommand())
                .addSubcommand(new SnapshotSaveCommand())
                .addSubcommand(new SnapshotCloneCommand()))
        .addSubcommand(new TruncateCommand())
        .addSubcommand(new AuditCommand(terminal))
        .addSubcommand(new CanaryCommand())
        .addSubcommand(
            new CommandLine(new DeadLettersCommand())
                .addSubcommand(new DeadLettersListCommand())
                .addSubcommand(new DeadLettersShowCommand())
                .addSubcommand(new DeadLettersReplayCommand()))
        .addSubcommand(
            new CommandLine(new GraphCommand())
                .addSubcommand(new GraphRunCommand(terminal))
                .addSubcommand(new GraphCheckCommand())
                .addSubcommand(new GraphLoadCommand(terminal))
                .addSubcommand(new GraphSubmitCommand(terminal)))
        .addSubcommand(new TopicsCommand())
        .addSubcommand(new ConfigCommand())
        .addSubcommand(new VersionCommand())
        .addSubcommand(new CompletionCommand())
        .addSubcommand(new BrokerCommand(in))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(failures)
        .setParameterExceptionHandler(failures);
  }
}
