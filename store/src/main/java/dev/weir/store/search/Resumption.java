package dev.weir.store.search;

import dev.weir.store.Query.Order;
import dev.weir.store.SearchQuery.Sort;
import dev.weir.store.index.ByteSink;
import dev.weir.store.index.ValueEncoding;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the entry of an index that a place in its order stands for. */
final class Resumption {

  private Resumption() {}

  /**
   * The state key of the entry; null = the place is none of this order.
   *
   * @param order that the place is of
   * @param choice has that order
   */
  static byte @Nullable [] entry(byte[] place, List<Sort> order, IndexChoice choice) {
    if (choice.spans().isEmpty()) {
      return null;
    }
    try {
      List<Sort> left =
          Planner.left(order, choice.definition().fields().subList(0, choice.pinned()));
      List<Sort> seen = new ArrayList<>();
      ByteSink entry = new ByteSink(place.length + 16);
      entry.put(pinned(choice));
      int at = 0;
      for (Sort sort : order) {
        int end = end(place, at, sort.order() == Order.DESC);
        if (left.contains(sort) && !seen.contains(sort)) {
          seen.add(sort);
          int start = entry.size();
          entry.put(place, at, end);
          if (sort.order() == Order.DESC) {
            entry.invert(start);
          }
        }
        at = end;
      }
      entry.put(place, at, place.length);
      return EntryLayout.of(choice.definition()).stateKey(entry.toBytes());
    } catch (BufferUnderflowException e) {
      return null;
    }
  }

  /** Section and values that all entries begin with. */
  private static byte[] pinned(IndexChoice choice) {
    byte[] start = choice.spans().get(0).from();
    ByteBuffer in = ByteBuffer.wrap(start);
    in.get();
    for (int i = 0; i < choice.pinned(); i++) {
      ValueEncoding.skip(in);
    }
    return java.util.Arrays.copyOf(start, in.position());
  }

  private static int end(byte[] place, int at, boolean inverted) {
    ByteBuffer in = ByteBuffer.wrap(place);
    if (inverted) {
      ByteSink turned = new ByteSink(place.length);
      turned.put(place);
      turned.invert(at);
      in = ByteBuffer.wrap(turned.toBytes());
    }
    in.position(at);
    ValueEncoding.skip(in);
    return in.position();
  }
}
