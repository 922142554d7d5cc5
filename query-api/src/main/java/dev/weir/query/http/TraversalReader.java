package dev.weir.query.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.graph.Direction;
import dev.weir.graph.traverse.Budget;
import dev.weir.graph.traverse.Details;
import dev.weir.graph.traverse.Hop;
import dev.weir.graph.traverse.Step;
import dev.weir.graph.traverse.TraversalChecks;
import dev.weir.graph.traverse.VertexId;
import dev.weir.query.search.FilterText;
import dev.weir.store.CollectionDefinition;
import dev.weir.store.DefinitionReader.Read;
import dev.weir.store.Fault;
import dev.weir.store.Filter;
import dev.weir.store.FilterReader;
import dev.weir.store.GraphQuery.Wanted;
import dev.weir.store.InvalidKeyException;
import dev.weir.store.Key;
import dev.weir.store.KeyCodec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads the bodies of traversals; what is wrong is gathered, so that all of it is told at once. */
final class TraversalReader {
  /** Most vertices of an answer that may be asked for. */
  static final int MOST_VERTICES = 100_000;

  /** Most edges that may be looked at. */
  static final int MOST_EDGES = 2_000_000;

  /** Longest time that may be asked for, in milliseconds. */
  static final int MOST_MILLIS = 60_000;

  private static final Map<String, Direction> DIRECTIONS =
      Map.of("out", Direction.OUT, "in", Direction.IN, "both", Direction.BOTH);
  private static final Map<String, Wanted> DOCUMENTS =
      Map.of("none", Wanted.NOTHING, "existence", Wanted.EXISTENCE, "all", Wanted.FIELDS);

  private final Collections collections;
  private final List<Fault> faults = new ArrayList<>();

  TraversalReader(Collections collections) {
    this.collections = collections;
  }

  /** The faults found so far as a problem, if there are any. */
  void end() throws ProblemException {
    if (!faults.isEmpty()) {
      throw new ProblemException(problem(faults));
    }
  }

  static Problem problem(List<Fault> faults) {
    return Faults.problem(ProblemType.INVALID_TRAVERSAL, "The traversal has", faults);
  }

  /** Notes members that nobody reads. */
  void members(JsonNode object, String path, String... known) {
    if (!object.isObject()) {
      fault(path, "not a JSON object", "see the operation's schema in /openapi.json");
      return;
    }
    for (var member : object.properties()) {
      if (!List.of(known).contains(member.getKey())) {
        faults.add(Fault.unknown(path, "member", member.getKey(), List.of(known)));
      }
    }
  }

  /** A vertex: its collection and its key in JSON. */
  VertexId vertex(JsonNode json, String path) throws ProblemException {
    members(json, path, "collection", "key");
    String name = json.path("collection").asText();
    Optional<CollectionDefinition> found = collections.find(name);
    if (found.isEmpty() || found.get().edge() != null) {
      faults.add(
          Fault.undeclared(path + ".collection", "collection of vertices", name, names(false)));
      return new VertexId(0, Key.ofEncoded(new byte[0]));
    }
    CollectionDefinition collection = found.get();
    try {
      Key key = KeyCodec.of(collection.keyType()).fromJson(json.path("key"));
      return new VertexId(collection.id(), collections.checked(key, collection));
    } catch (InvalidKeyException e) {
      fault(path + ".key", String.valueOf(e.getMessage()), "it is of type " + type(collection));
      return new VertexId(0, Key.ofEncoded(new byte[0]));
    }
  }

  private static String type(CollectionDefinition collection) {
    return collection.keyType().text();
  }

  private List<String> names(boolean edges) {
    TreeSet<String> names = new TreeSet<>();
    for (CollectionDefinition each : collections.all()) {
      if ((each.edge() != null) == edges) {
        names.add(each.name());
      }
    }
    return List.copyOf(names);
  }

  /** The hops of a walk: a list that may be repeated. */
  List<Hop> hops(JsonNode body) {
    JsonNode list = body.path("hops");
    List<Hop> once = new ArrayList<>();
    if (!list.isArray() || list.isEmpty()) {
      fault("hops", "not a list of hops", "write [{\"edges\":[{\"type\":\"…\"}]}]");
      return once;
    }
    for (int i = 0; i < list.size(); i++) {
      once.add(hop(list.get(i), "hops[" + i + "]"));
    }
    long times = number(body, "times", 1, 1);
    if (times * once.size() > TraversalChecks.MOST_HOPS) {
      fault(
          body.has("times") ? "times" : "hops",
          times * once.size() + " hops",
          "walk 1 to " + TraversalChecks.MOST_HOPS);
      return once;
    }
    List<Hop> all = new ArrayList<>();
    for (long i = 0; i < times; i++) {
      all.addAll(once);
    }
    return all;
  }

