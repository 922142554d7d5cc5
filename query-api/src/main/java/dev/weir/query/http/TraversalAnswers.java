package dev.weir.query.http;

import com.fasterxml.jackson.databind.util.RawValue;
import dev.weir.graph.traverse.Arc;
import dev.weir.graph.traverse.Cut;
import dev.weir.graph.traverse.Effort;
import dev.weir.graph.traverse.Neighbourhood;
import dev.weir.graph.traverse.Neighbourhood.Reached;
import dev.weir.graph.traverse.Path;
import dev.weir.graph.traverse.Traversed;
import dev.weir.graph.traverse.VertexId;
import dev.weir.store.Catalogue;
import dev.weir.store.CollectionDefinition;
import dev.weir.store.Document;
import dev.weir.store.GraphQuery.Link;
import dev.weir.store.GraphQuery.Wanted;
import dev.weir.store.Key;
import dev.weir.store.KeyCodec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What walks found, as JSON and problems. */
final class TraversalAnswers {
  private final Catalogue catalogue;
  private final Wanted documents;
  private final boolean edgeValues;

  /**
   * Answers of one walk.
   *
   * @param documents how much of the vertices' documents was asked for
   * @param edgeValues whether the edges' values were
   */
  TraversalAnswers(Catalogue catalogue, Wanted documents, boolean edgeValues) {
    this.catalogue = catalogue;
    this.documents = documents;
    this.edgeValues = edgeValues;
  }

  /** The problem of a walk that found nothing out. */
  Problem problem(Traversed<?> result) {
    if (result instanceof Traversed.Senseless<?> senseless) {
      return TraversalReader.problem(senseless.faults());
    } else if (result instanceof Traversed.NoVertex<?> none) {
      return Problem.of(
              ProblemType.VERTEX_NOT_FOUND, "There is no vertex " + id(none.vertex()) + ".")
          .with("vertex", vertex(none.vertex()));
    } else if (result instanceof Traversed.NoWeight<?> none) {
      CollectionDefinition edges = definition(none.edges());
      return Problem.of(
              ProblemType.NO_WEIGHT,
              "The edge %s cannot be measured: %s."
                  .formatted(id(edges, none.edge()), none.problem()))
          .with("edges", edges.name())
          .with("key", keyJson(edges, none.edge()));
    }
    return Refusals.problem(((Traversed.Refused<?>) result).refusal());
  }

  Map<String, Object> vertices(List<Reached> reached) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("vertices", reached.stream().map(this::reached).toList());
    return json;
  }

  Map<String, Object> subgraph(Neighbourhood found) {
    Map<String, Object> json = vertices(found.reached());
    json.put("edges", found.arcs().stream().map(this::edge).toList());
    return json;
  }

  Map<String, Object> path(Optional<Path> found) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("found", found.isPresent());
    if (found.isPresent()) {
      Path path = found.get();
      json.put("length", path.length());
      json.put("vertices", path.vertices().stream().map(this::vertex).toList());
      json.put("edges", path.arcs().stream().map(this::edge).toList());
    }
    return json;
  }

  /** Adds where a walk was cut, and what it took. */
  static void close(Map<String, Object> json, List<Object> cuts, Effort effort) {
    json.put("cuts", cuts);
    Map<String, Object> took = new LinkedHashMap<>();
    took.put("rounds", effort.rounds());
    took.put("vertices", effort.vertices());
    took.put("edges", effort.edges());
    json.put("effort", took);
  }

  List<Object> cuts(List<Cut> cuts) {
    List<Object> all = new ArrayList<>();
    for (Cut cut : cuts) {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("why", cut.why().name().toLowerCase(Locale.ROOT).replace('_', '-'));
      json.put("distance", cut.distance());
      json.put("vertices", cut.vertices());
      json.put("examples", cut.examples().stream().map(this::vertex).toList());
      all.add(json);
    }
    return all;
  }

  Map<String, Object> reached(Reached reached) {
    Map<String, Object> json = vertex(reached.vertex());
    json.put("distance", reached.distance());
    describe(reached.document(), definition(reached.vertex().collection()), json);
    return json;
  }

  /** Adds what is known of a document. */
  void describe(
      Optional<Document> document, CollectionDefinition collection, Map<String, Object> json) {
    if (documents != Wanted.NOTHING) {
      json.put("exists", document.isPresent());
    }
    if (documents == Wanted.FIELDS && document.isPresent()) {
      json.put("document", raw(Values.format(collection).toJson(document.get().value())));
    }
  }

  Map<String, Object> vertex(VertexId vertex) {
    CollectionDefinition collection = definition(vertex.collection());
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", id(collection, vertex.key()));
    json.put("collection", collection.name());
    json.put("key", keyJson(collection, vertex.key()));
    return json;
  }

  private Map<String, Object> edge(Arc arc) {
    Map<String, Object> json = link(definition(arc.edges()), arc.link());
    json.put("from", id(arc.from()));
    json.put("to", id(arc.to()));
    return json;
  }

  /** An edge without its ends. */
  Map<String, Object> link(CollectionDefinition edges, Link link) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", id(edges, link.edge()));
    json.put("type", edges.name());
    json.put("key", keyJson(edges, link.edge()));
    json.put("version", link.version().text());
    if (edgeValues) {
      json.put("value", raw(Values.format(edges).toJson(link.value())));
    }
    return json;
  }

  /** A vertex or an edge in one text. */
  String id(VertexId vertex) {
    return id(definition(vertex.collection()), vertex.key());
  }

  static String id(CollectionDefinition collection, Key key) {
    return collection.name() + "/" + KeyCodec.of(collection.keyType()).toText(key);
  }

  private static Object keyJson(CollectionDefinition collection, Key key) {
    return KeyCodec.of(collection.keyType()).toJson(key);
  }

  private static RawValue raw(byte[] json) {
    return new RawValue(new String(json, StandardCharsets.UTF_8));
  }

  CollectionDefinition definition(int id) {
    return catalogue.collection(id).orElseThrow();
  }
}
