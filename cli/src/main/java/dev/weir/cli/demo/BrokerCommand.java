package dev.weir.cli.demo;

import dev.weir.cli.ExitCode;
import dev.weir.cli.Stdin;
import dev.weir.kafka.EmbeddedKafka;
import dev.weir.kafka.Options;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs a Kafka broker until its standard input ends; what the demo starts as a process. */
@Command(name = "broker", hidden = true, description = "Run a Kafka broker for the demo.")
public final class BrokerCommand implements Callable<Integer> {

  @Option(names = "--data-dir", required = true, description = "the broker's directory")
  private Path directory = Path.of("");

  @Spec private CommandSpec spec = CommandSpec.create();

  private final InputStream in;

  /** A broker that ends with this stream. */
  public BrokerCommand(InputStream in) {
    this.in = in;
  }

  @Override
  public Integer call() {
    try (EmbeddedKafka kafka = EmbeddedKafka.start(Options.in(directory))) {
      spec.commandLine().getOut().println(ChildProcess.READY + kafka.bootstrapServers());
      Stdin.awaitEnd(in);
    }
    return ExitCode.OK;
  }
}
