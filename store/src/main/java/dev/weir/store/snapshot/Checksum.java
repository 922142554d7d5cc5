package dev.weir.store.snapshot;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/**
 * What a file's bytes come to.
 *
 * @param kind how it is computed
 * @param hex its value in lower-case hexadecimal digits
 */
public record Checksum(Kind kind, String hex) {
  private static final int BUFFER = 256 * 1024;
  private static final HexFormat HEX = HexFormat.of();

  public Checksum {
    if (!kind.form.matcher(hex).matches()) {
      throw new IllegalArgumentException("'" + hex + "' is no " + kind.word());
    }
  }

  /** How a checksum is computed. */
  public enum Kind {
    /** Names a file wherever it is kept: no two files have the same. */
    SHA256(64),
    /** Finds errors of disks and networks at a twentieth of the cost; for files on their way. */
    CRC32C(8);

    private final Pattern form;

    Kind(int digits) {
      form = Pattern.compile("[0-9a-f]{" + digits + "}");
    }

    /** As it is written in a manifest. */
    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Takes bytes one after the other. Not for use by several threads. */
  public interface Sum {
    /** Takes what remains in a buffer. */
    void add(ByteBuffer bytes);

    /** Takes some bytes. */
    default void add(byte[] bytes, int from, int length) {
      add(ByteBuffer.wrap(bytes, from, length));
    }

    /** The checksum of all that was taken; the sum is done then. */
    Checksum end();
  }

  /** A sum of no bytes yet. */
  public static Sum begin(Kind kind) {
    return kind == Kind.CRC32C ? new Crc() : new Sha();
  }

  /** Of these bytes. */
  public static Checksum of(Kind kind, byte[] bytes) {
    Sum sum = begin(kind);
    sum.add(bytes, 0, bytes.length);
    return sum.end();
  }

  /** Of a file, which must not be a symbolic link. */
  public static Checksum of(Kind kind, Path file) throws IOException {
    Sum sum = begin(kind);
    byte[] buffer = new byte[BUFFER];
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        sum.add(buffer, 0, read);
      }
    }
    return sum.end();
  }

  /** As it is written in a manifest: {@code sha256:…}. */
  public String text() {
    return kind.word() + ":" + hex;
  }

  /**
   * Reads {@link #text}.
   *
   * @throws IllegalArgumentException if it is none, or of a kind that this release does not know
   */
  public static Checksum parse(String text) {
    for (Kind kind : Kind.values()) {
      if (text.startsWith(kind.word() + ":")) {
        return new Checksum(kind, text.substring(kind.word().length() + 1));
      }
    }
    throw new IllegalArgumentException("'" + text + "' is no checksum that this release knows");
  }

  private static final class Crc implements Sum {
    private final CRC32C crc = new CRC32C();

    @Override
    public void add(ByteBuffer bytes) {
      crc.update(bytes);
    }

    @Override
    public Checksum end() {
      return new Checksum(Kind.CRC32C, HEX.toHexDigits((int) crc.getValue()));
    }
  }

  private static final class Sha implements Sum {
    private final MessageDigest digest;

    Sha() {
      try {
        digest = MessageDigest.getInstance("SHA-256");
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every Java has SHA-256", e);
      }
    }

    @Override
    public void add(ByteBuffer bytes) {
      digest.update(bytes);
    }

    @Override
    public Checksum end() {
      return new Checksum(Kind.SHA256, HEX.formatHex(digest.digest()));
    }
  }
}
