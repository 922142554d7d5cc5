package dev.weir.store.search;

import dev.weir.store.Filter.Value;
import dev.weir.store.IndexDefinition;
import dev.weir.store.KeyRange;
import dev.weir.store.index.ByteSink;
import dev.weir.store.index.IndexEntries;
import dev.weir.store.index.ValueEncoding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * What of an index a filter needs: values that must be equal for as many of the first fields as
 * there are, and a range of the next one. Used once, by one thread.
 */
final class Chooser {
  /** Combinations of values that are looked up; with more, the rest is left to the documents. */
  private static final int MOST_LOOKUPS = 1000;

  private final IndexDefinition index;
  private final Conjuncts filter;
  private final List<Span> others = new ArrayList<>();
  private List<byte[]> starts = List.of(new byte[0]);
  private int section = IndexEntries.WHOLE;
  private int pinned;
  private int equal;

  private Chooser(IndexDefinition index, Conjuncts filter) {
    this.index = index;
    this.filter = filter;
  }

  static IndexChoice of(IndexDefinition index, Conjuncts filter) {
    return new Chooser(index, filter).choice();
  }

  private IndexChoice choice() {
    FieldBounds open = null;
    for (int i = 0; i < index.fields().size() && open == null; i++) {
      FieldBounds bounds = FieldBounds.of(index.fields().get(i), filter);
      Set<byte[]> points = bounds.points();
      Value element = bounds.element();
      if (points != null && (long) starts.size() * points.size() <= MOST_LOOKUPS) {
        pinned += pinned == i && points.size() == 1 ? 1 : 0;
        equal++;
        extend(points);
      } else if (points == null && element != null) {
        pinned += pinned == i ? 1 : 0;
        equal++;
        element(i, element);
      } else {
        open = bounds;
      }
    }
    boolean ranged = open != null && open.ranged();
    List<Span> spans = new ArrayList<>();
    for (byte[] start : starts) {
      byte[] from = with(section, start);
      Span span =
          open != null && ranged
              ? new Span(with(from, open.low()), with(from, open.high()))
              : new Span(from, successor(from));
      if (Arrays.compareUnsigned(span.from(), span.to()) < 0) {
        spans.add(span);
      }
    }
    if (section != IndexEntries.WHOLE) {
      spans.addAll(others);
      byte[] overflow = {(byte) IndexEntries.OVERFLOW};
      spans.add(new Span(overflow, new byte[] {(byte) IndexEntries.OVERFLOW, (byte) 0xff}));
    }
    spans.sort((a, b) -> Arrays.compareUnsigned(a.from(), b.from()));
    return new IndexChoice(index, spans, section, pinned, equal, ranged);
  }

  /** Lists that have an element; a text that has a text within it matches too. */
  private void element(int field, Value element) {
    if (element instanceof Value.Text) {
      byte[] texts = ValueEncoding.texts();
      for (byte[] start : starts) {
        byte[] from = with(with(section, start), texts);
        others.add(new Span(from, successor(from)));
      }
    }
    section |= IndexEntries.section(field);
    TreeSet<byte[]> point = new TreeSet<>(Arrays::compareUnsigned);
    point.add(ValueEncoding.of(element));
    extend(point);
  }

  private void extend(Set<byte[]> points) {
    List<byte[]> extended = new ArrayList<>(starts.size() * points.size());
    for (byte[] start : starts) {
      points.forEach(point -> extended.add(with(start, point)));
    }
    starts = extended;
  }

  private static byte[] with(int section, byte[] values) {
    return with(new byte[] {(byte) section}, values);
  }

  private static byte[] with(byte[] start, byte[] end) {
    ByteSink out = new ByteSink(start.length + end.length);
    out.put(start);
    out.put(end);
    return out.toBytes();
  }

  private static byte[] successor(byte[] bytes) {
    return Objects.requireNonNull(KeyRange.successor(bytes));
  }
}
