package dev.weir.store.audit;

import dev.weir.store.AuditQuery;
import dev.weir.store.CollectionDefinition;
import dev.weir.store.Key;
import dev.weir.store.Operation;
import dev.weir.store.SourceDefinition;
import dev.weir.store.ingest.Mapped;
import dev.weir.store.ingest.SourceMapping;
import dev.weir.store.ingest.ValueLimits;
import org.jspecify.annotations.Nullable;

/**
 * Reads records as ingest does, by its own mapping. What ingest cannot have known is left open: a
 * schema, or a limit, may have been another one when the record came, so that a record which does
 * not fit today counts as taken unless it lies among the dead letters. Immutable but for the
 * places.
 */
public final class RecordReading {
  private final SourceMapping mapping;
  private final SourceMapping lenient;
  private final LetterPlaces letters;

  /**
   * Reads the records of a source.
   *
   * @param limits of the node
   * @param letters those of the source
   * @throws IllegalArgumentException if the definitions contradict each other
   */
  public RecordReading(
      SourceDefinition source,
      CollectionDefinition collection,
      ValueLimits limits,
      LetterPlaces letters) {
    this.mapping = SourceMapping.of(source, collection, limits);
    this.lenient = SourceMapping.lenient(source, collection);
    this.letters = letters;
  }

  /** What a record must have come to. */
  public Meaning read(SourceRecord record) {
    boolean letter = letters.has(record.partition(), record.offset());
    Mapped mapped = mapping.map(record.key(), record.value());
    if (mapped instanceof Mapped.Poison && letter) {
      return new Meaning.Kept();
    }
    if (mapped instanceof Mapped.Poison poison) {
      Mapped before = lenient.map(record.key(), record.value());
      if (!(before instanceof Mapped.Append append)) {
        return new Meaning.Unkept(poison.reason().text() + ": " + poison.detail());
      }
      return taken(append, record, false);
    }
    return mapped instanceof Mapped.Append append
        ? taken(append, record, letter)
        : new Meaning.Skipped();
  }

  private static Meaning taken(Mapped.Append append, SourceRecord record, boolean maybe) {
    long time = Math.max(0, record.timestamp());
    Operation operation = append.operation();
    boolean tombstone = record.value() == null;
    if (operation instanceof Operation.Put put) {
      long mark = AuditQuery.mark(put.key(), time, put.value());
      return new Meaning.Taken(append.shardKey(), null, put.key(), mark, false, maybe);
    }
    if (operation instanceof Operation.Delete delete) {
      return new Meaning.Taken(append.shardKey(), null, delete.key(), null, !tombstone, maybe);
    }
    Operation.Track track = (Operation.Track) operation;
    Key key = track.derivedKey();
    Long mark = key == null ? null : mark(key, time, track.value());
    boolean filtered = key == null && !tombstone;
    return new Meaning.Taken(
        append.shardKey(), Key.ofEncoded(track.rowKey()), key, mark, filtered, maybe);
  }

  private static @Nullable Long mark(Key key, long time, byte[] value) {
    return AuditQuery.mark(key, time, value);
  }
}
