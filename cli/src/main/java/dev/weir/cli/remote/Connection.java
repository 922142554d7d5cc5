package dev.weir.cli.remote;

import dev.weir.cli.CommandException;
import dev.weir.client.WeirClient;
import java.net.URI;
import java.time.Duration;
import picocli.CommandLine.Option;

/** Which node a command asks. */
public final class Connection {

  @Option(
      names = {"-u", "--url"},
      paramLabel = "<url>",
      description = "any node's URL (default: ${env:WEIR_URL:-http://127.0.0.1:7070})",
      defaultValue = "${env:WEIR_URL:-http://127.0.0.1:7070}")
  String url = "";

  @Option(
      names = "--timeout",
      paramLabel = "<seconds>",
      description = "how long to wait for an answer (default: ${DEFAULT-VALUE})",
      defaultValue = "30")
  int timeoutSeconds;

  WeirClient client() {
    if (timeoutSeconds < 1) {
      throw new CommandException("--timeout must be at least 1 second");
    }
    return to(url, Duration.ofSeconds(timeoutSeconds));
  }

  /**
   * A client of a node.
   *
   * @throws CommandException if that is no URL of a node
   */
  public static WeirClient to(String url, Duration timeout) {
    try {
      return WeirClient.at(URI.create(url), timeout);
    } catch (IllegalArgumentException e) {
      throw new CommandException("'" + url + "' is not a node's URL: write http://host:port", e);
    }
  }
}
