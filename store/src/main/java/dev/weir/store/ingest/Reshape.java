package dev.weir.store.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.store.SourceDefinition.Mapping;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Drops and renames fields. Dropped fields are names or paths with dots, renamed ones are names of
 * the top level; a renamed field keeps its place. Immutable.
 */
final class Reshape {

  private final List<String> drop;
  private final Map<String, String> rename;

  /**
   * Prepares the changes.
   *
   * @throws IllegalArgumentException if they contradict each other
   */
  Reshape(Mapping mapping) {
    this.drop = mapping.dropFields();
    this.rename = mapping.renameFields();
    Set<String> targets = new HashSet<>();
    for (String target : rename.values()) {
      if (!targets.add(target)) {
        throw new IllegalArgumentException("two fields are renamed to '" + target + "'");
      }
    }
    for (String name : rename.keySet()) {
      if (drop.contains(name)) {
        throw new IllegalArgumentException("field '" + name + "' is both dropped and renamed");
      }
    }
  }

  boolean isEmpty() {
    return drop.isEmpty() && rename.isEmpty();
  }

  /** Changes {@code object}, or leaves a new one; the argument is not to be used afterwards. */
  ObjectNode apply(ObjectNode object) throws PoisonException {
    for (String path : drop) {
      remove(object, path);
    }
    if (rename.isEmpty()) {
      return object;
    }
    ObjectNode renamed = object.objectNode();
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      String name = rename.getOrDefault(field.getKey(), field.getKey());
      if (renamed.has(name)) {
        throw new PoisonException(
            PoisonReason.RENAME_COLLISION,
            "the document has a field '" + name + "' besides the one that is renamed to it");
      }
      renamed.set(name, field.getValue());
    }
    return renamed;
  }

  private static void remove(JsonNode node, String path) {
    if (!(node instanceof ObjectNode object)) {
      return;
    }
    if (object.remove(path) != null) {
      return;
    }
    int dot = path.indexOf('.');
    JsonNode head = dot < 0 ? null : object.get(path.substring(0, dot));
    if (head != null) {
      remove(head, path.substring(dot + 1));
    }
  }
}
