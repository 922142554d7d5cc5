package dev.weir.query.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What wins over a file: environment variables, and over them settings from the command line.
 *
 * <p>A variable has the name of {@link Setting#variable}. {@code WEIR_KAFKA_} followed by a Kafka
 * property in capitals, with underscores for its dots, sets that property; one with underscores in
 * its own name cannot be set so. Other variables are left alone: orchestrators add some that begin
 * with a service's name.
 *
 * @param environment by name
 * @param given by path; a path may also be {@code kafka.} and a property
 */
record Overrides(Map<String, String> environment, Map<String, String> given) {

  private static final String KAFKA_VARIABLE = "WEIR_KAFKA_";
  private static final String KAFKA_PATH = "kafka.";

  Overrides {
    environment = Map.copyOf(environment);
    given = Map.copyOf(given);
  }

  static Overrides none() {
    return new Overrides(Map.of(), Map.of());
  }

  /** A copy of the tree in which they have won. */
  ObjectNode onto(ObjectNode tree) {
    ObjectNode merged = tree.deepCopy();
    for (Setting setting : Setting.values()) {
      String value = environment.get(setting.variable());
      if (value != null) {
        put(merged, setting.steps(), value);
      }
    }
    new TreeMap<>(environment)
        .forEach(
            (name, value) -> {
              if (name.startsWith(KAFKA_VARIABLE)) {
                put(merged, List.of("kafka", kafkaProperty(name)), value);
              }
            });
    new TreeMap<>(given)
        .forEach(
            (path, value) ->
                put(
                    merged,
                    path.startsWith(KAFKA_PATH)
                        ? List.of("kafka", path.substring(KAFKA_PATH.length()))
                        : List.of(path.split("\\.", -1)),
                    value));
    return merged;
  }

  private static String kafkaProperty(String variable) {
    return variable.substring(KAFKA_VARIABLE.length()).toLowerCase(Locale.ROOT).replace('_', '.');
  }

  /** A value that is not a map where one is needed is replaced: the override wins as a whole. */
  private static void put(ObjectNode tree, List<String> steps, String value) {
    ObjectNode node = tree;
    for (String step : steps.subList(0, steps.size() - 1)) {
      JsonNode next = node.get(step);
      node = next instanceof ObjectNode object ? object : node.putObject(step);
    }
    node.put(steps.get(steps.size() - 1), value);
  }
}
