package dev.weir.graph.job;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.graph.Algorithm;
import dev.weir.graph.Arguments;
import dev.weir.graph.Need;
import dev.weir.graph.Parameter;
import dev.weir.graph.algorithms.Algorithms;
import dev.weir.store.Catalogue;
import dev.weir.store.CollectionDefinition;
import dev.weir.store.DefinitionReader;
import dev.weir.store.EdgeKeys;
import dev.weir.store.Filter;
import dev.weir.store.FilterReader;
import dev.weir.store.InvalidKeyException;
import dev.weir.store.Key;
import dev.weir.store.KeyCodec;
import dev.weir.store.ShardMap;
import dev.weir.store.filter.FilterMatcher;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A request together with the definitions it speaks of. Immutable.
 *
 * @param build what makes up the graph
 * @param soughtParameters the parameter that each sought vertex belongs to, in their order
 */
record JobPlan(
    JobRequest request, Algorithm algorithm, BuildPlan build, List<String> soughtParameters) {

  private static final int MOST_COLLECTIONS = 100;

  /** What came of planning: a plan, or what is wrong; exactly one of them is there. */
  record Planning(@Nullable JobPlan plan, List<String> faults) {}

  /** Looks up what a request speaks of. */
  static Planning of(JobRequest request, Catalogue catalogue, ShardMap shards) {
    List<String> faults = new ArrayList<>();
    Optional<Algorithm> algorithm = Algorithms.named(request.algorithm());
    if (algorithm.isEmpty()) {
      faults.add(
          "algorithm: there is none called '"
              + request.algorithm()
              + "'; there are "
              + String.join(", ", Algorithms.all().stream().map(Algorithm::name).toList()));
    }
    List<CollectionDefinition> vertices = new ArrayList<>();
    List<BuildPlan.EdgeUse> edges = edges(request, catalogue, vertices, faults);
    FilterMatcher vertexFilter = filter("vertexFilter", request.vertexFilter(), vertices, faults);
    List<CollectionDefinition> types = edges.stream().map(BuildPlan.EdgeUse::definition).toList();
    FilterMatcher edgeFilter = filter("edgeFilter", request.edgeFilter(), types, faults);
    List<byte[]> sought = new ArrayList<>();
    List<String> soughtParameters = new ArrayList<>();
    if (algorithm.isPresent() && faults.isEmpty()) {
      Sought looking = new Sought(vertices, sought, soughtParameters, faults);
      looking.collect(algorithm.get(), request.parameters());
      boolean weights =
          algorithm.get().needs().contains(Need.WEIGHTS)
              || algorithm.get().needs().contains(Need.NON_NEGATIVE_WEIGHTS);
      if (weights && request.weight() == null) {
        faults.add("weight: " + request.algorithm() + " needs the field that holds weights");
      }
    }
    if (!faults.isEmpty() || algorithm.isEmpty()) {
      return new Planning(null, List.copyOf(faults));
    }
    boolean inEdges = algorithm.get().needs().contains(Need.IN_EDGES);
    BuildPlan build =
        new BuildPlan(
            shards,
            List.copyOf(vertices),
            List.copyOf(edges),
            !request.undirected(),
            inEdges,
            request.weight(),
            vertexFilter,
            edgeFilter,
            List.copyOf(sought));
    return new Planning(
        new JobPlan(request, algorithm.get(), build, List.copyOf(soughtParameters)), List.of());
  }

  private static List<BuildPlan.EdgeUse> edges(
      JobRequest request,
      Catalogue catalogue,
      List<CollectionDefinition> vertices,
      List<String> faults) {
    List<BuildPlan.EdgeUse> edges = new ArrayList<>();
    Map<String, CollectionDefinition> known = new TreeMap<>();
    for (JobRequest.Edges each : request.edges()) {
      CollectionDefinition type = catalogue.collection(each.type()).orElse(null);
      CollectionDefinition.Edge edge = type == null ? null : type.edge();
      if (type == null || edge == null) {
        faults.add("edges: there is no edge type '" + each.type() + "'; " + types(catalogue));
        continue;
      }
      for (String end : List.of(edge.from(), edge.to())) {
        catalogue.collection(end).ifPresent(collection -> known.put(end, collection));
      }
    }
    known.values().stream()
        .sorted(Comparator.comparingInt(CollectionDefinition::id))
        .forEach(vertices::add);
    if (vertices.size() > MOST_COLLECTIONS) {
      faults.add("edges: at most " + MOST_COLLECTIONS + " collections of vertices");
    }
    if (faults.isEmpty()) {
      for (JobRequest.Edges each : request.edges()) {
        CollectionDefinition type = catalogue.collection(each.type()).orElseThrow();
        CollectionDefinition.Edge edge = Objects.requireNonNull(type.edge());
        edges.add(
            new BuildPlan.EdgeUse(
                type,
                EdgeKeys.of(type),
                place(vertices, edge.from()),
                place(vertices, edge.to()),
                each.reversed()));
      }
    }
    return edges;
  }

  private static String types(Catalogue catalogue) {
    List<String> names =
        catalogue.collections().stream()
            .filter(collection -> collection.edge() != null)
            .map(CollectionDefinition::name)
            .toList();
    return names.isEmpty() ? "none is defined" : "there are " + String.join(", ", names);
  }

  private static int place(List<CollectionDefinition> vertices, String name) {
    for (int place = 0; place < vertices.size(); place++) {
      if (vertices.get(place).name().equals(name)) {
        return place;
      }
    }
    throw new IllegalStateException("an end that is no collection: " + name);
  }

  private static @Nullable FilterMatcher filter(
      String field, @Nullable JsonNode json, List<CollectionDefinition> of, List<String> faults) {
    if (json == null) {
      return null;
    }
    for (CollectionDefinition each : of) {
      if (!each.format().equals("json")) {
        faults.add(
            "%s: a condition looks at fields, and the values of '%s' are %s: leave it out"
                .formatted(field, each.name(), each.format()));
      }
    }
    DefinitionReader.Read<Filter> read = FilterReader.read(json);
    read.faults().forEach(fault -> faults.add(fault.under(field).toString()));
    return read.value().map(FilterMatcher::of).orElse(null);
  }

  /** Finds the vertices that parameters speak of. */
  private record Sought(
      List<CollectionDefinition> vertices,
      List<byte[]> keys,
      List<String> parameters,
      List<String> faults) {

    void collect(Algorithm algorithm, Map<String, String> given) {
      Map<String, String> texts = new LinkedHashMap<>(given);
      for (Parameter parameter : algorithm.parameters()) {
        String text = texts.get(parameter.name());
        boolean one = parameter.kind() == Parameter.Kind.VERTEX;
        if (text != null && (one || parameter.kind() == Parameter.Kind.VERTICES)) {
          for (String each : one ? new String[] {text} : text.split(",", -1)) {
            add(parameter.name(), each.strip());
          }
          // Any id will do: which vertex it is shows in the graph only.
          texts.put(parameter.name(), "0");
        }
      }
      if (Arguments.read(algorithm, texts) instanceof Arguments.Bad bad) {
        bad.faults().forEach(fault -> faults.add("parameters: " + fault));
      }
    }

    private void add(String parameter, String text) {
      int tag = 0;
      String key = text;
      if (vertices.size() > 1) {
        int colon = text.indexOf(':');
        String name = colon < 0 ? "" : text.substring(0, colon);
        tag = vertices.stream().map(CollectionDefinition::name).toList().indexOf(name);
        key = text.substring(colon + 1);
      }
      if (tag < 0) {
        faults.add("parameters: " + parameter + ": write collection:key, not '" + text + "'");
        return;
      }
      try {
        Key found = KeyCodec.of(vertices.get(tag).keyType()).fromText(key);
        keys.add(BuildPlan.tagged(tag, found.bytes()));
        parameters.add(parameter);
      } catch (InvalidKeyException e) {
        faults.add("parameters: " + parameter + ": " + e.getMessage());
      }
    }
  }

  /**
   * Arguments for the program, once it is known which vertices are meant.
   *
   * @param ids of the sought vertices
   */
  Arguments arguments(List<Long> ids) {
    Map<String, String> texts = new TreeMap<>(request.parameters());
    for (Parameter parameter : algorithm.parameters()) {
      if (parameter.kind() == Parameter.Kind.VERTEX
          || parameter.kind() == Parameter.Kind.VERTICES) {
        List<String> own = new ArrayList<>();
        for (int i = 0; i < ids.size(); i++) {
          if (soughtParameters.get(i).equals(parameter.name())) {
            own.add(Long.toString(ids.get(i)));
          }
        }
        texts.put(parameter.name(), String.join(",", own));
      }
    }
    Arguments.Reading reading = Arguments.read(algorithm, texts);
    if (reading instanceof Arguments.Good good) {
      return good.arguments();
    }
    throw new IllegalStateException(String.join("; ", ((Arguments.Bad) reading).faults()));
  }

  /** A sought vertex as the user wrote it. */
  String soughtText(int place) {
    byte[] tagged = build.sought().get(place);
    CollectionDefinition collection = build.vertices().get(tagged[0]);
    String key =
        KeyCodec.of(collection.keyType()).toText(Key.ofEncoded(BuildPlan.untagged(tagged)));
    return soughtParameters.get(place) + ": '" + collection.name() + "' has no vertex " + key;
  }
}
