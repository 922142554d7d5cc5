package dev.weir.query.http;

import dev.weir.store.Catalogue;
import dev.weir.store.CollectionDefinition;
import dev.weir.store.DefinitionChange;
import dev.weir.store.SourceDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Says in words what changes of the definitions mean against those that stand. */
final class DefinitionPreview {
  private DefinitionPreview() {}

  /** One line for every change that would have an effect, in order. */
  static List<String> describe(Catalogue catalogue, List<DefinitionChange> changes) {
    List<String> lines = new ArrayList<>();
    for (DefinitionChange change : changes) {
      String line = describe(catalogue, change);
      if (!line.isEmpty()) {
        lines.add(line);
      }
    }
    return lines;
  }

  private static String describe(Catalogue catalogue, DefinitionChange change) {
    if (change instanceof DefinitionChange.PutCollection put) {
      return catalogue
          .collection(put.definition().name())
          .map(old -> difference(old, put.definition()))
          .orElseGet(() -> addition(put.definition()));
    }
    if (change instanceof DefinitionChange.PutSource put) {
      return catalogue
          .source(put.definition().name())
          .map(old -> difference(old, put.definition()))
          .orElse("add source " + put.definition().name());
    }
    if (change instanceof DefinitionChange.PutIndex put) {
      return describe(catalogue, put);
    }
    if (change instanceof DefinitionChange.DropIndex drop) {
      return "drop index " + drop.collection() + "." + drop.name();
    }
    if (change instanceof DefinitionChange.DropCollection drop) {
      return "drop collection " + drop.name() + " and its documents";
    }
    return "drop source " + ((DefinitionChange.DropSource) change).name();
  }

  private static String describe(Catalogue catalogue, DefinitionChange.PutIndex put) {
    String name = put.collection() + "." + put.definition().name();
    return catalogue
        .collection(put.collection())
        .flatMap(collection -> catalogue.index(collection.id(), put.definition().name()))
        .map(old -> old.isLike(put.definition()) ? "" : "change index " + name)
        .orElse("add index " + name);
  }

  private static String addition(CollectionDefinition wanted) {
    CollectionDefinition.Edge edge = wanted.edge();
    return edge == null
        ? "add collection " + wanted.name()
        : "add edges " + wanted.name() + " from " + edge.from() + " to " + edge.to();
  }

  private static String difference(CollectionDefinition old, CollectionDefinition wanted) {
    List<String> parts = new ArrayList<>();
    CollectionDefinition.Edge was = old.edge();
    CollectionDefinition.Edge now = wanted.edge();
    if (was == null || now == null) {
      add(parts, "kind", was == null, now == null);
      add(parts, "key", old.keyType().text(), wanted.keyType().text());
    } else {
      add(parts, "ends, id or field", true, was.isLike(now));
      add(parts, "inverse", was.inverse(), now.inverse());
    }
    add(parts, "value", old.format(), wanted.format());
    add(parts, "writer", old.writer(), wanted.writer());
    add(parts, "schema", old.schema(), wanted.schema());
    add(parts, "consistency", old.consistency(), wanted.consistency());
    String kind = was == null ? "collection " : "edges ";
    return parts.isEmpty() ? "" : "change " + kind + old.name() + ": " + String.join(", ", parts);
  }

  private static String difference(SourceDefinition old, SourceDefinition wanted) {
    List<String> parts = new ArrayList<>();
    add(parts, "topic", old.topic(), wanted.topic());
    add(parts, "collection", old.collection(), wanted.collection());
    add(parts, "mapping", old.mapping(), wanted.mapping());
    return parts.isEmpty() ? "" : "change source " + old.name() + ": " + String.join(", ", parts);
  }

  private static void add(
      List<String> parts, String name, @Nullable Object old, @Nullable Object wanted) {
    if (!Objects.equals(old, wanted)) {
      parts.add(name);
    }
  }
}
