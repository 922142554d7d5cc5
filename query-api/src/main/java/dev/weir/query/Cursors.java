package dev.weir.query;

import dev.weir.query.Resumption.Fault;
import dev.weir.query.Resumption.Refused;
import dev.weir.query.Resumption.Resumed;
import dev.weir.query.SharedKey.Purpose;
import dev.weir.store.Key;
import dev.weir.store.KeyRange;
import dev.weir.store.Query;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Issues and reads cursors: the place where a scan goes on, as opaque text safe in URLs. Every node
 * with the same key reads the cursors of the others; they hold no state and do not expire. Safe
 * from any thread.
 *
 * <p>Bytes: format, order, generation, collection, digest of the range (8), last key, signature
 * (16). Of lists that are not in key order: format, generation, collection, digest of the question
 * (8), place, signature (16).
 */
public final class Cursors {
  private static final byte FORMAT = 1;
  private static final byte PLACES = 2;
  private static final int DIGEST = 8;
  private static final int HEAD = 1 + 1 + Integer.BYTES + Integer.BYTES + DIGEST;
  private static final int PLACE_HEAD = 1 + Integer.BYTES + Integer.BYTES + DIGEST;
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
    return signed(
        ByteBuffer.allocate(HEAD + last.bytes().length)
            .put(FORMAT)
            .put(code(scan.order()))
            .putInt(generation)
            .putInt(scan.collection())
            .put(digest(scan.range()))
            .put(last.bytes())
            .array());
  }

  /**
   * The cursor that goes on with a list that is not one of keys.
   *
   * @param list says which list it is, the same for each of its pages
   * @param place behind which it goes on
   */
  public String issue(ListId list, byte[] place) {
    return signed(
        ByteBuffer.allocate(PLACE_HEAD + place.length)
            .put(PLACES)
            .putInt(generation)
            .putInt(list.collection())
            .put(digest(list.question()))
            .put(place)
            .array());
  }

  /**
   * What a cursor belongs to.
   *
   * @param collection id of the collection
   * @param question everything else that makes it this list
   */
  public record ListId(int collection, String question) {}

  /** Reads a cursor of a list from outside, any text. */
  public Resumption resume(String text, ListId list) {
    byte[] content = opened(text, PLACES, PLACE_HEAD);
    if (content == null) {
      return new Refused(Fault.FORGED);
    }
    ByteBuffer in = ByteBuffer.wrap(content, 1, content.length - 1);
    if (in.getInt() != generation) {
      return new Refused(Fault.OTHER_GENERATION);
    }
    if (in.getInt() != list.collection()) {
      return new Refused(Fault.OTHER_COLLECTION);
    }
    byte[] digest = new byte[DIGEST];
    in.get(digest);
    if (!Arrays.equals(digest, digest(list.question()))) {
      return new Refused(Fault.OTHER_QUERY);
    }
    byte[] place = new byte[in.remaining()];
    in.get(place);
    return new Resumption.Behind(place);
  }

  /**
   * Reads a cursor from outside, any text.
   *
   * @param scan the scan with its whole range, and the limit for the next page
   */
  public Resumption resume(String text, Query.Scan scan) {
    byte[] content = opened(text, FORMAT, HEAD);
    return content == null
        ? new Refused(Fault.FORGED)
        : resume(ByteBuffer.wrap(content, 1, content.length - 1), scan);
  }

  private String signed(byte[] content) {
    byte[] signed = Arrays.copyOf(content, content.length + SIGNATURE);
    System.arraycopy(signature(content), 0, signed, content.length, SIGNATURE);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(signed);
  }

  /** What was signed; null = it was not signed here, or is of another format. */
  private byte @Nullable [] opened(String text, byte format, int head) {
    byte[] signed;
    try {
      signed = Base64.getUrlDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      return null;
    }
    if (signed.length < head + SIGNATURE
        || !Base64.getUrlEncoder().withoutPadding().encodeToString(signed).equals(text)) {
      return null;
    }
    byte[] content = Arrays.copyOf(signed, signed.length - SIGNATURE);
    byte[] signature = Arrays.copyOfRange(signed, content.length, signed.length);
    boolean ours = content[0] == format && MessageDigest.isEqual(signature, signature(content));
    return ours ? content : null;
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

  private static byte[] digest(String question) {
    MessageDigest digest = sha256();
    return Arrays.copyOf(digest.digest(question.getBytes(StandardCharsets.UTF_8)), DIGEST);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }

  /** Eight bytes that tell ranges apart. */
  public static byte[] digest(KeyRange range) {
    MessageDigest digest = sha256();
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
  }
}
