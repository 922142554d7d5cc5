package dev.weir.cli.remote;

import dev.weir.cli.CommandException;
import dev.weir.cli.ExitCode;
import dev.weir.client.Receipt;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Stores one document. */
@Command(
    name = "put",
    description = "Store a document under a key and wait until it is applied.",
    mixinStandardHelpOptions = true)
public final class PutCommand implements Callable<Integer> {

  private static final Map<String, String> TYPES =
      Map.of(
          "json", "application/json",
          "string", "text/plain",
          "bytes", "application/octet-stream");

  @Mixin private Connection connection = new Connection();
  @Mixin private TermsOptions terms = new TermsOptions();

  @Mixin private DocumentName name = new DocumentName();

  @Parameters(
      index = "2",
      arity = "0..1",
      paramLabel = "<value>",
      description = "the document; without it, standard input or --file is read")
  private @Nullable String value;

  @Option(
      names = {"-f", "--file"},
      paramLabel = "<file>",
      description = "the file that holds the document")
  private @Nullable Path file;

  @Option(
      names = "--as",
      paramLabel = "json|string|bytes",
      description = "the collection's value format (default: ${DEFAULT-VALUE})",
      defaultValue = "json")
  private String format = "";

  @Spec private CommandSpec spec = CommandSpec.create();

  private final InputStream in;

  /** A command that reads a document from {@code in} if it is not given otherwise. */
  public PutCommand(InputStream in) {
    this.in = in;
  }

  @Override
  public Integer call() {
    String type = TYPES.get(format);
    if (type == null || (value != null && file != null)) {
      throw new CommandException(
          type == null
              ? "--as is json, string or bytes, not '" + format + "'"
              : "give the document as <value> or with --file, not both");
    }
    Receipt receipt =
        connection.client().put(name.collection(), name.key(), bytes(), type, terms.terms());
    spec.commandLine()
        .getOut()
        .printf(
            "%s version %s at %s%n",
            receipt.created() ? "created" : "replaced", receipt.version(), receipt.servedBy());
    return ExitCode.OK;
  }

  private byte[] bytes() {
    try {
      if (value != null) {
        return value.getBytes(StandardCharsets.UTF_8);
      }
      return file == null ? in.readAllBytes() : Files.readAllBytes(file);
    } catch (IOException e) {
      throw new CommandException("the document cannot be read: " + e.getMessage(), e);
    }
  }
}
