package dev.weir.store;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.util.Arrays;

/**
 * JSON text in UTF-8 without white space between its tokens. Numbers, escapes and the order of
 * fields stay as they were written.
 */
final class JsonFormat implements ValueFormat {

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          // Field names come from outside: the JVM's table of strings is no place for them.
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .build();

  @Override
  public String name() {
    return "json";
  }

  @Override
  public String contentType() {
    return "application/json";
  }

  @Override
  public byte[] accept(byte[] raw) throws InvalidValueException {
    checkEncoding(raw);
    try (JsonParser parser = FACTORY.createParser(raw)) {
      JsonToken first = parser.nextToken();
      if (first == null) {
        throw new InvalidValueException("the value is empty: give one JSON value");
      }
      if (first.isStructStart()) {
        parser.skipChildren();
      }
      if (parser.nextToken() != null) {
        throw new InvalidValueException("text behind the JSON value: give one value only");
      }
    } catch (StreamConstraintsException e) {
      throw new InvalidValueException(
          "the JSON exceeds a limit: " + e.getOriginalMessage() + ": make it smaller or flatter");
    } catch (JsonProcessingException e) {
      throw new InvalidValueException(
          "not JSON at byte "
              + e.getLocation().getByteOffset()
              + ": "
              + e.getOriginalMessage().replaceFirst(": enable `.*", "")
              + ": correct it there");
    } catch (IOException e) {
      throw new InvalidValueException("not JSON: " + e.getMessage() + ": correct it");
    }
    return minified(raw);
  }

  @Override
  public byte[] toJson(byte[] stored) {
    return stored;
  }

  @Override
  public byte[] fromJson(byte[] json) throws InvalidValueException {
    return accept(json);
  }

  /**
   * The parser itself would also take UTF-16 and UTF-32, and some byte strings that are no text.
   */
  private static void checkEncoding(byte[] raw) throws InvalidValueException {
    boolean wide = raw.length > 1 && (raw[0] == 0 || raw[1] == 0);
    if (wide || !Utf8.isValid(raw)) {
      throw new InvalidValueException("the JSON is not UTF-8: encode it as UTF-8");
    }
    if (raw.length > 2 && raw[0] == (byte) 0xef && raw[1] == (byte) 0xbb && raw[2] == (byte) 0xbf) {
      throw new InvalidValueException("the JSON begins with a byte order mark: leave it out");
    }
  }

  /** Valid JSON without white space outside strings; the same array if there is none. */
  private static byte[] minified(byte[] json) {
    byte[] out = null;
    int size = 0;
    boolean inString = false;
    for (int i = 0; i < json.length; i++) {
      byte b = json[i];
      if (!inString && (b == ' ' || b == '\n' || b == '\r' || b == '\t')) {
        if (out == null) {
          out = Arrays.copyOf(json, json.length);
          size = i;
        }
        continue;
      }
      if (out != null) {
        out[size++] = b;
      }
      if (b == '"') {
        inString = !inString;
      } else if (b == '\\') {
        // Stands in strings only; what it escapes may be a quote.
        i++;
        if (out != null) {
          out[size++] = json[i];
        }
      }
    }
    return out == null ? json : Arrays.copyOf(out, size);
  }
}
