package dev.weir.cli.remote;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.cli.CommandException;
import dev.weir.cli.ExitCode;
import dev.weir.cli.Output;
import dev.weir.client.Audits;
import dev.weir.client.WeirClientException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Has a node compare collections with the topics they come from. */
@Command(
    name = "audit",
    description = {
      "Prove that every record of a source was applied, filtered, put to the dead letters or",
      "superseded, while the database is in use: the topic is read once more and compared with",
      "the documents. What differs is named by key and offset. Ends with 0 if all is sound."
    },
    mixinStandardHelpOptions = true)
public final class AuditCommand implements Callable<Integer> {
  private static final Duration FOR_EVER = Duration.ofDays(365);

  @Mixin private Connection connection = new Connection();
  @Mixin private Output output = new Output();

  @Parameters(arity = "0..1", paramLabel = "<source>", description = "name of the source")
  private String source = "";

  @Option(names = "--all", description = "all sources instead of one")
  private boolean all;

  @Option(names = "--strict", description = "fail, too, where something cannot be proved")
  private boolean strict;

  @Option(
      names = "--patience",
      paramLabel = "<seconds>",
      description = "for ingest to copy what is there (default: ${DEFAULT-VALUE})",
      defaultValue = "10")
  private int patience;

  @Option(
      names = "--rate",
      paramLabel = "<records>",
      description = "most records read in a second (default: ${DEFAULT-VALUE})",
      defaultValue = "100000")
  private int rate;

  @Spec private CommandSpec spec = CommandSpec.create();

  private final PrintStream terminal;

  /** A command that shows progress on a terminal. */
  public AuditCommand(PrintStream terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    if (source.isEmpty() != all) {
      throw new ParameterException(spec.commandLine(), "name a source, or say --all");
    }
    Audits audits = connection.client().audits();
    JsonNode audit = ended(audits, audits.begin(source, patience, rate).path("id").asText());
    PrintWriter out = spec.commandLine().getOut();
    if (output.isJson()) {
      out.println(audit.toPrettyString());
    } else {
      AuditText.print(audit, out);
    }
    out.flush();
    if (!audit.path("state").asText().equals("done")) {
      throw new CommandException(
          "the audit "
              + audit.path("state").asText()
              + ", nothing is proved: "
              + audit.path("reason").asText());
    }
    if (!audit.path("sound").asBoolean()) {
      throw new CommandException("sources and documents do not agree: see above");
    }
    if (strict && !audit.path("complete").asBoolean()) {
      throw new CommandException("not everything can be proved: see above");
    }
    return ExitCode.OK;
  }

  /** Follows the audit; whoever ends the command ends the audit. */
  private JsonNode ended(Audits audits, String id) {
    AtomicBoolean done = new AtomicBoolean();
    Thread cancel = new Thread(() -> cancel(audits, id, done), "weir-audit-cancel");
    Runtime.getRuntime().addShutdownHook(cancel);
    AtomicReference<String> phase = new AtomicReference<>("");
    try {
      return audits.await(
          id,
          FOR_EVER,
          now -> {
            String next = now.path("phase").asText();
            if (!next.equals(phase.getAndSet(next))) {
              terminal.printf("%s … (%,d records so far)%n", next, now.path("records").asLong());
            }
          });
    } finally {
      done.set(true);
      removeHook(cancel);
    }
  }

  private static void cancel(Audits audits, String id, AtomicBoolean done) {
    if (!done.get()) {
      try {
        JsonNode unused = audits.cancel(id);
      } catch (WeirClientException e) {
        // The node is gone, and the audit with it.
        done.set(true);
      }
    }
  }

  private static void removeHook(Thread hook) {
    try {
      boolean unused = Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending already, and the hook sees that there is nothing to do.
      hook.interrupt();
    }
  }
}
