package dev.weir.graph.file;

import dev.weir.graph.file.Fields.BadField;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Which fields of a line mean what: by place, or by the names in a header. Not thread-safe. */
final class Columns {

  /** Some programs begin a file with it. */
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private final boolean header;
  private final List<List<String>> wanted = new ArrayList<>();
  private final Fields fields;
  private final int[] places;

  /**
   * Columns of a file.
   *
   * @param ids names of each column of ids, any of which may stand in the header
   * @param weight the name of the column of weights, or nothing
   */
  Columns(GraphFiles.Format format, List<List<String>> ids, List<String> weight) {
    header = format == GraphFiles.Format.CSV;
    wanted.addAll(ids);
    if (!weight.isEmpty()) {
      wanted.add(weight);
    }
    fields = new Fields(header ? Fields.Separator.COMMA : Fields.Separator.SPACE);
    places = new int[wanted.size()];
    for (int i = 0; i < places.length; i++) {
      places[i] = i;
    }
  }

  /** Reads the header, if there should be one; false if it is not as it should be. */
  boolean readHeader(Lines lines, String file, Faults faults) throws IOException {
    if (!header) {
      return true;
    }
    if (!lines.next()) {
      faults.add(file + ": there is no header");
      return false;
    }
    try {
      fields.split(lines);
      for (int i = 0; i < places.length; i++) {
        places[i] = placeOf(wanted.get(i));
      }
      return true;
    } catch (BadField e) {
      faults.add(file, lines.number(), String.valueOf(e.getMessage()));
      return false;
    }
  }

  private int placeOf(List<String> names) throws BadField {
    for (int field = 0; field < fields.count(); field++) {
      String name = fields.text(field).replace(BYTE_ORDER_MARK, "");
      if (names.contains(name.toLowerCase(Locale.ROOT))) {
        return field;
      }
    }
    throw new BadField("the header has no column " + String.join(" or ", names));
  }

  /** Takes the line's fields apart. */
  void take(Lines lines) throws BadField {
    fields.split(lines);
  }

  long id(int column) throws BadField {
    return fields.id(place(column));
  }

  double weight(int column) throws BadField {
    return fields.weight(place(column));
  }

  private int place(int column) throws BadField {
    if (places[column] >= fields.count()) {
      throw new BadField(
          "there is no "
              + wanted.get(column).get(0)
              + ": the line has "
              + fields.count()
              + " fields");
    }
    return places[column];
  }
}
