package dev.weir.store.ingest;

import dev.weir.store.CollectionDefinition;
import dev.weir.store.CollectionDefinition.Writer;
import dev.weir.store.KeyType;
import dev.weir.store.SourceDefinition;
import dev.weir.store.SourceDefinition.Condition;
import dev.weir.store.SourceDefinition.KeyFormat;
import dev.weir.store.SourceDefinition.KeyFrom;
import dev.weir.store.SourceDefinition.Mapping;
import dev.weir.store.SourceDefinition.Start;
import java.util.List;
import java.util.Map;

/**
 * Definitions for tests: the source {@code orders} (id 7) of the collection {@code order} (id 3).
 */
final class Definitions {

  static final int COLLECTION = 3;
  static final int SOURCE = 7;

  private Definitions() {}

  static CollectionDefinition collection(String keyType, String format) {
    return new CollectionDefinition(
        COLLECTION, "order", KeyType.parse(keyType), format, Writer.SOURCE, null, 1);
  }

  static SourceDefinition source(Mapping mapping) {
    return new SourceDefinition(SOURCE, "orders", "orders-topic", "order", mapping, 1);
  }

  static Mapping byRecordKey() {
    return new Mapping(
        KeyFrom.RECORD, KeyFormat.TEXT, List.of(), List.of(), List.of(), Map.of(), Start.EARLIEST);
  }

  static Mapping byFields(KeyFrom keyFrom, String... fields) {
    return new Mapping(
        keyFrom, KeyFormat.TEXT, List.of(fields), List.of(), List.of(), Map.of(), Start.EARLIEST);
  }

  static Mapping with(Mapping m, KeyFormat format) {
    return new Mapping(
        m.keyFrom(),
        format,
        m.keyFields(),
        m.filter(),
        m.dropFields(),
        m.renameFields(),
        m.start());
  }

  static Mapping with(Mapping m, Start start) {
    return new Mapping(
        m.keyFrom(),
        m.keyFormat(),
        m.keyFields(),
        m.filter(),
        m.dropFields(),
        m.renameFields(),
        start);
  }

  static Mapping with(Mapping m, Condition... filter) {
    return new Mapping(
        m.keyFrom(),
        m.keyFormat(),
        m.keyFields(),
        List.of(filter),
        m.dropFields(),
        m.renameFields(),
        m.start());
  }

  static Mapping with(Mapping m, List<String> drop, Map<String, String> rename) {
    return new Mapping(
        m.keyFrom(), m.keyFormat(), m.keyFields(), m.filter(), drop, rename, m.start());
  }

  static Condition condition(String field, Condition.Test test, String... values) {
    return new Condition(field, test, List.of(values));
  }
}
