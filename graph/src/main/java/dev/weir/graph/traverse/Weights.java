package dev.weir.graph.traverse;

import dev.weir.store.filter.NumberField;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** The weights of edges, from a field of their values. */
final class Weights {
  private final String path;
  private final NumberField field;

  Weights(String path) {
    this.path = path;
    this.field = NumberField.of(path);
  }

  /** An edge with its weight. */
  record Weighed(Arc arc, double weight) {}

  /**
   * What was read.
   *
   * @param weight 0 or more; 0 if there is a problem
   * @param problem why there is no weight; null = there is one
   */
  record Reading(double weight, @Nullable String problem) {}

  Reading of(Arc arc) {
    OptionalDouble weight = field.of(arc.link().value());
    if (weight.isEmpty()) {
      return new Reading(0, "its field '" + path + "' is no number");
    }
    double value = weight.getAsDouble();
    if (value < 0) {
      return new Reading(0, "its field '" + path + "' is negative: " + value);
    }
    return Double.isFinite(value)
        ? new Reading(value, null)
        : new Reading(0, "its field '" + path + "' is beyond what can be added up");
  }
}
