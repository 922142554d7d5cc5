package dev.weir.query.server;

import java.util.Locale;

/** Which settings must never be shown. */
final class Secrets {

  static final String MASK = "********";

  private Secrets() {}

  /** Whether a setting of this name holds something secret. */
  static boolean isSecret(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.contains("password")
        || lower.contains("secret")
        || lower.contains("token")
        || lower.contains("jaas")
        || lower.contains("credential")
        || lower.endsWith(".key")
        || lower.endsWith("basic.auth.user.info");
  }
}
