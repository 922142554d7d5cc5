package dev.weir.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.networknt.schema.AbsoluteIri;
import com.networknt.schema.InvalidSchemaException;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaException;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import com.networknt.schema.resource.InputStreamSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** Compiles JSON Schemas from nothing but their own text: no network, no files. */
final class SchemaCompiler {

  private static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";
  private static final String DIALECT_ON_CLASSPATH = "classpath:draft/2020-12/";
  private static final String PATH = "schema";

  /** What relative references start from; nothing can be there. */
  private static final SchemaLocation BASE = SchemaLocation.of("https://schema.invalid/root");

  private static final List<JsonNode> SAMPLES =
      List.of(
          JsonNodeFactory.instance.nullNode(),
          JsonNodeFactory.instance.booleanNode(true),
          JsonNodeFactory.instance.numberNode(0),
          JsonNodeFactory.instance.textNode(""),
          JsonNodeFactory.instance.arrayNode(),
          JsonNodeFactory.instance.objectNode());

  private static final SchemaValidatorsConfig CONFIG =
      SchemaValidatorsConfig.builder()
          .pathType(PathType.JSON_POINTER)
          .locale(Locale.ROOT)
          .typeLoose(false)
          .build();

  private SchemaCompiler() {}

  /**
   * A schema or what is wrong with it.
   *
   * @param schema null if and only if there are faults
   */
  record Compiled(@Nullable JsonSchema schema, List<Fault> faults) {}

  static Compiled compile(String text) {
    JsonNode tree;
    try {
      tree = JsonTrees.MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      return failed("not JSON", "write a JSON Schema");
    }
    if (!tree.isObject() && !tree.isBoolean()) {
      return failed("not a JSON Schema", "write a JSON object");
    }
    JsonNode dialect = tree.path("$schema");
    if (!dialect.isMissingNode() && !dialect.asText().replace("#", "").equals(DIALECT)) {
      return failed("another version of JSON Schema", "use " + DIALECT + " or leave $schema out");
    }
    List<String> refused = new ArrayList<>();
    try {
      return compile(tree, refused);
    } catch (JsonSchemaException e) {
      return refused.isEmpty()
          ? failed("not a usable JSON Schema: " + reason(e), "correct it")
          : failed(
              "refers to " + Unfit.excerpt(refused.get(0)) + ", which is not part of it",
              "bring that in under $defs");
    } catch (StackOverflowError e) {
      return failed("refers to itself without end", "let each $ref lead to a smaller part");
    }
  }

  private static Compiled compile(JsonNode tree, List<String> refused) {
    // One factory each: a factory remembers schemas by their $id, which several may share.
    JsonSchemaFactory factory =
        JsonSchemaFactory.getInstance(
            VersionFlag.V202012,
            builder -> builder.schemaLoaders(l -> l.add(iri -> load(iri, refused))));
    Set<ValidationMessage> messages =
        factory.getSchema(SchemaLocation.of(DIALECT), CONFIG).validate(tree);
    if (!messages.isEmpty()) {
      return new Compiled(
          null,
          messages.stream()
              .limit(20)
              .map(m -> new Fault(PATH, m.getMessage(), "correct the schema"))
              .toList());
    }
    JsonSchema schema = factory.getSchema(BASE, tree, CONFIG);
    schema.initializeValidators();
    // References are followed late: trying one value of each kind finds those that lead nowhere.
    for (JsonNode sample : SAMPLES) {
      schema.validate(sample);
    }
    return new Compiled(schema, List.of());
  }

  /**
   * Null lets the library's own copy of the dialect be found; whatever else is asked for is not.
   */
  private static @Nullable InputStreamSource load(AbsoluteIri iri, List<String> refused) {
    String address = iri.toString();
    if (address.startsWith(DIALECT_ON_CLASSPATH) && !address.contains("..")) {
      return null;
    }
    refused.add(address);
    throw new InvalidSchemaException(ValidationMessage.builder().message(address).build());
  }

  private static String reason(JsonSchemaException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof PatternSyntaxException pattern) {
        return "the pattern "
            + Unfit.excerpt(pattern.getPattern())
            + ": "
            + pattern.getDescription();
      }
    }
    return String.valueOf(e.getMessage());
  }

  private static Compiled failed(String problem, String advice) {
    return new Compiled(null, List.of(new Fault(PATH, problem, advice)));
  }
}
