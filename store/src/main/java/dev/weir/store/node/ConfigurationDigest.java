package dev.weir.store.node;

import dev.weir.store.CatalogueJson;
import dev.weir.store.DefinitionChange;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** A short name for what a configuration declares, so that nodes that disagree can be told. */
final class ConfigurationDigest {
  private static final int LENGTH = 12;

  private ConfigurationDigest() {}

  static String of(List<DefinitionChange> definitions) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(CatalogueJson.write(definitions));
      return HexFormat.of().formatHex(hash).substring(0, LENGTH);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }
}
