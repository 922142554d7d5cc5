package dev.weir.query.audit;

import dev.weir.store.Key;
import dev.weir.store.audit.Meaning;
import dev.weir.store.audit.SourceRecord;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Says what records do to documents. Of tracked keys it remembers where the document of a row is,
 * as long as somebody wants to know of that document. One thread.
 */
final class Consequences {
  /** Bytes of what remembers where a row's document is, roughly. */
  private static final long ROW_BYTES = 160;

  private final Heard heard;
  private final Map<Row, Key> rows = new HashMap<>();
  private long bytes;

  /** Who is told. */
  interface Heard {
    /** Whether it wants to know of a document. */
    boolean wants(Key key);

    /** Something was done to a document that it wants to know of. */
    void hear(Key key, Effect effect);
  }

  /** A row of a source with tracked keys. */
  private record Row(int source, Key key) {}

  Consequences(Heard heard) {
    this.heard = heard;
  }

  /** Bytes of what it remembers, roughly. */
  long bytes() {
    return bytes;
  }

  /**
   * A record comes.
   *
   * @param source number of its source
   * @param open whether nobody knows if it was taken at all
   */
  void take(int source, SourceRecord record, Meaning.Taken taken, boolean open) {
    boolean any = open || taken.maybe();
    Key row = taken.row();
    Key key = taken.key();
    if (row != null) {
      Row place = new Row(source, row);
      Key before = rows.get(place);
      if (before != null && (key == null || !before.equals(key))) {
        forget(place);
        // A move does two things, and is counted where the row goes.
        boolean counts = key == null && !taken.filtered();
        tell(before, effect(source, record, row, null, any, counts));
      }
      if (key != null) {
        remember(place, key);
      }
    }
    if (key != null) {
      tell(key, effect(source, record, row, taken.stored(), any, !taken.filtered()));
    }
  }

  /** Takes over what an effect says of its row, so that the row's next record is understood. */
  void remember(Key key, Effect effect) {
    Key row = effect.row();
    if (row != null && effect.kind() != Effect.Kind.REMOVED) {
      remember(new Row(effect.source(), row), key);
    }
  }

  /** Forgets rows whose documents nobody wants to know of any more. */
  void forgetUnwanted() {
    rows.entrySet()
        .removeIf(
            each -> {
              boolean gone = !heard.wants(each.getValue());
              bytes -= gone ? size(each.getKey()) : 0;
              return gone;
            });
  }

  private void remember(Row place, Key key) {
    if (heard.wants(key) && rows.put(place, key) == null) {
      bytes += size(place);
    }
  }

  private void forget(Row place) {
    rows.remove(place);
    bytes -= size(place);
  }

  private static long size(Row row) {
    return ROW_BYTES + row.key().bytes().length;
  }

  private void tell(Key key, Effect effect) {
    if (heard.wants(key)) {
      heard.hear(key, effect);
    }
  }

  private static Effect effect(
      int source,
      SourceRecord record,
      @Nullable Key row,
      @Nullable Long stored,
      boolean any,
      boolean counts) {
    Effect.Kind kind =
        any ? Effect.Kind.ANY : stored == null ? Effect.Kind.REMOVED : Effect.Kind.STORED;
    return new Effect(
        source,
        record.partition(),
        row,
        record.offset(),
        Math.max(0, record.timestamp()),
        kind,
        stored == null ? 0 : stored,
        counts);
  }
}
