package dev.weir.cli.remote;

import dev.weir.cli.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Removes one document. */
@Command(
    name = "delete",
    description = "Remove the document under a key, if there is one, and wait until it is applied.",
    mixinStandardHelpOptions = true)
public final class DeleteCommand implements Callable<Integer> {

  @Mixin private Connection connection = new Connection();
  @Mixin private TermsOptions terms = new TermsOptions();

  @Mixin private DocumentName name = new DocumentName();

  @Override
  public Integer call() {
    connection.client().delete(name.collection(), name.key(), terms.terms());
    return ExitCode.OK;
  }
}
