package dev.weir.query.http;

/** Comparison of entity tags (RFC 9110, section 8.8.3). */
final class EntityTags {
  private EntityTags() {}

  /**
   * Whether a header {@code If-None-Match} names a tag, compared weakly as that header asks.
   *
   * @param header {@code *} or a list of tags
   * @param tag with its quotes
   */
  static boolean anyMatches(String header, String tag) {
    if (header.trim().equals("*")) {
      return true;
    }
    for (String candidate : header.split(",", -1)) {
      String c = candidate.trim();
      if (c.equals(tag)
          || (c.startsWith("W/") && c.startsWith(tag, 2) && c.length() == tag.length() + 2)) {
        return true;
      }
    }
    return false;
  }
}
