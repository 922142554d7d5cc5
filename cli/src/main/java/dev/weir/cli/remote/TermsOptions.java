package dev.weir.cli.remote;

import dev.weir.cli.CommandException;
import dev.weir.client.Terms;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** On what terms a command writes. */
final class TermsOptions {

  @Option(
      names = "--if-match",
      paramLabel = "<version>",
      description = "write only if the document has this version; '*' = if there is a document")
  private @Nullable String ifMatch;

  @Option(names = "--if-absent", description = "write only if there is no document under the key")
  private boolean ifAbsent;

  @Option(
      names = "--idempotency-key",
      paramLabel = "<key>",
      description = "take effect once, however often the command is given with this key")
  private @Nullable String idempotencyKey;

  @Option(
      names = "--replicated",
      description = "wait until a standby has it too, not only the shard's active")
  private boolean replicated;

  Terms terms() {
    if (ifAbsent && ifMatch != null) {
      throw new CommandException("give --if-match or --if-absent, not both");
    }
    Terms terms = Terms.none();
    if (ifAbsent) {
      terms = terms.ifAbsent();
    } else if (ifMatch != null) {
      terms = ifMatch.equals("*") ? terms.ifPresent() : terms.ifVersion(ifMatch.replace("\"", ""));
    }
    if (replicated) {
      terms = terms.replicated();
    }
    return idempotencyKey == null ? terms : terms.once(idempotencyKey);
  }
}
