package dev.weir.store.filter;

import dev.weir.store.Filter.Field;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fields that a filter names, by their names from the outside in. Not changed after set-up. */
final class FieldTree {
  private final Node root = new Node();
  private int size;

  /** A field, or an object on the way to one. */
  static final class Node {
    private final Map<String, Node> children = new HashMap<>();
    private int index = -1;

    /** Number of the field among those named; -1 = only fields within it are. */
    int index() {
      return index;
    }

    boolean hasChildren() {
      return !children.isEmpty();
    }

    @Nullable Node child(String name) {
      return children.get(name);
    }
  }

  Node root() {
    return root;
  }

  /** How many fields are named. */
  int size() {
    return size;
  }

  /** The number of a field, from 0; the same for the same field. */
  int index(Field field) {
    Node node = root;
    for (String name : field.names()) {
      node = node.children.computeIfAbsent(name, n -> new Node());
    }
    if (node.index < 0) {
      node.index = size++;
    }
    return node.index;
  }
}
