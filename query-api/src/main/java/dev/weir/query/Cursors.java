package dev.weir.query;

import dev.weir.query.Resumption.Fault;
import dev.weir.query.Resumption.Refused;
import dev.weir.query.Resumption.Resumed;
import dev.weir.query.SharedKey.Purpose;
import dev.weir.store.Key;
import dev.weir.store.KeyRange;
import dev.weir.store.Query;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/**
 * Issues and reads cursors: the place where a scan goes on, as opaque text safe in URLs. Every node
 * with the same key reads the cursors of the others; they hold no state and do not expire. Safe
 * from any thread.
 *
 * <p>Bytes: format, order, generation, collection, digest of the range (8), last key, signature
 * (16).
 */
public final class Cursors {
  private static final byte FORMAT = 1;
  private static final int DIGEST = 8;
  private static final int HEAD = 1 + 1 + Integer.BYTES + Integer.BYTES + DIGEST;
  private static final int SIGNATURE = 16;

  private final SharedKey key;
  private final int generation;

  /**
   * Cursors of one generation of the log.
   *
   * @param key the same at all nodes
   * @param generation number of the log, from 0
   */
  public Cursors(SharedKey key, int generation) {
    this.key = key;
    this.generation = generation;
  }

  /**
   * The cursor that continues a scan.
   *
   * @param scan the scan with its whole range, as it was first asked; its limit does not matter
   * @param last key of the last document delivered
   */
  public String issue(Query.Scan scan, Key last) {
    byte[] content =
        ByteBuffer.allocate(HEAD + last.bytes().length)
            .put(FORMAT)
            .put(code(scan.order()))
            .putInt(generation)
            .putInt(scan.collection())
            .put(digest(scan.range()))
            .put(last.bytes())
            .array();
    byte[] signed = Arrays.copyOf(content, content.length + SIGNATURE);
    System.arraycopy(signature(content), 0, signed, content.length, SIGNATURE);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(signed);
  }

  /**
   * Reads a cursor from outside, any text.
   *
   * @param scan the scan with its whole range, and the limit for the next page
   */
  public Resumption resume(String text, Query.Scan scan) {
    byte[] signed;
    try {
      signed = Base64.getUrlDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      return new Refused(Fault.FORGED);
    }
    if (signed.length < HEAD + SIGNATURE
        || !Base64.getUrlEncoder().withoutPadding().encodeToString(signed).equals(text)) {
      return new Refused(Fault.FORGED);
    }
    byte[] content = Arrays.copyOf(signed, signed.length - SIGNATURE);
    byte[] signature = Arrays.copyOfRange(signed, content.length, signed.length);
    if (content[0] != FORMAT || !MessageDigest.isEqual(signature, signature(content))) {
      return new Refused(Fault.FORGED);
    }
    return resume(ByteBuffer.wrap(content, 1, content.length - 1), scan);
  }

  private Resumption resume(ByteBuffer content, Query.Scan scan) {
    int order = content.get();
    if (content.getInt() != generation) {
      return new Refused(Fault.OTHER_GENERATION);
    }
    if (content.getInt() != scan.collection()) {
      return new Refused(Fault.OTHER_COLLECTION);
    }
    byte[] digest = new byte[DIGEST];
    content.get(digest);
    if (order != code(scan.order()) || !Arrays.equals(digest, digest(scan.range()))) {
      return new Refused(Fault.OTHER_QUERY);
    }
    byte[] bytes = new byte[content.remaining()];
    content.get(bytes);
    Key last = Key.ofEncoded(bytes);
    KeyRange rest =
        scan.order() == Query.Order.ASC ? scan.range().after(last) : scan.range().before(last);
    return new Resumed(new Query.Scan(scan.collection(), rest, scan.order(), scan.limit()), last);
  }

  private static byte code(Query.Order order) {
    return (byte) (order == Query.Order.ASC ? 'a' : 'd');
  }

  private byte[] signature(byte[] content) {
    return Arrays.copyOf(key.sign(Purpose.CURSOR, content), SIGNATURE);
  }

  /** Eight bytes that tell ranges apart. */
  public static byte[] digest(KeyRange range) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] from = range.from() == null ? new byte[0] : range.from();
      byte[] to = range.to() == null ? new byte[0] : range.to();
      digest.update(
          ByteBuffer.allocate(8)
              .put((byte) (range.from() == null ? 0 : 1))
              .put((byte) (range.fromInclusive() ? 1 : 0))
              .put((byte) (range.to() == null ? 0 : 1))
              .put((byte) (range.toInclusive() ? 1 : 0))
              .putInt(from.length)
              .array());
      digest.update(from);
      digest.update(to);
      return Arrays.copyOf(digest.digest(), DIGEST);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }
}
