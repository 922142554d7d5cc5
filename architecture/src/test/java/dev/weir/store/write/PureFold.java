package dev.weir.store.write;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Keeps all rules: the neighbours of what the baits do. */
public final class PureFold {

  private PureFold() {}

  static Map<String, String> inOrder() {
    return new LinkedHashMap<>(new TreeMap<>());
  }

  static Set<String> asAdded() {
    return new LinkedHashSet<>(List.of("b", "a"));
  }

  static byte[] bytes(String text) {
    return String.format(Locale.ROOT, "%s", text)
        .toLowerCase(Locale.ROOT)
        .getBytes(StandardCharsets.UTF_8);
  }

  static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
