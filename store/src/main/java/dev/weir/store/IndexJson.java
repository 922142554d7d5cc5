package dev.weir.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.store.DefinitionReader.Read;
import dev.weir.store.Filter.Field;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is particular to indexes in the JSON of definitions. */
final class IndexJson {
  static final String NAME = "name";
  static final String ON = "on";

  /** The list of a collection's indexes, or of all. */
  static final String LIST = "indexes";

  private static final String COLLECTION = "collection";
  private static final String WHERE = "where";
  private static final String UNIQUE = "unique";

  private IndexJson() {}

  /** An index for people, as it stands in the list of its collection. */
  static ObjectNode write(IndexDefinition index) {
    ObjectNode json = JsonNodeFactory.instance.objectNode().put(NAME, index.name());
    if (index.fields().size() == 1) {
      json.put(ON, index.fields().get(0).path());
    } else {
      ArrayNode on = json.putArray(ON);
      index.fields().forEach(field -> on.add(field.path()));
    }
    if (index.where() != null) {
      json.set(WHERE, FilterWriter.tree(index.where()));
    }
    return index.unique() ? json.put(UNIQUE, true) : json;
  }

  /** An index with its ids. */
  static ObjectNode numbered(IndexDefinition index) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("id", index.id()).put(COLLECTION, index.collection());
    return json.setAll(write(index));
  }

  /** Reads an index; whoever needs more of the same object reads it from {@code fields}. */
  static IndexDefinition read(JsonFields fields, int id, int collection) {
    return new IndexDefinition(
        id, fields.text(NAME), collection, on(fields), where(fields), unique(fields));
  }

  /** The id of the collection in {@link #numbered}. */
  static int collection(JsonFields fields) {
    return fields.number(COLLECTION, 1, 1);
  }

  private static List<Field> on(JsonFields fields) {
    JsonNode on = fields.get(ON);
    List<String> paths = new ArrayList<>();
    if (on.isArray()) {
      paths.addAll(fields.texts(ON));
    } else {
      paths.add(fields.text(ON));
    }
    return paths.stream().map(Field::of).toList();
  }

  private static @Nullable Filter where(JsonFields fields) {
    JsonNode where = fields.get(WHERE);
    if (where.isMissingNode()) {
      return null;
    }
    Read<Filter> read = FilterReader.read(where);
    read.faults()
        .forEach(fault -> fields.fault(fault.under(WHERE).path(), fault.problem(), fault.advice()));
    return read.value().orElse(null);
  }

  private static boolean unique(JsonFields fields) {
    JsonNode unique = fields.get(UNIQUE);
    if (!unique.isMissingNode() && !unique.isBoolean()) {
      fields.fault(UNIQUE, "neither true nor false", "write true or false");
    }
    return unique.asBoolean(false);
  }
}
