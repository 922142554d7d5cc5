package dev.weir.store;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;

/** Text in UTF-8; as JSON a string. */
final class StringFormat implements ValueFormat {

  @Override
  public String name() {
    return "string";
  }

  @Override
  public String contentType() {
    return "text/plain; charset=utf-8";
  }

  @Override
  public byte[] accept(byte[] raw) throws InvalidValueException {
    if (!Utf8.isValid(raw)) {
      throw new InvalidValueException("the text is not UTF-8: encode it as UTF-8");
    }
    return raw;
  }

  @Override
  public byte[] toJson(byte[] stored) {
    String text = new String(stored, StandardCharsets.UTF_8);
    byte[] quoted = JsonStringEncoder.getInstance().quoteAsUTF8(text);
    byte[] json = new byte[quoted.length + 2];
    json[0] = '"';
    System.arraycopy(quoted, 0, json, 1, quoted.length);
    json[json.length - 1] = '"';
    return json;
  }

  @Override
  public byte[] fromJson(byte[] json) throws InvalidValueException {
    JsonNode tree = JsonTrees.value(json);
    if (!tree.isTextual()) {
      throw new InvalidValueException("not a JSON string: put the text in quotes");
    }
    String text = tree.textValue();
    if (Utf8.loneSurrogate(text) >= 0) {
      throw new InvalidValueException(
          "the text has half a character (a lone surrogate): send the whole pair, or leave it out");
    }
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
