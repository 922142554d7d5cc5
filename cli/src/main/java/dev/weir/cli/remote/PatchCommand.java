package dev.weir.cli.remote;

import dev.weir.cli.ExitCode;
import dev.weir.client.Receipt;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Changes members of one JSON document. */
@Command(
    name = "patch",
    description = "Merge a JSON Merge Patch into a document: null removes a member.",
    mixinStandardHelpOptions = true)
public final class PatchCommand implements Callable<Integer> {

  @Mixin private Connection connection = new Connection();
  @Mixin private TermsOptions terms = new TermsOptions();

  @Mixin private DocumentName name = new DocumentName();

  @Parameters(index = "2", paramLabel = "<patch>", description = "a JSON object")
  private String patch = "";

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    Receipt receipt =
        connection
            .client()
            .patch(
                name.collection(),
                name.key(),
                patch.getBytes(StandardCharsets.UTF_8),
                terms.terms());
    spec.commandLine()
        .getOut()
        .printf("patched version %s at %s%n", receipt.version(), receipt.servedBy());
    return ExitCode.OK;
  }
}
