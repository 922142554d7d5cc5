package dev.weir.store.ingest;

import java.util.Locale;

/** Why a record of a source cannot become a record of the log. */
public enum PoisonReason {
  /** The record has no key where the mapping needs one. */
  NULL_KEY,
  /** The key, or the fields it is taken from, is not of the collection's key type. */
  INVALID_KEY,
  /** A field that the key is taken from is missing or null. */
  MISSING_KEY_FIELD,
  /** A tombstone of a source whose keys are taken from fields of the value. */
  TOMBSTONE,
  /** The value is not of the collection's format. */
  INVALID_VALUE,
  /** A renamed field would take the name of another one. */
  RENAME_COLLISION,
  /** The document does not meet the collection's JSON Schema. */
  SCHEMA,
  /** Key or document are larger than the limits. */
  TOO_LARGE;

  private final String text = name().toLowerCase(Locale.ROOT).replace('_', '-');

  /** Stable name in headers, metrics and messages, such as {@code null-key}. */
  public String text() {
    return text;
  }
}
