package dev.weir.graph.file;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The fields of a line. Not thread-safe; those of one line at a time. */
final class Fields {

  /** How fields are told apart. */
  enum Separator {
    /** Any number of spaces and tabs. */
    SPACE,

    /** A comma; a field may stand in double quotes, within which two of them mean one. */
    COMMA
  }

  private static final int FIRST = 16;
  private static final int LONGEST_SHOWN = 40;

  private final Separator separator;
  private byte[] bytes = new byte[0];
  private int[] starts = new int[FIRST];
  private int[] ends = new int[FIRST];
  private int count;

  Fields(Separator separator) {
    this.separator = separator;
  }

  /** What is wrong with a line; the message says what it should be. */
  static final class BadField extends Exception {
    private static final long serialVersionUID = 1L;

    BadField(String message) {
      super(message, null, false, false);
    }
  }

  /** Takes a line apart. */
  void split(Lines line) throws BadField {
    bytes = line.buffer();
    count = 0;
    if (separator == Separator.SPACE) {
      splitAtSpaces(line.start(), line.end());
    } else {
      splitAtCommas(line.start(), line.end());
    }
  }

  private void splitAtSpaces(int from, int end) {
    int at = from;
    while (at < end) {
      while (at < end && isSpace(at)) {
        at++;
      }
      int start = at;
      while (at < end && !isSpace(at)) {
        at++;
      }
      if (at > start) {
        add(start, at);
      }
    }
  }

  private void splitAtCommas(int from, int end) throws BadField {
    int start = from;
    boolean quoted = false;
    for (int at = from; at <= end; at++) {
      if (at < end && bytes[at] == '"') {
        quoted = !quoted;
      } else if (at == end || (bytes[at] == ',' && !quoted)) {
        addTrimmed(start, at);
        start = at + 1;
      }
    }
    if (quoted) {
      throw new BadField("a quotation mark is not closed on its line");
    }
  }

  private void addTrimmed(int from, int to) {
    int start = from;
    int end = to;
    while (start < end && isSpace(start)) {
      start++;
    }
    while (end > start && isSpace(end - 1)) {
      end--;
    }
    if (end - start >= 2 && bytes[start] == '"' && bytes[end - 1] == '"') {
      start++;
      end--;
    }
    add(start, end);
  }

  private boolean isSpace(int at) {
    return bytes[at] == ' ' || bytes[at] == '\t';
  }

  private void add(int start, int end) {
    if (count == starts.length) {
      starts = Arrays.copyOf(starts, count * 2);
      ends = Arrays.copyOf(ends, count * 2);
    }
    starts[count] = start;
    ends[count] = end;
    count++;
  }

  int count() {
    return count;
  }

  String text(int field) {
    return new String(bytes, starts[field], ends[field] - starts[field], StandardCharsets.UTF_8);
  }

  /** A field as the id of a vertex. */
  long id(int field) throws BadField {
    int at = starts[field];
    int end = ends[field];
    boolean negative = at < end && bytes[at] == '-';
    at += negative ? 1 : 0;
    long value = 0;
    boolean good = at < end && end - at <= 19;
    for (; good && at < end; at++) {
      int digit = bytes[at] - '0';
      good = digit >= 0 && digit <= 9;
      value = value * 10 - digit;
    }
    if (!good || value > 0 || (!negative && value == Long.MIN_VALUE)) {
      throw new BadField("an id is a whole number of 64 bits, not " + shown(field));
    }
    return negative ? value : -value;
  }

  /** A field as a weight. */
  double weight(int field) throws BadField {
    double value;
    try {
      value = Double.parseDouble(text(field));
    } catch (NumberFormatException e) {
      value = Double.NaN;
    }
    if (!Double.isFinite(value)) {
      throw new BadField("a weight is a finite number, not " + shown(field));
    }
    return value;
  }

  private String shown(int field) {
    String text = text(field).replaceAll("\\p{Cntrl}", "\uFFFD");
    return "'"
        + (text.length() > LONGEST_SHOWN ? text.substring(0, LONGEST_SHOWN) + "…" : text)
        + "'";
  }
}
