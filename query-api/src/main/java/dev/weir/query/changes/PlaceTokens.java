package dev.weir.query.changes;

import dev.weir.query.Cursors;
import dev.weir.query.Resumption.Fault;
import dev.weir.query.SharedKey;
import dev.weir.query.SharedKey.Purpose;
import dev.weir.query.changes.Place.Mark;
import dev.weir.store.FilterWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Places as opaque text, with which somebody goes on following at any node that has the same key.
 * They hold no state at the node; how long one is of use depends on the changes that the collection
 * keeps. Safe from any thread.
 *
 * <p>Bytes: format, generation, log, collection, digest of range and filter (8), then of each shard
 * its number, offset and number of the change, and a signature (16).
 */
public final class PlaceTokens {
  private static final byte FORMAT = 1;
  private static final int SIGNATURE = 16;

  private final SharedKey key;
  private final int generation;

  /**
   * Tokens of one generation of the log.
   *
   * @param key the same at all nodes
   * @param generation number of the log, from 0
   */
  public PlaceTokens(SharedKey key, int generation) {
    this.key = key;
    this.generation = generation;
  }

  /** What a token that came from outside turned out to be. */
  public sealed interface Reading {

    /** A place of what is wished for. */
    record Read(Place place) implements Reading {}

    /** None. */
    record Refused(Fault fault) implements Reading {}
  }

  /** The token of a place. */
  public String issue(Wish wish, Place place) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(64 + 8 * place.marks().size());
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(FORMAT);
      out.writeInt(place.generation());
      out.writeUTF(place.logId());
      out.writeInt(wish.collection().id());
      out.write(digest(wish));
      int last = -1;
      for (var mark : place.marks().entrySet()) {
        number(mark.getKey() - last, out);
        number(mark.getValue().offset(), out);
        number(mark.getValue().number(), out);
        last = mark.getKey();
      }
      byte[] content = bytes.toByteArray();
      out.write(signature(content));
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    }
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.toByteArray());
  }

  /** Reads a token from outside, any text. */
  public Reading read(String text, Wish wish) {
    byte[] signed;
    try {
      signed = Base64.getUrlDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      return new Reading.Refused(Fault.FORGED);
    }
    byte[] content = Arrays.copyOf(signed, Math.max(0, signed.length - SIGNATURE));
    byte[] signature = Arrays.copyOfRange(signed, content.length, signed.length);
    if (content.length == 0
        || content[0] != FORMAT
        || !MessageDigest.isEqual(signature, signature(content))
        || !Base64.getUrlEncoder().withoutPadding().encodeToString(signed).equals(text)) {
      return new Reading.Refused(Fault.FORGED);
    }
    try (DataInputStream in =
        new DataInputStream(new ByteArrayInputStream(content, 1, content.length - 1))) {
      return read(in, wish);
    } catch (IOException e) {
      return new Reading.Refused(Fault.FORGED);
    }
  }

  private Reading read(DataInputStream in, Wish wish) throws IOException {
    int ofGeneration = in.readInt();
    String log = in.readUTF();
    if (ofGeneration != generation) {
      return new Reading.Refused(Fault.OTHER_GENERATION);
    }
    if (in.readInt() != wish.collection().id()) {
      return new Reading.Refused(Fault.OTHER_COLLECTION);
    }
    byte[] expected = digest(wish);
    if (!Arrays.equals(in.readNBytes(expected.length), expected)) {
      return new Reading.Refused(Fault.OTHER_QUERY);
    }
    SortedMap<Integer, Mark> marks = new TreeMap<>();
    int shard = -1;
    while (in.available() > 0) {
      shard += (int) number(in);
      marks.put(shard, new Mark(number(in), (int) number(in)));
    }
    return new Reading.Read(new Place(ofGeneration, log, marks));
  }

  private static void number(long value, DataOutputStream out) throws IOException {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      out.writeByte((int) ((rest & 0x7f) | 0x80));
      rest >>>= 7;
    }
    out.writeByte((int) rest);
  }

  private static long number(DataInputStream in) throws IOException {
    long value = 0;
    for (int shift = 0; shift < 63; shift += 7) {
      byte next = in.readByte();
      value |= (next & 0x7fL) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new IOException("a number that does not end");
  }

  private static byte[] digest(Wish wish) {
    byte[] range = Cursors.digest(wish.range());
    if (wish.filter() == null) {
      return range;
    }
    try {
      MessageDigest both = MessageDigest.getInstance("SHA-256");
      both.update(range);
      both.update(FilterWriter.json(wish.filter()).getBytes(StandardCharsets.UTF_8));
      return Arrays.copyOf(both.digest(), range.length);
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }

  private byte[] signature(byte[] content) {
    return Arrays.copyOf(key.sign(Purpose.PLACE, content), SIGNATURE);
  }
}
