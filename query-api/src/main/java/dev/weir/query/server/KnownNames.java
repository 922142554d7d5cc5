package dev.weir.query.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.store.Fault;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Finds settings that do not exist: a misspelt one would otherwise be silently without effect. */
final class KnownNames {

  /** Maps and lists that have readers of their own. */
  static final List<String> SECTIONS = List.of("kafka", "collections", "edges", "sources");

  private KnownNames() {}

  static void check(ObjectNode tree, List<Fault> faults) {
    check(tree, "", faults);
  }

  private static void check(JsonNode node, String path, List<Fault> faults) {
    Set<String> known = namesUnder(path);
    node.fieldNames()
        .forEachRemaining(
            name -> {
              String at = path.isEmpty() ? name : path + "." + name;
              if (!known.contains(name)) {
                faults.add(Fault.unknown(at, "setting", name, known));
              } else if (!SECTIONS.contains(at) && Setting.at(at).isEmpty()) {
                checkGroup(node.path(name), at, faults);
              }
            });
  }

  private static void checkGroup(JsonNode group, String path, List<Fault> faults) {
    if (group.isObject()) {
      check(group, path, faults);
    } else if (!group.isNull()) {
      faults.add(
          new Fault(
              path, "not a map", "write lines under it: " + String.join(", ", namesUnder(path))));
    }
  }

  private static Set<String> namesUnder(String path) {
    Set<String> names = new LinkedHashSet<>();
    for (Setting setting : Setting.values()) {
      if (path.isEmpty()) {
        names.add(setting.steps().get(0));
      } else if (setting.path().startsWith(path + ".")) {
        names.add(setting.path().substring(path.length() + 1).split("\\.", 2)[0]);
      }
    }
    if (path.isEmpty()) {
      names.addAll(SECTIONS);
    }
    return names;
  }
}
