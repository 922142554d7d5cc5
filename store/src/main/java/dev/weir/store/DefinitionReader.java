package dev.weir.store;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.store.DefinitionChange.Mode;
import dev.weir.store.DefinitionChange.PutCollection;
import dev.weir.store.DefinitionChange.PutIndex;
import dev.weir.store.DefinitionChange.PutSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads definitions that people wrote, from {@code weir.yaml} or a request body, and finds all
 * their faults at once. The names are those that {@link CatalogueJson#toJson(Catalogue)} writes.
 */
public final class DefinitionReader {

  private DefinitionReader() {}

  /**
   * What was read.
   *
   * @param value there if and only if there are no faults
   * @param faults in the order of the text
   */
  public record Read<T>(Optional<T> value, List<Fault> faults) {
    public Read {
      faults = List.copyOf(faults);
    }
  }

  /**
   * The definitions of one text; their ids are 0.
   *
   * @param collections in the order of the text, edge types behind the others
   * @param sources in the order of the text
   * @param indexes in the order of the text
   */
  public record Definitions(
      List<CollectionDefinition> collections,
      List<SourceDefinition> sources,
      List<DeclaredIndex> indexes) {
    public Definitions {
      collections = List.copyOf(collections);
      sources = List.copyOf(sources);
      indexes = List.copyOf(indexes);
    }

    /** The changes that put all of them, collections first. */
    public List<DefinitionChange> changes(Mode mode) {
      List<DefinitionChange> changes = new ArrayList<>();
      collections.forEach(c -> changes.add(new PutCollection(c, mode)));
      indexes.forEach(i -> changes.add(new PutIndex(i.collection(), i.definition(), mode)));
      sources.forEach(s -> changes.add(new PutSource(s, mode)));
      return changes;
    }
  }

  /**
   * An index as it stands with its collection.
   *
   * @param collection name of the collection
   * @param definition without ids
   */
  public record DeclaredIndex(String collection, IndexDefinition definition) {}

  /** Reads one collection. */
  public static Read<CollectionDefinition> collection(JsonNode json) {
    DefinitionParser parser = new DefinitionParser(false);
    CollectionDefinition collection = parser.collection(json, "");
    return read(collection, parser, List.of(), check(collection));
  }

  /** Reads one source; whether it fits its collection is not known here. */
  public static Read<SourceDefinition> source(JsonNode json) {
    DefinitionParser parser = new DefinitionParser(false);
    SourceDefinition source = parser.source(json, "");
    return read(source, parser, List.of(), check(source));
  }

  /** Reads one edge type; whether its ends exist is not known here. */
  public static Read<CollectionDefinition> edges(JsonNode json) {
    DefinitionParser parser = new DefinitionParser(false);
    CollectionDefinition edges = parser.edges(json, "");
    return read(edges, parser, List.of(), check(edges));
  }

  /**
   * Reads the lists {@code collections}, {@code edges} and {@code sources} of an object, any of
   * which may be absent.
   *
   * @param others names of further fields that somebody else reads
   */
  public static Read<Definitions> definitions(JsonNode json, Set<String> others) {
    DefinitionParser parser = new DefinitionParser(false);
    parser.declareIndexes();
    JsonFields fields = new JsonFields(json, "", parser.faults());
    List<CollectionDefinition> vertices = parser.collections(fields);
    List<CollectionDefinition> all = new ArrayList<>(vertices);
    for (CollectionDefinition edges : parser.edges(fields)) {
      all.add(EdgeParser.known(edges, vertices).orElse(edges));
    }
    List<DefinitionParser.Declared> declared = parser.declared();
    Definitions definitions =
        new Definitions(
            all,
            parser.sources(fields),
            declared.stream().map(DefinitionParser.Declared::index).toList());
    others.forEach(fields::get);
    fields.end();
    List<Fault> faults = new ArrayList<>();
    List<CollectionDefinition> sound = new ArrayList<>();
    for (int i = 0; i < definitions.collections().size(); i++) {
      CollectionDefinition collection = definitions.collections().get(i);
      String path = path(i, vertices.size());
      check(collection).forEach(f -> faults.add(f.under(path)));
      checkEnds(collection, vertices).forEach(f -> faults.add(f.under(path)));
      if (parser.faults().stream().noneMatch(f -> f.path().startsWith(path))) {
        sound.add(collection);
      }
    }
    for (int i = 0; i < definitions.sources().size(); i++) {
      String path = "sources[" + i + "]";
      faults(definitions.sources().get(i), sound).forEach(f -> faults.add(f.under(path)));
    }
    declared.forEach(index -> faults.addAll(faults(index, all)));
    List<Fault> twice = twice(definitions, vertices.size());
    twice.addAll(twice(declared));
    return read(definitions, parser, twice, faults);
  }

  private static List<Fault> faults(
      DefinitionParser.Declared declared, List<CollectionDefinition> collections) {
    List<Fault> faults = new ArrayList<>(IndexChecks.of(declared.index().definition()));
    collections.stream()
        .filter(c -> c.name().equals(declared.index().collection()))
        .findFirst()
        .ifPresent(c -> faults.addAll(IndexChecks.on(c)));
    return faults.stream().map(fault -> fault.under(declared.path())).toList();
  }

  private static List<Fault> twice(List<DefinitionParser.Declared> declared) {
    List<Fault> faults = new ArrayList<>();
    Set<List<String>> seen = new HashSet<>();
    for (DefinitionParser.Declared each : declared) {
      if (!seen.add(List.of(each.index().collection(), each.index().definition().name()))) {
        faults.add(twice(each.path() + "." + IndexJson.NAME, "index of the collection"));
      }
    }
    return faults;
  }

  private static String path(int index, int vertices) {
    return index < vertices ? "collections[" + index + "]" : "edges[" + (index - vertices) + "]";
  }

  /** Whether edges fit their ends can be seen here only if the text has both. */
  private static List<Fault> checkEnds(
      CollectionDefinition collection, List<CollectionDefinition> vertices) {
    CollectionDefinition.Edge edge = collection.edge();
    if (edge == null) {
      return List.of();
    }
    return vertices.stream()
        .filter(c -> c.name().equals(edge.from()))
        .findFirst()
        .flatMap(
            from ->
                vertices.stream()
                    .filter(c -> c.name().equals(edge.to()))
                    .findFirst()
                    .map(to -> EdgeChecks.connecting(collection, from, to)))
        .orElse(List.of());
  }

  /**
   * All that is wrong with a collection that was not read here, such as one built in Java. Whoever
   * asks for a definition checks it first: the fold takes what this build may not know.
   */
  public static List<Fault> check(CollectionDefinition collection) {
    List<Fault> faults = new ArrayList<>(DefinitionChecks.of(collection));
    if (!ValueFormats.names().contains(collection.format())) {
      faults.add(Fault.unknown("value", "value format", collection.format(), ValueFormats.names()));
    }
    String schema = collection.schema();
    if (schema != null && faults.stream().noneMatch(f -> f.path().equals("schema"))) {
      faults.addAll(DocumentSchema.faults(schema));
    }
    return faults;
  }

  /** All that is wrong with a source by itself, such as one built in Java. */
  public static List<Fault> check(SourceDefinition source) {
    return DefinitionChecks.of(source);
  }

  /** Whether a source fits its collection can be seen here only if the text has both. */
  private static List<Fault> faults(
      SourceDefinition source, List<CollectionDefinition> collections) {
    List<Fault> faults = new ArrayList<>(DefinitionChecks.of(source));
    collections.stream()
        .filter(c -> c.name().equals(source.collection()))
        .findFirst()
        .ifPresent(c -> faults.addAll(DefinitionChecks.feeding(source, c)));
    return faults;
  }

  private static List<Fault> twice(Definitions definitions, int vertices) {
    List<Fault> faults = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < definitions.collections().size(); i++) {
      if (!seen.add(definitions.collections().get(i).name())) {
        faults.add(twice(path(i, vertices) + ".name", "collection"));
      }
    }
    seen.clear();
    for (int i = 0; i < definitions.sources().size(); i++) {
      if (!seen.add(definitions.sources().get(i).name())) {
        faults.add(twice("sources[" + i + "].name", "source"));
      }
    }
    return faults;
  }

  private static Fault twice(String path, String kind) {
    return new Fault(path, "another " + kind + " has this name", "give it a name of its own");
  }

  /** Stand-ins for what could not be read would only be faulted again: shape comes first. */
  private static <T> Read<T> read(
      T value, DefinitionParser parser, List<Fault> more, List<Fault> checks) {
    List<Fault> faults = new ArrayList<>(parser.faults());
    more.stream().filter(f -> !isTold(f, parser.faults())).forEach(faults::add);
    List<Fault> told = List.copyOf(faults);
    checks.stream().filter(f -> !isTold(f, told)).forEach(faults::add);
    return new Read<>(faults.isEmpty() ? Optional.of(value) : Optional.empty(), faults);
  }

  private static boolean isTold(Fault fault, List<Fault> told) {
    return told.stream()
        .anyMatch(
            t ->
                t.path().equals(fault.path())
                    || (t.problem().equals(JsonFields.NO_OBJECT)
                        && fault.path().startsWith(t.path())));
  }
}
