package dev.weir.store;

import java.util.Arrays;

/**
 * A value under its key, as one shard holds it.
 *
 * @param key encoded key
 * @param value the stored bytes in the collection's {@link ValueFormat}; shared, do not modify
 * @param version which log record made it
 * @param timestamp milliseconds since the epoch, of the event (source record or API call), ≥ 0
 */
public record Document(Key key, byte[] value, Version version, long timestamp) {
  @Override
  public boolean equals(Object o) {
    return o instanceof Document other
        && key.equals(other.key)
        && Arrays.equals(value, other.value)
        && version.equals(other.version)
        && timestamp == other.timestamp;
  }

  @Override
  public int hashCode() {
    return 31 * key.hashCode() + version.hashCode();
  }
}
