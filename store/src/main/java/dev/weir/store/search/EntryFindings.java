package dev.weir.store.search;

import dev.weir.store.Filter.Field;
import dev.weir.store.Filter.Value;
import dev.weir.store.IndexDefinition;
import dev.weir.store.filter.FieldTree;
import dev.weir.store.filter.FieldValue;
import dev.weir.store.index.ValueEncoding;
import dev.weir.store.search.KeySource.Named;
import dev.weir.store.write.StateKeys;
import dev.weir.store.write.StateValues;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Fields as an index has them; a document is read only where its entry does not tell, because of a
 * list, an object or a very long text.
 */
final class EntryFindings implements Findings {
  private final SearchView view;
  private final Way.ByIndex way;
  private final KeySource keys;
  private final FieldTree fields;
  private final int[] numbers;
  private @Nullable Named last;
  private long documents;

  /** Of keys, which are closed with them; all fields of the tree are the index's. */
  EntryFindings(SearchView view, Way.ByIndex way, KeySource keys, FieldTree fields) {
    this.view = view;
    this.way = way;
    this.keys = keys;
    this.fields = fields;
    List<Field> all = way.chosen().definition().fields();
    this.numbers = all.stream().mapToInt(fields::index).toArray();
  }

  @Override
  public @Nullable FieldValue @Nullable [] next() {
    Named named = keys.next();
    if (named == null) {
      return null;
    }
    last = named;
    @Nullable FieldValue[] found = new FieldValue[fields.size()];
    ByteBuffer in = ByteBuffer.wrap(named.entry());
    in.position(StateKeys.INDEX_PREFIX + 1);
    for (int number : numbers) {
      Value value = ValueEncoding.take(in);
      if (value == null) {
        return read(named);
      }
      found[number] = found(value);
    }
    return found;
  }

  private @Nullable FieldValue[] read(Named named) {
    documents++;
    IndexDefinition index = way.chosen().definition();
    byte[] stateKey = StateKeys.document(index.collection(), named.key().bytes());
    byte[] stored = view.multiGet(List.of(stateKey)).get(0);
    return fields.find(StateValues.value(Objects.requireNonNull(stored)));
  }

  private static @Nullable FieldValue found(Value value) {
    if (value instanceof Value.Text text) {
      return new FieldValue.Text(text.text());
    }
    if (value instanceof Value.Numeric number) {
      return new FieldValue.Decimal(number.number());
    }
    return value instanceof Value.Flag flag ? new FieldValue.Flag(flag.flag()) : null;
  }

  @Override
  public AggregatePlace place() {
    Named named = last;
    return named == null
        ? AggregatePlace.of(null)
        : AggregatePlace.along(way, named.key().bytes(), named.entry());
  }

  @Override
  public long entries() {
    return keys.entries();
  }

  @Override
  public long documents() {
    return documents;
  }

  @Override
  public void close() {
    keys.close();
  }
}
