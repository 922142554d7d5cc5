package dev.weir.examples.social;

import java.util.Locale;

/** What there is in the network; each kind has one collection and one source topic. */
public enum Kind {
  TAGCLASS,
  TAG,
  PLACE,
  ORGANISATION,
  PERSON,
  FORUM,
  POST,
  COMMENT;

  /** Name of the collection. */
  public String collection() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Name of the source topic. */
  public String topic() {
    return "social." + collection();
  }
}
