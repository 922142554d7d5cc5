package dev.weir.store.filter;

/** Bytes that are no JSON. */
final class MalformedJsonException extends Exception {
  private static final long serialVersionUID = 1L;

  MalformedJsonException() {
    super("not JSON", null, false, false);
  }
}
