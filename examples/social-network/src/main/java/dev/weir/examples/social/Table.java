package dev.weir.examples.social;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** Reads the compressed input files that this module carries: lines of cells divided by bars. */
final class Table {

  private Table() {}

  /** The rows of a file with a header line, which is left out. */
  static List<String[]> rows(String path) {
    List<String[]> all = read(path);
    return all.subList(1, all.size());
  }

  /** All lines of a file as rows. */
  static List<String[]> read(String path) {
    List<String[]> rows = new ArrayList<>();
    try (InputStream file = Table.class.getResourceAsStream("data/" + path + ".csv.gz")) {
      if (file == null) {
        throw new IllegalStateException("the data file " + path + " is not in this build");
      }
      BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(new GZIPInputStream(file, 1 << 14), StandardCharsets.UTF_8));
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        rows.add(split(line, '|'));
      }
      return rows;
    } catch (IOException e) {
      throw new UncheckedIOException("the data file " + path + " cannot be read", e);
    }
  }

  /** The parts between separators; at least one, possibly empty. */
  static String[] split(String line, char separator) {
    List<String> parts = new ArrayList<>();
    int start = 0;
    for (int end = line.indexOf(separator); end >= 0; end = line.indexOf(separator, start)) {
      parts.add(line.substring(start, end));
      start = end + 1;
    }
    parts.add(line.substring(start));
    return parts.toArray(String[]::new);
  }
}
