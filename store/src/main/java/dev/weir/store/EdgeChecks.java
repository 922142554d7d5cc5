package dev.weir.store;

import dev.weir.store.CollectionDefinition.Edge;
import dev.weir.store.CollectionDefinition.Writer;
import java.util.ArrayList;
import java.util.List;

/** Whether the definition of an edge type makes sense. Pure, see {@link DefinitionChecks}. */
public final class EdgeChecks {

  private EdgeChecks() {}

  /**
   * What is wrong with what makes a collection an edge type, or with its writer if nothing does.
   */
  static void check(CollectionDefinition collection, List<Fault> faults) {
    Edge edge = collection.edge();
    if (edge == null) {
      if (collection.writer() == Writer.FIELD) {
        faults.add(new Fault("writer", "only edges come from a field", "set it to api or source"));
      }
      return;
    }
    DefinitionChecks.checkName(EdgeParser.FROM, edge.from(), faults);
    DefinitionChecks.checkName(EdgeParser.TO, edge.to(), faults);
    if (edge.inverse() != null) {
      DefinitionChecks.checkName(EdgeParser.INVERSE, edge.inverse(), faults);
      if (edge.inverse().equals(collection.name())) {
        faults.add(
            new Fault(
                EdgeParser.INVERSE,
                "the name of the edges themselves",
                "name the way back, as in likedBy for likes"));
      }
    }
    checkField(collection, edge, faults);
  }

  private static void checkField(CollectionDefinition collection, Edge edge, List<Fault> faults) {
    FieldReference field = edge.field();
    if (field == null) {
      if (collection.writer() == Writer.FIELD) {
        faults.add(
            new Fault(
                EdgeParser.FIELD,
                "missing, and the writer is field",
                "name the field that holds the references, or set the writer to api or source"));
      }
      return;
    }
    if (collection.writer() != Writer.FIELD) {
      faults.add(
          new Fault(
              "writer", "the edges come from a field and from nowhere else", "remove the writer"));
    }
    if (edge.id() != null) {
      faults.add(
          new Fault(
              EdgeParser.ID,
              "edges from a field have none: there is one between the same two ends",
              "remove it, or declare edges without a field"));
    }
    if (!collection.format().equals("json")) {
      faults.add(
          new Fault("value", "edges from a field have their properties in JSON", "remove it"));
    }
    if (field.path().size() > FieldReference.MOST_NAMES) {
      faults.add(
          new Fault(
              EdgeParser.FIELD,
              field.path().size() + " names",
              "write at most " + FieldReference.MOST_NAMES));
    }
    field.path().forEach(name -> DefinitionChecks.checkNames("field", List.of(name), faults));
  }

  /** What keeps an edge type from connecting these collections. */
  public static List<Fault> connecting(
      CollectionDefinition edges, CollectionDefinition from, CollectionDefinition to) {
    List<Fault> faults = new ArrayList<>();
    Edge edge = edges.edge();
    if (edge == null) {
      return faults;
    }
    checkEnd(EdgeParser.FROM, from, faults);
    checkEnd(EdgeParser.TO, to, faults);
    if (edge.field() != null && !from.format().equals("json")) {
      faults.add(
          new Fault(
              EdgeParser.FIELD,
              "the documents of '" + from.name() + "' are " + from.format() + " and have no fields",
              "remove it, or begin the edges at a collection with value: json"));
    }
    int parts = EdgeKeys.of(edges, from, to).size();
    if (parts > KeyType.Tuple.MOST_PARTS) {
      faults.add(
          new Fault(
              "",
              "the keys of the edges would have " + parts + " parts",
              "connect collections with shorter keys, "
                  + KeyType.Tuple.MOST_PARTS
                  + " parts are the most"));
    }
    return faults;
  }

  private static void checkEnd(String path, CollectionDefinition end, List<Fault> faults) {
    if (end.edge() != null) {
      faults.add(
          new Fault(
              path,
              "'" + end.name() + "' are edges themselves",
              "name a collection that is not an edge type"));
    }
  }
}
