package dev.weir.store.search;

import dev.weir.store.filter.FieldTree;
import dev.weir.store.filter.FieldValue;
import dev.weir.store.search.Rows.Row;
import dev.weir.store.write.StateValues;
import org.jspecify.annotations.Nullable;

/** Fields as the documents have them. */
final class DocumentFindings implements Findings {
  private final Way way;
  private final Rows rows;
  private final FieldTree fields;
  private @Nullable Row last;

  /** Of rows, which are closed with them. */
  DocumentFindings(Way way, Rows rows, FieldTree fields) {
    this.way = way;
    this.rows = rows;
    this.fields = fields;
  }

  @Override
  public @Nullable FieldValue @Nullable [] next() {
    Row row = rows.next();
    if (row == null) {
      return null;
    }
    last = row;
    return fields.find(StateValues.value(row.stored()));
  }

  @Override
  public AggregatePlace place() {
    Row row = last;
    return row == null
        ? AggregatePlace.of(null)
        : AggregatePlace.along(way, row.key().bytes(), row.entry());
  }

  @Override
  public long entries() {
    return rows.entries();
  }

  @Override
  public long documents() {
    return rows.documents();
  }

  @Override
  public void close() {
    rows.close();
  }
}
