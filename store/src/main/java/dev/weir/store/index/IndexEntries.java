package dev.weir.store.index;

import dev.weir.store.IndexDefinition;
import dev.weir.store.filter.FieldTest;
import dev.weir.store.filter.FieldTree;
import dev.weir.store.filter.FieldValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The entries that one index has of a document: a section, then a value for each of its fields.
 *
 * <p>In section 0 every document has exactly one entry, in which lists stand as lists. Of each list
 * the index also has the elements: in the section whose bits name the fields that stand for one of
 * their elements. A document that would have more than {@link #MOST} entries has a mark in the last
 * section instead of its elements, and whoever looks for elements reads the marks too. Immutable.
 */
public final class IndexEntries {
  /** Entries of one document in one index. */
  public static final int MOST = 1000;

  /** The section of documents as they are. */
  public static final int WHOLE = 0;

  /** The section of documents with too many entries. */
  public static final int OVERFLOW = 0xff;

  private final IndexDefinition definition;
  private final int[] fields;
  private final FieldTest where;

  IndexEntries(IndexDefinition definition, FieldTree tree) {
    this.definition = definition;
    this.fields = definition.fields().stream().mapToInt(tree::index).toArray();
    this.where =
        definition.where() == null ? FieldTest.TRUE : FieldTest.of(definition.where(), tree);
  }

  /** The index. */
  public IndexDefinition definition() {
    return definition;
  }

  /** The section in which a field of the index stands for an element. */
  public static int section(int field) {
    return 1 << field;
  }

  /** The entries of a document, each once and in order. */
  List<byte[]> of(@Nullable FieldValue[] found) {
    if (!where.holds(found)) {
      return List.of();
    }
    return hasList(found) ? ofLists(found) : List.of(plain(found));
  }

  private boolean hasList(@Nullable FieldValue[] found) {
    for (int field : fields) {
      if (found[field] instanceof FieldValue.Elements) {
        return true;
      }
    }
    return false;
  }

  /** The one entry of a document without lists, as almost all are. */
  private byte[] plain(@Nullable FieldValue[] found) {
    ByteSink out = new ByteSink(16 * fields.length);
    out.put(WHOLE);
    for (int field : fields) {
      ValueEncoding.put(found[field], out);
    }
    return out.toBytes();
  }

  private List<byte[]> ofLists(@Nullable FieldValue[] found) {
    List<List<byte[]>> elements = new ArrayList<>(fields.length);
    long count = 1;
    for (int field : fields) {
      List<byte[]> ofField = elements(found[field]);
      elements.add(ofField);
      count = Math.min(count * (1 + ofField.size()), MOST + 1L);
    }
    List<byte[]> entries = new ArrayList<>();
    boolean overflows = count > MOST;
    for (int section = WHOLE; section < 1 << fields.length; section++) {
      if (section == WHOLE || (!overflows && all(elements, section))) {
        new Cross(section, found, elements, entries).from(0);
      }
    }
    if (overflows) {
      entries.add(new byte[] {(byte) OVERFLOW});
    }
    return entries;
  }

  private static boolean all(List<List<byte[]>> elements, int section) {
    for (int i = 0; i < elements.size(); i++) {
      if ((section & section(i)) != 0 && elements.get(i).isEmpty()) {
        return false;
      }
    }
    return true;
  }

  /** All combinations of what fields may stand for in a section. */
  private final class Cross {
    private final int section;
    private final @Nullable FieldValue[] found;
    private final List<List<byte[]>> elements;
    private final ByteSink out = new ByteSink(64);
    private final List<byte[]> entries;

    Cross(
        int section,
        @Nullable FieldValue[] found,
        List<List<byte[]>> elements,
        List<byte[]> entries) {
      this.section = section;
      this.found = found;
      this.elements = elements;
      this.entries = entries;
      out.put(section);
    }

    void from(int field) {
      if (field == fields.length) {
        entries.add(out.toBytes());
        return;
      }
      int length = out.size();
      if ((section & section(field)) == 0) {
        ValueEncoding.put(found[fields[field]], out);
        from(field + 1);
      } else {
        for (byte[] element : elements.get(field)) {
          out.cut(length);
          out.put(element);
          from(field + 1);
        }
      }
      out.cut(length);
    }
  }

  private static List<byte[]> elements(@Nullable FieldValue value) {
    if (!(value instanceof FieldValue.Elements list)) {
      return List.of();
    }
    TreeSet<byte[]> distinct = new TreeSet<>(Arrays::compareUnsigned);
    ByteSink out = new ByteSink(32);
    for (FieldValue element : list.elements()) {
      out.cut(0);
      ValueEncoding.put(element, out);
      distinct.add(out.toBytes());
      if (distinct.size() > MOST) {
        break;
      }
    }
    return List.copyOf(distinct);
  }
}
