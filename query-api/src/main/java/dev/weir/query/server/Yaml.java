package dev.weir.query.server;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import dev.weir.store.Fault;
import java.io.IOException;
import java.util.List;
import org.yaml.snakeyaml.LoaderOptions;

/**
 * YAML as plain data: maps, lists, texts, numbers and booleans. Tags, anchors and aliases are
 * refused, so nothing can be made from a file but a tree of about its own size.
 */
final class Yaml {

  private static final int MAX_CHARACTERS = 1 << 20;
  private static final int MAX_DEPTH = 100;
  private static final YAMLMapper MAPPER = mapper();

  private Yaml() {}

  /**
   * Reads a file's text; an empty one is an empty map.
   *
   * @throws InvalidConfigException if it is not YAML, or more than plain data
   */
  static ObjectNode read(String text, String origin) {
    if (text.length() > MAX_CHARACTERS) {
      throw fault(
          origin, "longer than " + MAX_CHARACTERS + " characters", "keep data out of the settings");
    }
    try {
      requirePlain(text, origin);
      JsonNode tree = MAPPER.readTree(text);
      if (tree == null || tree.isMissingNode() || tree.isNull()) {
        return JsonNodeFactory.instance.objectNode();
      }
      if (tree instanceof ObjectNode object) {
        return object;
      }
      throw fault(origin, "not a map of settings", "write lines such as 'application: shop'");
    } catch (JsonProcessingException e) {
      throw fault(
          origin,
          "not readable as YAML" + place(e) + " (" + e.getOriginalMessage().strip() + ")",
          "correct it there");
    } catch (IOException e) {
      throw fault(origin, "not readable as YAML", "correct it");
    }
  }

  /** Writes a tree for people. */
  static String write(ObjectNode tree) {
    try {
      return MAPPER.writeValueAsString(tree);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree that cannot be written", e);
    }
  }

  private static void requirePlain(String text, String origin) throws IOException {
    try (JsonParser parser = MAPPER.createParser(text)) {
      if (!(parser instanceof YAMLParser yaml)) {
        throw new IllegalStateException(parser.getClass().getName());
      }
      for (JsonToken token = yaml.nextToken(); token != null; token = yaml.nextToken()) {
        int line = yaml.currentTokenLocation().getLineNr();
        if (yaml.isCurrentAlias() || yaml.getObjectId() != null) {
          throw fault(origin, "an anchor or alias in line " + line, "write the value out");
        }
        if (yaml.getTypeId() != null) {
          throw fault(origin, "a tag in line " + line, "write the plain value");
        }
      }
    }
  }

  private static InvalidConfigException fault(String origin, String problem, String advice) {
    return new InvalidConfigException(origin, List.of(new Fault("", problem, advice)));
  }

  private static String place(JsonProcessingException e) {
    return e.getLocation() == null ? "" : " in line " + e.getLocation().getLineNr();
  }

  private static YAMLMapper mapper() {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(MAX_CHARACTERS);
    YAMLFactory factory =
        YAMLFactory.builder()
            .loaderOptions(options)
            .streamReadConstraints(
                StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .disable(YAMLGenerator.Feature.SPLIT_LINES)
            .build();
    return YAMLMapper.builder(factory)
        .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .build();
  }
}
