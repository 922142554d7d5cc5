package dev.weir.examples.social;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * A cell of an input row and the field it becomes. An empty cell becomes no field, but for lists.
 *
 * @param field name in the document
 * @param type how the cell is read
 */
record Column(String field, Type type) {

  /** How a cell is read. */
  enum Type {
    NUMBER,
    TEXT,
    /** Texts divided by semicolons. */
    TEXTS,
    /** Numbers divided by semicolons. */
    NUMBERS
  }

  static final List<Column> PERSON =
      List.of(
          number("id"),
          text("firstName"),
          text("lastName"),
          text("gender"),
          number("birthday"),
          number("creationDate"),
          text("locationIP"),
          text("browserUsed"));
  static final Column LANGUAGES = new Column("languages", Type.TEXTS);
  static final Column EMAILS = new Column("emails", Type.TEXTS);
  static final Column INTERESTS = new Column("interests", Type.NUMBERS);
  static final Column TAGS = new Column("tags", Type.NUMBERS);
  static final List<Column> FORUM = List.of(number("id"), text("title"), number("creationDate"));
  static final List<Column> POST =
      List.of(
          number("id"),
          text("imageFile"),
          number("creationDate"),
          text("locationIP"),
          text("browserUsed"),
          text("language"),
          text("content"),
          number("length"));
  static final List<Column> COMMENT =
      List.of(
          number("id"),
          number("creationDate"),
          text("locationIP"),
          text("browserUsed"),
          text("content"),
          number("length"));
  static final List<Column> ORGANISATION =
      List.of(number("id"), text("type"), text("name"), text("url"));
  static final List<Column> PLACE = List.of(number("id"), text("name"), text("url"), text("type"));
  static final List<Column> TAG = List.of(number("id"), text("name"), text("url"));

  static Column number(String field) {
    return new Column(field, Type.NUMBER);
  }

  static Column text(String field) {
    return new Column(field, Type.TEXT);
  }

  /** Puts the cells from {@code from} on into the document. */
  static void putAll(List<Column> columns, String[] row, int from, ObjectNode document) {
    for (int i = 0; i < columns.size(); i++) {
      columns.get(i).put(row[from + i], document);
    }
  }

  /** Puts one cell into the document. */
  void put(String cell, ObjectNode document) {
    switch (type) {
      case NUMBER -> {
        if (!cell.isEmpty()) {
          document.put(field, Long.parseLong(cell));
        }
      }
      case TEXT -> {
        if (!cell.isEmpty()) {
          document.put(field, cell);
        }
      }
      case TEXTS -> addTo(document.putArray(field), cell, false);
      case NUMBERS -> addTo(document.putArray(field), cell, true);
    }
  }

  private static void addTo(ArrayNode array, String cell, boolean numbers) {
    for (String part : Table.split(cell, ';')) {
      if (part.isEmpty()) {
        continue;
      }
      if (numbers) {
        array.add(Long.parseLong(part));
      } else {
        array.add(part);
      }
    }
  }
}
