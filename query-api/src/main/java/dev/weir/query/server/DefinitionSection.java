package dev.weir.query.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.store.DefinitionReader;
import dev.weir.store.Fault;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads the collections, edge types and sources of a tree and sees to it that they fit together.
 */
final class DefinitionSection {

  private DefinitionSection() {}

  static WeirConfig.Definitions read(
      ObjectNode tree, WeirConfig.Ingest ingest, List<Fault> faults) {
    ObjectNode part = JsonNodeFactory.instance.objectNode();
    for (String list : List.of("collections", "edges", "sources")) {
      JsonNode node = tree.get(list);
      if (node != null) {
        part.set(list, node);
      }
    }
    var read = DefinitionReader.definitions(part, Set.of());
    faults.addAll(read.faults());
    checkTargets(part, faults);
    return read.value()
        .map(d -> new WeirConfig.Definitions(d.collections(), d.sources(), d.indexes(), ingest))
        .orElseGet(() -> new WeirConfig.Definitions(List.of(), List.of(), List.of(), ingest));
  }

  /** What names a collection that is not there could not start: it is told before anything does. */
  private static void checkTargets(ObjectNode part, List<Fault> faults) {
    Set<String> names = new LinkedHashSet<>(names(part.path("collections")));
    JsonNode edges = part.path("edges");
    for (int i = 0; i < edges.size(); i++) {
      for (String end : List.of("from", "to")) {
        checkTarget(edges.path(i), "edges[" + i + "].", end, names, faults);
      }
    }
    names.addAll(names(edges));
    JsonNode sources = part.path("sources");
    for (int i = 0; i < sources.size(); i++) {
      checkTarget(sources.path(i), "sources[" + i + "].", "collection", names, faults);
    }
  }

  private static void checkTarget(
      JsonNode definition, String path, String field, Set<String> names, List<Fault> faults) {
    String target = definition.path(field).asText();
    if (!target.isEmpty() && !names.contains(target)) {
      faults.add(Fault.undeclared(path + field, "collection", target, names));
    }
  }

  private static List<String> names(JsonNode definitions) {
    List<String> names = new ArrayList<>();
    definitions.forEach(definition -> names.add(definition.path("name").asText()));
    return names;
  }
}
