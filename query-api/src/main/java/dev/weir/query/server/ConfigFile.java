package dev.weir.query.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.store.Fault;
import dev.weir.store.ingest.Pace;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Reads a {@code weir.yaml}. What it says wins over defaults, environment variables win over it,
 * and settings given on the command line win over all.
 */
public final class ConfigFile {

  private ConfigFile() {}

  /**
   * Reads a file.
   *
   * @param file in UTF-8
   * @param environment variables, of which those of {@link Setting#variable} and {@code
   *     WEIR_KAFKA_…} count
   * @param given settings by path, from the command line
   * @throws InvalidConfigException if it cannot be read, or with every fault found in it
   */
  public static WeirConfig read(
      Path file, Map<String, String> environment, Map<String, String> given) {
    Path directory = file.toAbsolutePath().getParent();
    return parse(
        text(file),
        file.toString(),
        directory == null ? file.toAbsolutePath() : directory,
        new Overrides(environment, given));
  }

  /**
   * Reads only the collections, edge types and sources of a file.
   *
   * @param file in UTF-8
   * @throws InvalidConfigException if it cannot be read, or with every fault found in them
   */
  public static WeirConfig.Definitions definitions(Path file) {
    List<Fault> faults = new ArrayList<>();
    ObjectNode tree = Yaml.read(text(file), file.toString());
    KnownNames.check(tree, faults);
    WeirConfig.Definitions definitions =
        DefinitionSection.read(
            tree, new WeirConfig.Ingest(new TreeSet<>(), Pace.defaults()), faults);
    if (!faults.isEmpty()) {
      throw new InvalidConfigException(file.toString(), faults);
    }
    return definitions;
  }

  /**
   * Reads a file's text.
   *
   * @param yaml the text
   * @param origin what to call it in messages
   * @param directory where relative paths start
   * @param overrides what wins over it
   * @throws InvalidConfigException with every fault found in it
   */
  static WeirConfig parse(String yaml, String origin, Path directory, Overrides overrides) {
    ObjectNode tree = Yaml.read(yaml, origin);
    ConfigReader reader = new ConfigReader(overrides.onto(tree), directory);
    return reader.read(origin);
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      throw unreadable(file, "there is no such file", "name another with --config");
    } catch (CharacterCodingException e) {
      throw unreadable(file, "not written in UTF-8", "save it as UTF-8");
    } catch (IOException e) {
      throw unreadable(file, "cannot be read (" + e.getMessage() + ")", "check its permissions");
    }
  }

  private static InvalidConfigException unreadable(Path file, String problem, String advice) {
    return new InvalidConfigException(file.toString(), List.of(new Fault("", problem, advice)));
  }
}
