package dev.weir.cli.remote;

import dev.weir.cli.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Removes one document. */
@Command(
    name = "delete",
    description = "Remove the document under a key, if there is one, and wait until it is applied.",
    mixinStandardHelpOptions = true)
public final class DeleteCommand implements Callable<Integer> {

  @Mixin private Connection connection = new Connection();
  @Mixin private TermsOptions terms = new TermsOptions();

  @Parameters(index = "0", paramLabel = "<collection>", description = "name of the collection")
  private String collection = "";

  @Parameters(index = "1", paramLabel = "<key>", description = "the key as text")
  private String key = "";

  @Override
  public Integer call() {
    connection.client().delete(collection, key, terms.terms());
    return ExitCode.OK;
  }
}
