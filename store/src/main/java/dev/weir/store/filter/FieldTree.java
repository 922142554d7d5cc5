package dev.weir.store.filter;

import dev.weir.store.Filter.Field;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The fields that somebody wants of documents, by their names from the outside in. Not changed
 * after set-up, and then safe from any thread.
 */
public final class FieldTree {
  private final Node root = new Node("");
  private final Set<Field> all = new HashSet<>();
  private int size;

  /** A field, or an object on the way to one. */
  static final class Node {
    /** So many names are compared one by one. */
    private static final int FEW = 8;

    private final byte[] name;
    private final List<Node> children = new ArrayList<>();
    private final Map<String, Node> byName = new HashMap<>();
    private int index = -1;

    Node(String name) {
      this.name = name.getBytes(StandardCharsets.UTF_8);
    }

    /** Number of the field among those named; -1 = only fields within it are. */
    int index() {
      return index;
    }

    boolean hasChildren() {
      return !children.isEmpty();
    }

    @Nullable Node child(String wanted) {
      return byName.get(wanted);
    }

    /** The child whose name stands in a text, without quotes and escapes. */
    @Nullable Node child(byte[] json, int from, int to) {
      if (children.size() > FEW) {
        return byName.get(new String(json, from, to - from, StandardCharsets.UTF_8));
      }
      for (Node child : children) {
        if (Arrays.equals(child.name, 0, child.name.length, json, from, to)) {
          return child;
        }
      }
      return null;
    }

    private Node grow(String wanted) {
      Node child = byName.get(wanted);
      if (child == null) {
        child = new Node(wanted);
        byName.put(wanted, child);
        children.add(child);
      }
      return child;
    }
  }

  Node root() {
    return root;
  }

  /** How many fields are named. */
  public int size() {
    return size;
  }

  /** Whether all fields that are named are among some. */
  public boolean isAmong(Collection<Field> some) {
    return some.containsAll(all);
  }

  /** The number of a field, from 0; the same for the same field. */
  public int index(Field field) {
    Node node = root;
    for (String name : field.names()) {
      node = node.grow(name);
    }
    if (node.index < 0) {
      all.add(field);
      node.index = size++;
    }
    return node.index;
  }

  /**
   * The fields of a document, by their numbers; null = absent or null.
   *
   * @param json as a collection of JSON documents stores it; in anything else, all fields are
   *     absent
   */
  public @Nullable FieldValue[] find(byte[] json) {
    return FieldFinder.find(json, this);
  }
}
