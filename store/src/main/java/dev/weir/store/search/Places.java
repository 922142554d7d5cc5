package dev.weir.store.search;

import dev.weir.store.Key;
import dev.weir.store.Query.Order;
import dev.weir.store.SearchQuery.Sort;
import dev.weir.store.filter.FieldTree;
import dev.weir.store.filter.FieldValue;
import dev.weir.store.index.ByteSink;
import dev.weir.store.index.ValueEncoding;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where documents stand in an order: their values in the fields they are ordered by, turned round
 * where the order is descending, and behind them their key. Immutable.
 */
final class Places {
  private final List<Sort> order;
  private final int[] fields;

  /** Has the fields of an order numbered. */
  Places(List<Sort> order, FieldTree tree) {
    this.order = order;
    this.fields = order.stream().mapToInt(sort -> tree.index(sort.field())).toArray();
  }

  /** The place of a document. */
  byte[] of(@Nullable FieldValue[] found, Key key) {
    if (fields.length == 0) {
      return key.bytes();
    }
    ByteSink out = new ByteSink(32 + key.bytes().length);
    for (int i = 0; i < fields.length; i++) {
      int start = out.size();
      ValueEncoding.put(found[fields[i]], out);
      if (order.get(i).order() == Order.DESC) {
        out.invert(start);
      }
    }
    out.put(key.bytes());
    return out.toBytes();
  }
}
