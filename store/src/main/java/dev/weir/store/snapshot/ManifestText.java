package dev.weir.store.snapshot;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.store.Position;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.Uuid;

/**
 * A manifest as JSON, always the same bytes for the same manifest; its last member is a checksum of
 * the text without it. Whatever is not exactly what {@link #write} writes is refused.
 */
public final class ManifestText {
  private static final String CHECKSUM = "checksum";
  private static final Set<String> MEMBERS =
      Set.of(
          "format",
          "application",
          "logId",
          "generation",
          "shard",
          "offset",
          "leaderEpoch",
          "definitions",
          "created",
          "files",
          CHECKSUM);
  private static final int MOST_BYTES = 32 << 20;
  private static final ObjectMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(8)
                          .maxStringLength(4096)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private ManifestText() {}

  /** What reading a manifest came to. */
  public sealed interface Reading {

    /** It is one. */
    record Read(Manifest manifest) implements Reading {}

    /** It is none that can be used. */
    record Refused(String reason) implements Reading {}
  }

  /** The text of a manifest, UTF-8. */
  public static byte[] write(Manifest manifest) {
    ObjectNode json = tree(manifest);
    json.put(CHECKSUM, Checksum.of(Checksum.Kind.SHA256, bytes(json)).text());
    return bytes(json);
  }

  /** Reads {@link #write}. */
  public static Reading read(byte[] text) {
    if (text.length > MOST_BYTES) {
      return new Reading.Refused("the manifest has " + text.length + " bytes: that is too many");
    }
    try {
      JsonNode json = JSON.readTree(text);
      JsonNode format = json.path("format");
      if (!format.isInt() || format.intValue() < 1) {
        return new Reading.Refused("it is no manifest of a snapshot");
      }
      if (format.intValue() > Manifest.FORMAT) {
        return new Reading.Refused(
            "the manifest has format "
                + format.intValue()
                + ", this release reads up to "
                + Manifest.FORMAT
                + ": use a newer release");
      }
      Manifest manifest = manifest(json);
      return Arrays.equals(text, write(manifest))
          ? new Reading.Read(manifest)
          : new Reading.Refused("the manifest was changed: its checksum is of another text");
    } catch (JsonProcessingException e) {
      return new Reading.Refused("the manifest is no JSON: " + e.getOriginalMessage());
    } catch (IOException | IllegalArgumentException | DateTimeException e) {
      return new Reading.Refused("the manifest is wrong: " + e.getMessage());
    }
  }

  private static ObjectNode tree(Manifest manifest) {
    Manifest.State state = manifest.state();
    ObjectNode json =
        JSON.createObjectNode()
            .put("format", Manifest.FORMAT)
            .put("application", state.application())
            .put("logId", state.position().logId().toString())
            .put("generation", state.position().generation())
            .put("shard", state.shard())
            .put("offset", state.position().offset())
            .put("leaderEpoch", state.position().leaderEpoch())
            .put("definitions", state.definitions())
            .put("created", manifest.created().toString());
    ArrayNode files = json.putArray("files");
    for (ManifestFile file : manifest.files()) {
      files
          .addObject()
          .put("name", file.name())
          .put("size", file.size())
          .put(CHECKSUM, file.checksum().text());
    }
    return json;
  }

  private static Manifest manifest(JsonNode json) {
    members(json, MEMBERS);
    List<ManifestFile> files = new ArrayList<>();
    if (!json.path("files").isArray()) {
      throw new IllegalArgumentException("'files' is no list");
    }
    for (JsonNode file : json.path("files")) {
      members(file, Set.of("name", "size", CHECKSUM));
      files.add(
          new ManifestFile(
              text(file, "name"),
              number(file, "size", Long.MAX_VALUE),
              Checksum.parse(text(file, CHECKSUM))));
    }
    Position position =
        new Position(
            Uuid.fromString(text(json, "logId")),
            (int) number(json, "generation", Integer.MAX_VALUE),
            number(json, "offset", Long.MAX_VALUE),
            (int) number(json, "leaderEpoch", Integer.MAX_VALUE));
    return new Manifest(
        new Manifest.State(
            text(json, "application"),
            (int) number(json, "shard", Integer.MAX_VALUE),
            position,
            (int) number(json, "definitions", Integer.MAX_VALUE)),
        Instant.parse(text(json, "created")),
        files);
  }

  private static void members(JsonNode json, Set<String> wanted) {
    Set<String> found = new TreeSet<>();
    json.fieldNames().forEachRemaining(found::add);
    if (!found.equals(wanted)) {
      throw new IllegalArgumentException("its members are " + found);
    }
  }

  private static String text(JsonNode json, String name) {
    JsonNode value = json.path(name);
    if (!value.isTextual()) {
      throw new IllegalArgumentException("'" + name + "' is no text");
    }
    return value.textValue();
  }

  private static long number(JsonNode json, String name, long most) {
    JsonNode value = json.path(name);
    if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() > most) {
      throw new IllegalArgumentException("'" + name + "' is no possible number");
    }
    return value.longValue();
  }

  private static byte[] bytes(ObjectNode json) {
    return (json.toPrettyString() + "\n").getBytes(StandardCharsets.UTF_8);
  }
}
