package dev.weir.client;

import java.util.LinkedHashMap;
import java.util.Map;

/** On what terms a write is made. Immutable; each method gives new terms. */
public final class Terms {
  private static final Terms NONE = new Terms(Map.of(), "");

  private final Map<String, String> headers;
  private final String ack;

  private Terms(Map<String, String> headers, String ack) {
    this.headers = headers;
    this.ack = ack;
  }

  /** The write is made whatever is there, each time it is sent, and answered once it is applied. */
  public static Terms none() {
    return NONE;
  }

  /**
   * The write is made if the document has one of these versions; else {@link
   * ProblemException.Conflict}.
   *
   * @param versions as {@link StoredDocument#version} and {@link Receipt#version} give them
   */
  public Terms ifVersion(String... versions) {
    return condition("If-Match", '"' + String.join("\", \"", versions) + '"');
  }

  /** The write is made if there is a document; else {@link ProblemException.Conflict}. */
  public Terms ifPresent() {
    return condition("If-Match", "*");
  }

  /** The write is made if there is no document; else {@link ProblemException.Conflict}. */
  public Terms ifAbsent() {
    return condition("If-None-Match", "*");
  }

  /**
   * However often the write is sent with this key, it takes effect once, and every answer is the
   * first one.
   *
   * @param key 1 to 255 visible ASCII characters, new for each write, such as a random UUID
   */
  public Terms once(String key) {
    return with("Idempotency-Key", key);
  }

  /**
   * The write is answered once the log has it, when nobody knows yet what becomes of it: the
   * receipt has a position and no version.
   */
  public Terms accepted() {
    return new Terms(headers, "accepted");
  }

  /** The write is answered once a standby has it too. */
  public Terms replicated() {
    return new Terms(headers, "replicated");
  }

  /** There is one condition, the last that was set. */
  private Terms condition(String name, String value) {
    Map<String, String> others = new LinkedHashMap<>(headers);
    others.remove("If-Match");
    others.remove("If-None-Match");
    return new Terms(others, ack).with(name, value);
  }

  private Terms with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Terms(more, ack);
  }

  Map<String, String> headers() {
    return headers;
  }

  /** What comes behind the path of a write. */
  String query() {
    return ack.isEmpty() ? "" : "?ack=" + ack;
  }
}
