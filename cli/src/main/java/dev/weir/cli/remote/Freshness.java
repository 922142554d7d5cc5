package dev.weir.cli.remote;

import dev.weir.client.WeirClient;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How fresh the answer of a reading command has to be. */
final class Freshness {

  @Option(
      names = "--consistency",
      paramLabel = "<level>",
      description =
          "strong, session, eventual, or bounded with bounds, such as 'bounded;max-age=500ms'"
              + " (default: the collection's own)")
  private @Nullable String level;

  @Option(
      names = "--position",
      paramLabel = "<token>",
      description = "not from before this position, as 'weir get --meta' prints it")
  private @Nullable String position;

  WeirClient of(WeirClient client) {
    WeirClient placed = position == null ? client : client.from(position);
    return level == null ? placed : placed.reading(level);
  }
}
