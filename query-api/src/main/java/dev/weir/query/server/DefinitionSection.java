package dev.weir.query.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.store.DefinitionReader;
import dev.weir.store.Fault;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Reads the collections and sources of a tree and sees to it that they fit together. */
final class DefinitionSection {

  private DefinitionSection() {}

  static WeirConfig.Definitions read(
      ObjectNode tree, WeirConfig.Ingest ingest, List<Fault> faults) {
    ObjectNode part = JsonNodeFactory.instance.objectNode();
    for (String list : List.of("collections", "sources")) {
      JsonNode node = tree.get(list);
      if (node != null) {
        part.set(list, node);
      }
    }
    var read = DefinitionReader.definitions(part, Set.of());
    faults.addAll(read.faults());
    checkTargets(part, faults);
    return read.value()
        .map(d -> new WeirConfig.Definitions(d.collections(), d.sources(), ingest))
        .orElseGet(() -> new WeirConfig.Definitions(List.of(), List.of(), ingest));
  }

  /** A source without its collection could not start, so it is told before anything does. */
  private static void checkTargets(ObjectNode part, List<Fault> faults) {
    Set<String> names = new LinkedHashSet<>(part.path("collections").findValuesAsText("name"));
    JsonNode sources = part.path("sources");
    for (int i = 0; i < sources.size(); i++) {
      String target = sources.path(i).path("collection").asText();
      if (!target.isEmpty() && !names.contains(target)) {
        faults.add(Fault.undeclared("sources[" + i + "].collection", "collection", target, names));
      }
    }
  }
}
