package dev.weir.store.rocksdb;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.apache.kafka.common.Uuid;

/**
 * What a shard's database says it is, so that it is never taken for another.
 *
 * @param format version of the layout of keys and values
 * @param logId Kafka's topic id of the log it was folded from
 * @param generation of that log
 * @param shard number of the shard
 * @param application name of the application
 */
public record StateIdentity(int format, Uuid logId, int generation, int shard, String application) {
  /** The layout of this release, and the only one it reads. */
  public static final int FORMAT = 2;

  /** As it is stored. */
  public byte[] encode() {
    byte[] name = application.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(28 + name.length)
        .putInt(format)
        .putLong(logId.getMostSignificantBits())
        .putLong(logId.getLeastSignificantBits())
        .putInt(generation)
        .putInt(shard)
        .put(name)
        .array();
  }

  /** Reads {@link #encode}. */
  public static StateIdentity decode(byte[] stored) {
    ByteBuffer in = ByteBuffer.wrap(stored);
    int format = in.getInt();
    Uuid logId = new Uuid(in.getLong(), in.getLong());
    int generation = in.getInt();
    int shard = in.getInt();
    String application = new String(stored, 28, stored.length - 28, StandardCharsets.UTF_8);
    return new StateIdentity(format, logId, generation, shard, application);
  }

  /** Why a state that says {@code found} must not be used as this one; empty if it may. */
  public Optional<String> refuse(StateIdentity found) {
    if (found.format > format) {
      return Optional.of(
          String.format(
              Locale.ROOT,
              "the state on disk has format %d, this release knows %d: upgrade this node",
              found.format,
              format));
    }
    if (found.format < format) {
      return Optional.of(
          String.format(
              Locale.ROOT,
              "the state on disk has format %d, this release knows only %d: remove the state"
                  + " directory, so that the node gets its state anew",
              found.format,
              format));
    }
    if (!found.equals(this)) {
      return Optional.of(
          String.format(
              Locale.ROOT,
              "the state on disk is of shard %d of application '%s', generation %d, log %s; this is"
                  + " shard %d of '%s', generation %d, log %s: give this node its own state"
                  + " directory",
              found.shard,
              found.application,
              found.generation,
              found.logId,
              shard,
              application,
              generation,
              logId));
    }
    return Optional.empty();
  }
}
