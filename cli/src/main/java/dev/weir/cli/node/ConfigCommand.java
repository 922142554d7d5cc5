package dev.weir.cli.node;

import dev.weir.cli.ExitCode;
import dev.weir.cli.TextTable;
import dev.weir.query.server.EffectiveConfig;
import dev.weir.query.server.Setting;
import dev.weir.query.server.WeirConfig;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Shows and checks configurations. */
@Command(
    name = "config",
    description = "Show or check a configuration.",
    subcommands = {ConfigCommand.Print.class, ConfigCommand.Settings.class},
    mixinStandardHelpOptions = true)
public final class ConfigCommand implements Runnable {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "name what to do: 'config print' or 'config settings'");
  }

  /** Prints what a node would run with. */
  @Command(
      name = "print",
      description = {
        "Check the configuration and say that it is good, or list every fault.",
        "With --effective, print it complete, with secrets masked."
      },
      mixinStandardHelpOptions = true)
  static final class Print implements Callable<Integer> {

    @Mixin private ConfigFileOptions options = new ConfigFileOptions();

    @Option(
        names = "--effective",
        description = "with defaults, environment and --set; secrets masked")
    private boolean effective;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
      WeirConfig config = options.read();
      spec.commandLine()
          .getOut()
          .println(
              effective
                  ? EffectiveConfig.yaml(config).stripTrailing()
                  : options.file + " is good: " + config);
      return ExitCode.OK;
    }
  }

  /** Prints what can be set. */
  @Command(
      name = "settings",
      description = "List every setting with its default and environment variable.",
      mixinStandardHelpOptions = true)
  static final class Settings implements Callable<Integer> {

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
      TextTable table = new TextTable("SETTING", "DEFAULT", "VARIABLE", "MEANING");
      for (Setting setting : Setting.values()) {
        String absent = setting.absent().isEmpty() ? "-" : setting.absent();
        table.row(setting.path(), absent, setting.variable(), setting.description());
      }
      table.row("kafka.<property>", "-", "WEIR_KAFKA_<PROPERTY>", "a property of Kafka's clients");
      table.print(spec.commandLine().getOut());
      return ExitCode.OK;
    }
  }
}
