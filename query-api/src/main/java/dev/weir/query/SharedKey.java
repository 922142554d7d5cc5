package dev.weir.query;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A secret that all nodes of an application share: they know each other and their cursors by it.
 * Safe from any thread.
 *
 * <p>What is signed for one purpose is worth nothing for another.
 */
public final class SharedKey {
  /** The shortest secret that is accepted, in bytes. */
  public static final int MIN_BYTES = 16;

  private static final String ALGORITHM = "HmacSHA256";

  private final Mac prototype; // initialised, never used itself: only cloned

  private SharedKey(Mac prototype) {
    this.prototype = prototype;
  }

  /**
   * Takes a secret of at least {@link #MIN_BYTES} bytes.
   *
   * @throws IllegalArgumentException if it is shorter
   */
  public static SharedKey of(byte[] secret) {
    if (secret.length < MIN_BYTES) {
      throw new IllegalArgumentException(
          "a shared key has at least " + MIN_BYTES + " bytes, not " + secret.length);
    }
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secret, ALGORITHM));
      return new SharedKey(mac);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java runtime has " + ALGORITHM, e);
    }
  }

  /** HMAC-SHA256 of the purpose and the parts, each behind its length: 32 bytes. */
  public byte[] sign(Purpose purpose, byte[]... parts) {
    Mac mac = fresh();
    mac.update((byte) purpose.code);
    for (byte[] part : parts) {
      for (int shift = 24; shift >= 0; shift -= 8) {
        mac.update((byte) (part.length >>> shift));
      }
      mac.update(part);
    }
    return mac.doFinal();
  }

  /** Whether {@code signature} is what {@link #sign} gives; takes as long if it is not. */
  public boolean verify(byte[] signature, Purpose purpose, byte[]... parts) {
    return MessageDigest.isEqual(signature, sign(purpose, parts));
  }

  private Mac fresh() {
    try {
      return (Mac) prototype.clone();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("the runtime's " + ALGORITHM + " can be cloned", e);
    }
  }

  /** What a signature is good for. */
  public enum Purpose {
    /** The place where a scan goes on. */
    CURSOR(1),
    /** The first word of a node that calls another. */
    PEER_HELLO(2),
    /** The called node's answer to it. */
    PEER_CHALLENGE(3),
    /** The calling node's proof. */
    PEER_PROOF(4),
    /** How far somebody has followed a collection. */
    PLACE(5);

    private final int code;

    Purpose(int code) {
      this.code = code;
    }
  }
}
