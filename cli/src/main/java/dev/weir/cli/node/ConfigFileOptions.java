package dev.weir.cli.node;

import dev.weir.query.server.ConfigFile;
import dev.weir.query.server.WeirConfig;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Option;

/** Which configuration a command takes: defaults, then the file, the environment, these options. */
final class ConfigFileOptions {

  @Option(
      names = {"-c", "--config"},
      paramLabel = "<file>",
      description = "the configuration (default: ${env:WEIR_CONFIG:-weir.yaml})",
      defaultValue = "${env:WEIR_CONFIG:-weir.yaml}")
  Path file = Path.of("weir.yaml");

  @Option(
      names = {"-s", "--set"},
      paramLabel = "<setting>=<value>",
      description = "a setting that wins over the file, such as --set listen=0.0.0.0:7070")
  Map<String, String> given = new TreeMap<>();

  WeirConfig read() {
    return read(Map.of());
  }

  /** Reads the configuration with settings that win over everything else. */
  WeirConfig read(Map<String, String> more) {
    Map<String, String> all = new TreeMap<>(given);
    all.putAll(more);
    return ConfigFile.read(file, System.getenv(), all);
  }
}
