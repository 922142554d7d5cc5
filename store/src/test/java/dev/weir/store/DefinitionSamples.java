package dev.weir.store;

import dev.weir.store.CollectionDefinition.Edge;
import dev.weir.store.CollectionDefinition.Ends;
import dev.weir.store.CollectionDefinition.Writer;
import dev.weir.store.DefinitionChange.DropCollection;
import dev.weir.store.DefinitionChange.DropIndex;
import dev.weir.store.DefinitionChange.DropSource;
import dev.weir.store.DefinitionChange.Mode;
import dev.weir.store.DefinitionChange.PutCollection;
import dev.weir.store.DefinitionChange.PutIndex;
import dev.weir.store.DefinitionChange.PutSource;
import dev.weir.store.SourceDefinition.Condition;
import dev.weir.store.SourceDefinition.Condition.Test;
import dev.weir.store.SourceDefinition.KeyFormat;
import dev.weir.store.SourceDefinition.KeyFrom;
import dev.weir.store.SourceDefinition.Mapping;
import dev.weir.store.SourceDefinition.Start;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Random definitions of every shape; their names come from a small set, so that they meet. */
public final class DefinitionSamples {

  private static final List<String> TYPES =
      List.of("string", "long", "uuid", "bytes", "tuple(string,long)");

  private DefinitionSamples() {}

  /** A collection. */
  public static CollectionDefinition collection(int id, Random random) {
    String schema =
        switch (random.nextInt(4)) {
          case 0 -> "{\"type\":\"object\",\"properties\":{\"ü\":{\"minimum\":1.5}}}";
          case 1 -> " { not quite\n";
          default -> null;
        };
    return new CollectionDefinition(
        id,
        name(random),
        KeyType.parse(pick(TYPES, random)),
        pick(List.of("json", "string", "bytes"), random),
        pick(List.of(Writer.API, Writer.SOURCE), random),
        schema,
        random.nextInt(4));
  }

  /** An edge type whose ends are not known yet. */
  private static CollectionDefinition edges(int id, String end, Random random) {
    FieldReference field = random.nextBoolean() ? null : FieldReference.parse("a.b");
    KeyType.Scalar key =
        random.nextBoolean() ? null : pick(List.of(KeyType.Scalar.values()), random);
    String inverse = random.nextBoolean() ? null : "back";
    return CollectionDefinition.edges(
            name(random) + "-edges", new Edge(end, end, key, field, inverse, null))
        .numbered(id, random.nextInt(4));
  }

  /** A source. */
  public static SourceDefinition source(int id, Random random) {
    KeyFrom from = pick(List.of(KeyFrom.values()), random);
    boolean record = from == KeyFrom.RECORD;
    Mapping mapping =
        new Mapping(
            from,
            record ? pick(List.of(KeyFormat.values()), random) : KeyFormat.TEXT,
            record ? List.of() : List.of("id", "b.c"),
            conditions(random),
            random.nextBoolean() ? List.of() : List.of("x", "y"),
            random.nextBoolean() ? Map.of() : Map.of("z", "Z", "a", "A", "m", "M"),
            pick(List.of(Start.values()), random));
    return new SourceDefinition(
        id, name(random), "topic." + random.nextInt(3), name(random), mapping, random.nextInt(4));
  }

  /** An index. */
  public static IndexDefinition index(int id, int collection, Random random) {
    Filter where =
        switch (random.nextInt(4)) {
          case 0 ->
              new Filter.Compare(
                  Filter.Field.of("a.b"),
                  Filter.Relation.GT,
                  new Filter.Value.Numeric(new BigDecimal("1e400")));
          case 1 -> new Filter.Not(new Filter.Exists(Filter.Field.of("c\\.d"), true));
          default -> null;
        };
    List<Filter.Field> fields =
        random.nextBoolean()
            ? List.of(Filter.Field.of("a"))
            : List.of(Filter.Field.of("a.ü"), Filter.Field.of("x\\.y.z"));
    return new IndexDefinition(
        id, "by-" + name(random), collection, fields, where, random.nextBoolean());
  }

  /** A source whose mapping does nothing. */
  public static SourceDefinition plainSource(String name, String collection) {
    Mapping mapping =
        new Mapping(
            KeyFrom.RECORD,
            KeyFormat.TEXT,
            List.of(),
            List.of(),
            List.of(),
            Map.of(),
            Start.EARLIEST);
    return new SourceDefinition(0, name, name, collection, mapping, 1);
  }

  /** Some changes. */
  public static List<DefinitionChange> changes(Random random) {
    List<DefinitionChange> changes = new ArrayList<>();
    for (int i = random.nextInt(4); i >= 0; i--) {
      Mode mode = pick(List.of(Mode.values()), random);
      changes.add(
          switch (random.nextInt(11)) {
            case 0, 1 -> new PutCollection(collection(0, random), mode);
            case 8 -> new PutCollection(edges(0, name(random), random), mode);
            case 2, 3 -> new PutSource(source(0, random), mode);
            case 4, 5 -> new DropCollection(name(random));
            case 9 -> new PutIndex(name(random), index(0, 0, random), mode);
            case 10 -> new DropIndex(name(random), "by-" + name(random));
            default -> new DropSource(name(random));
          });
    }
    return changes;
  }

  /** A catalogue, not necessarily a sensible one. */
  public static Catalogue catalogue(Random random) {
    List<CollectionDefinition> collections = new ArrayList<>();
    List<SourceDefinition> sources = new ArrayList<>();
    int id = 1;
    for (int i = random.nextInt(4); i > 0; i--) {
      collections.add(collection(id++, random));
      sources.add(source(id++, random));
    }
    if (random.nextBoolean()) {
      CollectionDefinition ends =
          new CollectionDefinition(
              id++, "ends", KeyType.parse(pick(TYPES, random)), "json", Writer.API, null, 1);
      collections.add(ends);
      collections.add(
          edges(id++, "ends", random).between(new Ends(ends.keyType(), ends.keyType())));
    }
    List<IndexDefinition> indexes = new ArrayList<>();
    for (CollectionDefinition collection : collections) {
      indexes.add(index(id++, collection.id(), random));
    }
    return new Catalogue(random.nextInt(100), id, collections, sources, indexes);
  }

  private static List<Condition> conditions(Random random) {
    return random.nextBoolean()
        ? List.of()
        : List.of(
            new Condition("a", Test.EXISTS, List.of()),
            new Condition("b.c", Test.MISSING, List.of()),
            new Condition("d", Test.IN, List.of("\"x\"", "1", "true")),
            new Condition("e", Test.NOT_IN, List.of("1.5")));
  }

  private static String name(Random random) {
    return pick(List.of("person", "post", "note"), random);
  }

  private static <T> T pick(List<T> from, Random random) {
    return from.get(random.nextInt(from.size()));
  }
}
