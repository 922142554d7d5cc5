package dev.weir.bench.graph;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.Set;

/**
 * Reads an index of packages in Debian's form: fields {@code Name: value}, longer ones go on in
 * lines that begin with a space, an empty line ends a package. Edges lead from a package to the
 * packages that it names, to its source, its section and its tags.
 */
final class PackageIndex {
  private static final Set<String> RELATIONS =
      Set.of(
          "Depends",
          "Pre-Depends",
          "Recommends",
          "Suggests",
          "Enhances",
          "Breaks",
          "Conflicts",
          "Replaces",
          "Provides");

  private final PackageGraphBuilder graph;
  private String current = "";
  private String field = "";
  private boolean hasSource;

  PackageIndex(PackageGraphBuilder graph) {
    this.graph = graph;
  }

  void read(BufferedReader lines) throws IOException {
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.isEmpty()) {
        end();
      } else if (line.startsWith(" ")) {
        value(line);
      } else {
        int colon = line.indexOf(':');
        field = line.substring(0, colon);
        value(line.substring(colon + 1));
      }
    }
    end();
  }

  private void value(String value) {
    if (field.equals("Package")) {
      current = value.strip();
    } else if (field.equals("Source")) {
      hasSource = true;
      edge("source ", firstWord(value));
    } else if (field.equals("Section")) {
      edge("section ", value.strip());
    } else if (field.equals("Tag")) {
      each(value, ",", "tag ");
    } else if (RELATIONS.contains(field)) {
      each(value, "[,|]", "");
    }
  }

  private void each(String value, String between, String kind) {
    for (String item : value.split(between, -1)) {
      if (!item.isBlank()) {
        edge(kind, firstWord(item));
      }
    }
  }

  // Behind the name: a version in brackets, or ":any".
  private static String firstWord(String item) {
    String[] words = item.strip().split("[ (]", 2);
    return words[0].endsWith(":any") ? words[0].substring(0, words[0].length() - 4) : words[0];
  }

  private void edge(String kind, String name) {
    graph.edge(current, kind + name);
  }

  private void end() {
    if (!current.isEmpty() && !hasSource) {
      edge("source ", current);
    }
    current = "";
    hasSource = false;
  }
}
