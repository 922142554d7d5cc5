package dev.weir.store.ingest;

import dev.weir.store.CollectionDefinition;
import dev.weir.store.KeyType;
import dev.weir.store.SourceDefinition.KeyFormat;
import dev.weir.store.SourceDefinition.KeyFrom;
import dev.weir.store.SourceDefinition.Mapping;
import java.util.ArrayList;
import java.util.List;

/** What must hold for a mapping, whatever its records are. */
public final class MappingRules {

  private MappingRules() {}

  /** Every contradiction of a mapping with itself or its collection; empty if it is usable. */
  public static List<String> faults(Mapping mapping, CollectionDefinition collection) {
    List<String> faults = new ArrayList<>();
    addKeyFaults(mapping, collection.keyType(), faults);
    boolean needsFields =
        !mapping.keyFields().isEmpty()
            || !mapping.filter().isEmpty()
            || !mapping.dropFields().isEmpty()
            || !mapping.renameFields().isEmpty();
    if (needsFields && !collection.format().equals("json")) {
      faults.add(
          "key fields, filters, dropped and renamed fields need documents in the format json, and"
              + " the collection has the format "
              + collection.format());
    }
    try {
      new RecordFilter(mapping.filter());
    } catch (IllegalArgumentException e) {
      faults.add(e.getMessage());
    }
    try {
      new Reshape(mapping);
    } catch (IllegalArgumentException e) {
      faults.add(e.getMessage());
    }
    return faults;
  }

  static void require(Mapping mapping, CollectionDefinition collection) {
    List<String> faults = faults(mapping, collection);
    if (!faults.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", faults));
    }
  }

  private static void addKeyFaults(Mapping mapping, KeyType type, List<String> faults) {
    int parts = type instanceof KeyType.Tuple tuple ? tuple.parts().size() : 1;
    int fields = mapping.keyFields().size();
    if (mapping.keyFrom() == KeyFrom.RECORD) {
      if (fields > 0) {
        faults.add("the key comes from the record, so there are no key fields");
      }
      if (mapping.keyFormat() == KeyFormat.BINARY && type instanceof KeyType.Tuple) {
        faults.add("a record key in binary form has one part: write tuples as JSON arrays");
      }
    } else if (fields != parts) {
      faults.add(
          "the key type "
              + type.text()
              + " needs "
              + parts
              + " key fields, and there are "
              + fields);
    }
  }
}
