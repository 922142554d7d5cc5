package dev.weir.query.graphql.transport;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The parameters of a {@code GET}: unknown ones are kept, the reader ignores them. */
final class UrlParameters {
  private UrlParameters() {}

  /**
   * Decodes a query as {@code application/x-www-form-urlencoded}.
   *
   * @param rawQuery null = no parameters
   * @throws HttpFault if an escape is broken, the bytes are not UTF-8, or a name comes twice
   */
  static Map<String, String> parse(@Nullable String rawQuery) throws HttpFault {
    Map<String, String> parameters = new LinkedHashMap<>();
    if (rawQuery == null) {
      return parameters;
    }
    for (String pair : rawQuery.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (!pair.isEmpty()
          && parameters.put(
                  decode(equals < 0 ? pair : pair.substring(0, equals)),
                  equals < 0 ? "" : decode(pair.substring(equals + 1)))
              != null) {
        throw HttpFault.badRequest("A URL parameter is given twice.");
      }
    }
    return parameters;
  }

  private static String decode(String text) throws HttpFault {
    try {
      String decoded = URLDecoder.decode(text, StandardCharsets.UTF_8);
      if (decoded.indexOf('\uFFFD') < 0) {
        return decoded;
      }
    } catch (IllegalArgumentException e) {
      // answered below, like bytes that are not UTF-8
    }
    throw HttpFault.badRequest("The URL's parameters are not percent-encoded UTF-8.");
  }
}
