package dev.weir.cli;

import picocli.CommandLine.Option;

/** The option that says for whom a command prints. */
public final class Output {

  @Option(
      names = {"-o", "--output"},
      paramLabel = "table|json",
      description = "for people or for programs (default: ${DEFAULT-VALUE})",
      defaultValue = "table")
  private OutputFormat format = OutputFormat.TABLE;

  /** Whether JSON is wanted. */
  public boolean isJson() {
    return format == OutputFormat.JSON;
  }
}
