package dev.weir.query.http;

import dev.weir.store.CollectionDefinition;
import dev.weir.store.Document;
import dev.weir.store.Key;
import dev.weir.store.KeyCodec;
import dev.weir.store.ValueFormat;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Writes documents with their keys as JSON, straight to where they go; a document that is JSON
 * already is not read again.
 */
final class Items {
  private static final byte[] KEY = ascii("{\"key\":");
  private static final byte[] DOCUMENT = ascii(",\"document\":");
  private static final byte[] VERSION = ascii(",\"version\":\"");
  private static final byte[] TIMESTAMP = ascii("\",\"timestamp\":");
  private static final byte[] FOUND = ascii(",\"found\":true");
  private static final byte[] MISSING = ascii(",\"found\":false}");
  private static final byte[] UNKNOWN = ascii(",\"found\":null}");

  private final KeyCodec keys;
  private final ValueFormat format;

  Items(CollectionDefinition collection) {
    this.keys = KeyCodec.of(collection.keyType());
    this.format = Values.format(collection);
  }

  /** An item of a scan. */
  void item(Document document, OutputStream out) throws IOException {
    out.write(KEY);
    out.write(Json.bytes(keys.toJson(document.key())));
    rest(document, out);
  }

  /** An item of a batch-get where there is a document. */
  void found(Document document, OutputStream out) throws IOException {
    out.write(KEY);
    out.write(Json.bytes(keys.toJson(document.key())));
    out.write(FOUND);
    rest(document, out);
  }

  /** An item of a batch-get where there is none. */
  void missing(Key key, OutputStream out) throws IOException {
    out.write(KEY);
    out.write(Json.bytes(keys.toJson(key)));
    out.write(MISSING);
  }

  /** An item of a batch-get whose shard did not answer. */
  void unknown(Key key, OutputStream out) throws IOException {
    out.write(KEY);
    out.write(Json.bytes(keys.toJson(key)));
    out.write(UNKNOWN);
  }

  private void rest(Document document, OutputStream out) throws IOException {
    out.write(DOCUMENT);
    out.write(format.toJson(document.value()));
    out.write(VERSION);
    out.write(ascii(document.version().text()));
    out.write(TIMESTAMP);
    out.write(ascii(Long.toString(document.timestamp())));
    out.write('}');
  }

  static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
