package dev.weir.query;

import dev.weir.store.InvalidKeyException;
import dev.weir.store.Key;
import dev.weir.store.KeyRange;
import org.jspecify.annotations.Nullable;

/**
 * A range of keys as a caller asks for it, whichever way: a prefix, or bounds.
 *
 * @param <V> what keys are written as
 * @param from lowest key; null = from the first
 * @param fromInclusive whether {@code from} belongs to it
 * @param to highest key; null = to the last
 * @param toInclusive whether {@code to} belongs to it
 * @param prefix what the keys begin with, in place of bounds; null = nothing
 */
public record RangeWish<V>(
    @Nullable V from,
    boolean fromInclusive,
    @Nullable V to,
    boolean toInclusive,
    @Nullable V prefix) {
  /** Name of a parameter, wherever ranges are asked for. */
  public static final String FROM = "from";

  /** Name of a parameter. */
  public static final String FROM_INCLUSIVE = "fromInclusive";

  /** Name of a parameter. */
  public static final String TO = "to";

  /** Name of a parameter. */
  public static final String TO_INCLUSIVE = "toInclusive";

  /** Name of a parameter. */
  public static final String PREFIX = "prefix";

  /** Reads keys of a collection. */
  public interface Keys<V> {

    /** The key that a text or value stands for. */
    Key key(V written) throws InvalidKeyException;

    /** What the encoded keys with a prefix begin with. */
    byte[] prefix(V written) throws InvalidKeyException;
  }

  /** What became of a wish. */
  public sealed interface Reading {

    /** A range, which may be empty. */
    record Range(KeyRange range) implements Reading {}

    /**
     * A prefix beside bounds.
     *
     * @param bound name of the bound
     */
    record Both(String bound) implements Reading {}

    /**
     * A key that is none.
     *
     * @param parameter its name
     */
    record BadKey(String parameter, InvalidKeyException why) implements Reading {}
  }

  /** The range in encoded keys, or what is wrong with it. */
  public Reading read(Keys<V> keys) {
    String at = PREFIX;
    try {
      if (prefix != null) {
        return from == null && to == null
            ? new Reading.Range(KeyRange.prefix(keys.prefix(prefix)))
            : new Reading.Both(from != null ? FROM : TO);
      }
      at = FROM;
      byte[] low = from == null ? null : keys.key(from).bytes();
      at = TO;
      byte[] high = to == null ? null : keys.key(to).bytes();
      return new Reading.Range(new KeyRange(low, fromInclusive, high, toInclusive));
    } catch (InvalidKeyException e) {
      return new Reading.BadKey(at, e);
    }
  }
}
