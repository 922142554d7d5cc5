package dev.weir.client;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One hop of a walk: edges that it may follow, and vertices that it may reach. Immutable; each
 * method gives a new hop.
 */
public final class Hop {
  private static final Hop NOWHERE = new Hop(List.of(), null);

  private final List<Along> edges;
  private final @Nullable ObjectNode vertices;

  private Hop(List<Along> edges, @Nullable ObjectNode vertices) {
    this.edges = List.copyOf(edges);
    this.vertices = vertices;
  }

  /** Which way edges are passed. */
  public enum Direction {
    /** From where they begin to where they end. */
    OUT,
    /** From where they end to where they begin. */
    IN,
    /** Either way. */
    BOTH
  }

  /** Edges of one type that are passed one way. */
  private record Along(String type, Direction direction, @Nullable ObjectNode where) {}

  /** Along edges of a type from where they begin. */
  public static Hop out(String edges) {
    return NOWHERE.or(edges, Direction.OUT);
  }

  /** Along edges of a type from where they end. */
  public static Hop in(String edges) {
    return NOWHERE.or(edges, Direction.IN);
  }

  /** Along edges of a type, whichever way. */
  public static Hop both(String edges) {
    return NOWHERE.or(edges, Direction.BOTH);
  }

  /** Along edges of another type as well. */
  public Hop or(String type, Direction direction) {
    return with(new Along(type, direction, null));
  }

  /**
   * Only to vertices that fulfil a condition.
   *
   * @param condition on their documents
   */
  public Hop reaching(ObjectNode condition) {
    return new Hop(edges, condition);
  }

  /**
   * Only along edges of the type named last that fulfil a condition.
   *
   * @param condition on the edges' properties
   */
  public Hop where(ObjectNode condition) {
    List<Along> others = new ArrayList<>(edges);
    Along last = others.remove(others.size() - 1);
    others.add(new Along(last.type(), last.direction(), condition));
    return new Hop(others, vertices);
  }

  private Hop with(Along along) {
    List<Along> more = new ArrayList<>(edges);
    more.add(along);
    return new Hop(more, vertices);
  }

  ObjectNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    var list = json.putArray("edges");
    for (Along each : edges) {
      ObjectNode step =
          list.addObject()
              .put("type", each.type())
              .put("direction", each.direction().name().toLowerCase(Locale.ROOT));
      if (each.where() != null) {
        step.set("where", each.where());
      }
    }
    if (vertices != null) {
      json.set("vertices", vertices);
    }
    return json;
  }
}
