package dev.weir.store;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * A compiled JSON Schema (2020-12) that documents are checked against. {@code format} is an
 * annotation, as that version says, and checks nothing. Immutable; safe from any thread.
 */
public final class DocumentSchema {

  private static final int MOST_FAULTS = 20;
  private static final int MOST_CACHED = 1_000;
  private static final String ADVICE = "correct the document, or change the collection's schema";

  /** Reads fractions as doubles; see {@link #validate(JsonNode)}. */
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private static final ConcurrentMap<String, DocumentSchema> CACHE = new ConcurrentHashMap<>();

  private final JsonSchema schema;

  private DocumentSchema(JsonSchema schema) {
    this.schema = schema;
  }

  /**
   * The schema of a collection's documents; empty if it has none. Compiled ones are kept.
   *
   * @throws IllegalArgumentException if the text is no usable schema; {@link
   *     DefinitionReader#check} finds that before a definition gets into the log
   */
  public static Optional<DocumentSchema> of(CollectionDefinition collection) {
    String text = collection.schema();
    if (text == null) {
      return Optional.empty();
    }
    DocumentSchema cached = CACHE.get(text);
    return Optional.of(cached != null ? cached : compiled(text));
  }

  /** Why a text cannot be a collection's schema; empty if it can. */
  static List<Fault> faults(String text) {
    return SchemaCompiler.compile(text).faults();
  }

  /**
   * What is wrong with a document, at most 20 faults; their paths are JSON pointers.
   *
   * @param document read without big decimals: exact arithmetic on 1e999999999 does not end
   */
  public List<Fault> validate(JsonNode document) {
    try {
      return schema.validate(document).stream()
          .limit(MOST_FAULTS)
          .map(DocumentSchema::fault)
          .toList();
    } catch (NumberFormatException | ArithmeticException e) {
      return List.of(
          new Fault("", "holds a number beyond what its schema can be checked for", ADVICE));
    } catch (StackOverflowError e) {
      return List.of(new Fault("", "nested too deeply for its schema", ADVICE));
    }
  }

  /** What is wrong with a document in UTF-8, at most 20 faults; their paths are JSON pointers. */
  public List<Fault> validate(byte[] document) {
    try {
      return validate(MAPPER.readTree(document));
    } catch (IOException e) {
      return List.of(new Fault("", "not JSON", "give one JSON value"));
    }
  }

  private static DocumentSchema compiled(String text) {
    SchemaCompiler.Compiled compiled = SchemaCompiler.compile(text);
    JsonSchema schema = compiled.schema();
    if (schema == null) {
      throw new IllegalArgumentException(compiled.faults().toString());
    }
    if (CACHE.size() >= MOST_CACHED) {
      // Definitions change rarely and are few: this bounds a misuse, nothing else.
      CACHE.clear();
    }
    DocumentSchema documentSchema = new DocumentSchema(schema);
    CACHE.put(text, documentSchema);
    return documentSchema;
  }

  private static Fault fault(ValidationMessage message) {
    return new Fault(message.getInstanceLocation().toString(), message.getError(), ADVICE);
  }
}
