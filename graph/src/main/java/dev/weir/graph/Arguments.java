package dev.weir.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Values for an algorithm's parameters, checked and typed. Immutable. */
public final class Arguments {

  private final Map<String, Object> values;

  private Arguments(Map<String, Object> values) {
    this.values = values;
  }

  /** What came of reading arguments. */
  public sealed interface Reading {}

  /** They can be used. */
  public record Good(Arguments arguments) implements Reading {}

  /**
   * They cannot.
   *
   * @param faults everything that is wrong, each naming what is allowed; at least one
   */
  public record Bad(List<String> faults) implements Reading {}

  /**
   * Reads arguments as a person writes them.
   *
   * @param algorithm whose parameters they are for
   * @param texts values by name
   */
  public static Reading read(Algorithm algorithm, Map<String, String> texts) {
    List<String> faults = new ArrayList<>();
    Map<String, Object> values = new TreeMap<>();
    Map<String, String> rest = new TreeMap<>(texts);
    for (Parameter parameter : algorithm.parameters()) {
      String set = rest.remove(parameter.name());
      String text = set == null ? parameter.preset() : set;
      if (text == null) {
        faults.add(algorithm.name() + " must be told " + parameter.allowed());
        continue;
      }
      try {
        values.put(parameter.name(), parameter.read(text));
      } catch (IllegalArgumentException e) {
        faults.add(String.valueOf(e.getMessage()));
      }
    }
    rest.keySet().forEach(name -> faults.add(unknown(algorithm, name)));
    return faults.isEmpty() ? new Good(new Arguments(values)) : new Bad(List.copyOf(faults));
  }

  private static String unknown(Algorithm algorithm, String name) {
    List<String> allowed = algorithm.parameters().stream().map(Parameter::allowed).toList();
    return algorithm.name()
        + " has no parameter '"
        + name
        + "'; "
        + (allowed.isEmpty() ? "it has none" : "it has " + String.join("; ", allowed));
  }

  /** A whole number. */
  public int integer(String name) {
    return Math.toIntExact(get(name, Long.class));
  }

  /** A number. */
  public double number(String name) {
    return get(name, Double.class);
  }

  /** The id of a vertex. */
  public long vertex(String name) {
    return get(name, Long.class);
  }

  /** Ids of vertices. */
  public List<Long> vertices(String name) {
    return ((List<?>) get(name, List.class)).stream().map(Long.class::cast).toList();
  }

  private <T> T get(String name, Class<T> type) {
    Object value = values.get(name);
    if (!type.isInstance(value)) {
      throw new IllegalArgumentException("there is no such parameter: " + name);
    }
    return type.cast(value);
  }
}
