package dev.weir.query.graphql.documents;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.weir.query.graphql.DocumentName;
import dev.weir.store.Fault;
import graphql.language.SourceLocation;
import graphql.parser.InvalidSyntaxException;
import graphql.parser.Parser;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Reads documents from files: each {@code .graphql} or {@code .gql} file is one, named like it; a
 * {@code .json} file is a manifest as Relay's compiler ({@code {"id": "text"}}) or Apollo's tools
 * write it. Every document is named by its SHA-256 as well. Faults are collected; confined to one
 * thread.
 */
final class DocumentFiles {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
  private static final Set<String> ENDINGS = Set.of("graphql", "gql", "json");
  private static final String MANIFEST = "json";
  private static final String APOLLO = "apollo-persisted-query-manifest";
  private static final long MOST_BYTES = 16L << 20;

  private final Map<String, String> texts = new TreeMap<>();
  private final List<Fault> faults = new ArrayList<>();

  /** The documents by their identifiers; each has several. */
  Map<String, String> texts() {
    return texts;
  }

  List<Fault> faults() {
    return faults;
  }

  /** Reads a file, or all files of a directory. */
  void read(Path from) {
    try {
      Set<Path> files = new TreeSet<>();
      if (Files.isDirectory(from)) {
        try (Stream<Path> all = Files.list(from)) {
          all.filter(file -> ENDINGS.contains(ending(file))).forEach(files::add);
        }
      } else {
        files.add(from);
      }
      files.forEach(this::file);
      if (texts.isEmpty() && faults.isEmpty()) {
        fault(from, "holds no documents", "put .graphql files or a manifest there");
      }
    } catch (IOException e) {
      fault(from, "cannot be read", "make it readable");
    }
  }

  private void file(Path file) {
    try {
      if (!ENDINGS.contains(ending(file))) {
        fault(file, "neither a document nor a manifest", "name a .graphql, .gql or .json file");
      } else if (Files.size(file) > MOST_BYTES) {
        fault(file, "too large", "divide it; a file has at most 16 MiB");
      } else if (ending(file).equals(MANIFEST)) {
        manifest(file, JSON.readTree(Files.readString(file)));
      } else {
        String name = String.valueOf(file.getFileName());
        add(file, name.substring(0, name.lastIndexOf('.')), Files.readString(file));
      }
    } catch (JsonProcessingException e) {
      fault(file, "not JSON", "write a manifest of Relay's or Apollo's form");
    } catch (CharacterCodingException e) {
      fault(file, "not UTF-8", "write it in UTF-8");
    } catch (IOException e) {
      fault(file, "cannot be read", "make it readable");
    }
  }

  private void manifest(Path file, JsonNode manifest) {
    boolean apollo = manifest.path("format").asText().equals(APOLLO);
    if (apollo && manifest.path("operations").isArray()) {
      for (JsonNode operation : manifest.path("operations")) {
        entry(file, operation.path("id").asText(), operation.path("body"));
      }
    } else if (manifest.isObject() && !apollo) {
      manifest.properties().forEach(entry -> entry(file, entry.getKey(), entry.getValue()));
    } else {
      fault(file, "no manifest", "write one of Relay's or Apollo's form");
    }
  }

  private void entry(Path file, String id, JsonNode text) {
    if (text.isTextual()) {
      add(file, id, text.textValue());
    } else {
      fault(file, "'" + id + "' has no document", "give its text");
    }
  }

  private void add(Path file, String id, String text) {
    if (!DocumentName.isId(id)) {
      fault(file, "'" + id + "' is no identifier", "use letters, digits, '-', '.', '_', '~'");
      return;
    }
    try {
      var unused = Parser.parse(text);
    } catch (InvalidSyntaxException e) {
      SourceLocation at = e.getLocation();
      String place = at == null ? "" : " at line " + at.getLine() + ", column " + at.getColumn();
      fault(file, "'" + id + "' is no GraphQL" + place, "correct it");
      return;
    }
    // Editors end a file with a line end that clients do not send.
    String bare = text.stripTrailing();
    name(file, id, text);
    name(file, DocumentName.SHA256 + TrustedDocuments.sha256(text), text);
    name(file, DocumentName.SHA256 + TrustedDocuments.sha256(bare), bare);
  }

  private void name(Path file, String id, String text) {
    String other = texts.putIfAbsent(id, text);
    if (other != null && !other.equals(text)) {
      fault(file, "'" + id + "' names another document too", "give each document its own name");
    }
  }

  private void fault(Path file, String problem, String advice) {
    faults.add(new Fault(file.toString(), problem, advice));
  }

  private static String ending(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.substring(name.lastIndexOf('.') + 1);
  }
}
