package dev.weir.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.store.DefinitionReader.Read;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads filters that people or programs wrote as JSON, and finds all their faults at once.
 *
 * <p>An object's members must all hold: {@code and} and {@code or} have lists of filters, {@code
 * not} has one, any other name is a field, written as {@link Filter.Field#of} reads it, with a
 * value that it must equal, or with an object of operators. A field that has one of the three words
 * as its name is written with a backslash before it.
 */
public final class FilterReader {
  /** Longest text that is read, in bytes. */
  public static final int MOST_BYTES = 1 << 16;

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  private final List<Fault> faults = new ArrayList<>();
  private final FilterTestReader tests = new FilterTestReader(faults);

  private FilterReader() {}

  /** Reads a JSON text. */
  public static Read<Filter> read(String json) {
    return read(json.getBytes(StandardCharsets.UTF_8));
  }

  /** Reads a JSON text in UTF-8. */
  public static Read<Filter> read(byte[] json) {
    if (json.length > MOST_BYTES) {
      return refused(
          new Fault("", "the filter has " + json.length + " bytes", "write at most " + MOST_BYTES));
    }
    try {
      return read(MAPPER.readTree(json));
    } catch (JsonProcessingException e) {
      return refused(
          new Fault("", "not JSON: " + e.getOriginalMessage(), "write {\"field\":{\"eq\":1}}"));
    } catch (IOException e) {
      return refused(new Fault("", "not JSON", "write {\"field\":{\"eq\":1}}"));
    }
  }

  /** Reads a tree, whose numbers should not have lost digits. */
  public static Read<Filter> read(JsonNode json) {
    FilterReader reader = new FilterReader();
    Filter filter = reader.filter(json, "", 1);
    if (reader.tests.parts() > Filter.MOST_PARTS) {
      reader.faults.add(
          new Fault(
              "",
              "the filter has " + reader.tests.parts() + " tests and values",
              "ask with at most " + Filter.MOST_PARTS));
    }
    return new Read<>(
        reader.faults.isEmpty() ? Optional.of(filter) : Optional.empty(), reader.faults);
  }

  private static Read<Filter> refused(Fault fault) {
    return new Read<>(Optional.empty(), List.of(fault));
  }

  private Filter filter(JsonNode json, String path, int depth) {
    if (!(json instanceof ObjectNode object)) {
      faults.add(new Fault(path, "not a JSON object", "write {\"field\":{\"eq\":1}}"));
      return Filter.ALL;
    }
    if (depth > Filter.MOST_DEPTH) {
      faults.add(
          new Fault(
              path,
              "nested more than " + Filter.MOST_DEPTH + " deep",
              "write it flatter: and, or and not can be turned round"));
      return Filter.ALL;
    }
    List<Filter> parts = new ArrayList<>();
    for (Map.Entry<String, JsonNode> member : object.properties()) {
      String at = path.isEmpty() ? member.getKey() : path + "." + member.getKey();
      parts.add(
          switch (member.getKey()) {
            case FilterWriter.AND -> new Filter.And(list(member.getValue(), at, depth));
            case FilterWriter.OR -> new Filter.Or(list(member.getValue(), at, depth));
            case FilterWriter.NOT -> new Filter.Not(filter(member.getValue(), at, depth + 1));
            default -> tests.field(member.getKey(), member.getValue(), at);
          });
    }
    return parts.size() == 1 ? parts.get(0) : new Filter.And(parts);
  }

  private List<Filter> list(JsonNode json, String path, int depth) {
    if (!json.isArray()) {
      faults.add(new Fault(path, "not a list", "write filters in square brackets"));
      return List.of();
    }
    List<Filter> parts = new ArrayList<>();
    for (JsonNode part : json) {
      parts.add(filter(part, path + "[" + parts.size() + "]", depth + 1));
    }
    return parts;
  }
}
