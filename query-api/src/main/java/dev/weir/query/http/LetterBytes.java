package dev.weir.query.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.store.letter.Replay;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Bytes of any kind in JSON: as text if they are UTF-8, else in Base64. */
final class LetterBytes {
  private LetterBytes() {}

  /** {@code {"text": …}} or {@code {"base64": …}}; null for none. */
  static @Nullable Map<String, Object> json(byte @Nullable [] bytes) {
    if (bytes == null) {
      return null;
    }
    try {
      return Map.of(
          "text", StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      return Map.of("base64", Base64.getEncoder().encodeToString(bytes));
    }
  }

  /**
   * Reads a field of a body: the same two forms, {@code {"json": …}}, or null; empty = no field.
   */
  static Optional<Replay.Part> read(JsonNode body, String field) throws ProblemException {
    JsonNode given = body.get(field);
    if (given == null) {
      return Optional.empty();
    }
    if (given.isNull()) {
      return Optional.of(new Replay.Part(null));
    }
    if (given.size() == 1 && given.path("text").isTextual()) {
      return Optional.of(
          new Replay.Part(given.get("text").textValue().getBytes(StandardCharsets.UTF_8)));
    }
    if (given.size() == 1 && given.has("json")) {
      return Optional.of(new Replay.Part(Json.bytes(given.get("json"))));
    }
    try {
      if (given.size() == 1 && given.path("base64").isTextual()) {
        return Optional.of(
            new Replay.Part(Base64.getDecoder().decode(given.get("base64").textValue())));
      }
    } catch (IllegalArgumentException e) {
      throw invalid(field + ".base64 is not Base64.");
    }
    throw invalid("'" + field + "' must be null or an object with one of text, base64 and json.");
  }

  static ProblemException invalid(String detail) {
    return new ProblemException(ProblemType.INVALID_BODY, detail);
  }
}