  Hop hop(JsonNode json, String path) {
    members(json, path, "edges", "vertices");
    JsonNode list = json.path("edges");
    List<Step> steps = new ArrayList<>();
    if (!list.isArray() || list.isEmpty()) {
      fault(path + ".edges", "not a list of edge types", "write [{\"type\":\"…\"}]");
    }
    for (JsonNode step : list) {
      step(step, path + ".edges[" + steps.size() + "]").ifPresent(steps::add);
    }
    return new Hop(steps, filter(json.path("vertices"), path + ".vertices"));
  }

  private Optional<Step> step(JsonNode json, String path) {
    members(json, path, "type", "direction", "where");
    Filter filter = filter(json.path("where"), path + ".where");
    Direction direction = word(json, "direction", path + ".direction", DIRECTIONS, Direction.OUT);
    return edges(json.path("type").asText(), path + ".type")
        .map(edges -> new Step(edges.id(), direction, filter));
  }

  /** An edge type by its name. */
  Optional<CollectionDefinition> edges(String name, String path) {
    Optional<CollectionDefinition> found =
        collections.find(name).filter(collection -> collection.edge() != null);
    if (found.isEmpty()) {
      faults.add(Fault.undeclared(path, "edge type", name, names(true)));
    }
    return found;
  }

  /**
   * A filter as JSON, or as a text with an expression; null if there is none, or none that can be
   * read.
   */
  @Nullable Filter filter(JsonNode json, String path) {
    if (json.isMissingNode() || json.isNull()) {
      return null;
    }
    if (json.isTextual()) {
      FilterText.Reading reading = FilterText.read(json.textValue());
      if (reading instanceof FilterText.Reading.BadExpression bad) {
        String where = "at character " + bad.at().position() + ", ";
        faults.add(new Fault(path, where + bad.at().problem(), "expected " + bad.at().expected()));
        return null;
      } else if (reading instanceof FilterText.Reading.Good good) {
        return good.filter();
      }
    }
    Read<Filter> read = FilterReader.read(json);
    read.faults().forEach(each -> faults.add(each.under(path)));
    return read.value().orElse(null);
  }

  Budget budget(JsonNode json) {
    Budget usual = Budget.USUAL;
    if (json.isMissingNode()) {
      return usual;
    }
    members(json, "budget", "vertices", "edges", "fanOut", "milliseconds");
    return new Budget(
        bounded(json, "vertices", usual.vertices(), MOST_VERTICES),
        bounded(json, "edges", usual.edges(), MOST_EDGES),
        (int) bounded(json, "fanOut", usual.fanOut(), MOST_EDGES),
        Duration.ofMillis(bounded(json, "milliseconds", usual.time().toMillis(), MOST_MILLIS)));
  }

  private long bounded(JsonNode json, String member, long otherwise, long most) {
    JsonNode value = json.path(member);
    if (value.isMissingNode()) {
      return otherwise;
    }
    if (!value.canConvertToLong()
        || !value.isIntegralNumber()
        || value.longValue() < 1
        || value.longValue() > most) {
      fault("budget." + member, value + " is no budget", "give a whole number from 1 to " + most);
      return otherwise;
    }
    return value.longValue();
  }

  /** A whole number of at least {@code least}. */
  long number(JsonNode json, String member, long least, long otherwise) {
    JsonNode value = json.path(member);
    if (value.isMissingNode()) {
      return otherwise;
    }
    if (!value.isIntegralNumber() || !value.canConvertToInt() || value.intValue() < least) {
      fault(member, value + " is not possible", "give a whole number of at least " + least);
      return otherwise;
    }
    return value.intValue();
  }

  Details details(JsonNode json) {
    Wanted documents = word(json, "documents", "documents", DOCUMENTS, Wanted.EXISTENCE);
    List<String> fields = new ArrayList<>();
    JsonNode list = json.path("fields");
    if (!list.isMissingNode() && !list.isArray()) {
      fault("fields", "not a list", "write names in square brackets");
    }
    list.forEach(field -> fields.add(field.asText()));
    JsonNode values = json.path("edgeValues");
    if (!values.isMissingNode() && !values.isBoolean()) {
      fault("edgeValues", "neither true nor false", "write true or false");
    }
    return new Details(documents, fields, values.asBoolean(true));
  }

  private <T> T word(JsonNode json, String member, String path, Map<String, T> words, T otherwise) {
    JsonNode value = json.path(member);
    if (value.isMissingNode()) {
      return otherwise;
    }
    T found = words.get(value.asText());
    if (found == null) {
      faults.add(Fault.unknown(path, "word", value.asText(), new TreeSet<>(words.keySet())));
    }
    return found == null ? otherwise : found;
  }

  void fault(String path, String problem, String advice) {
    faults.add(new Fault(path, problem, advice));
  }
}
