package dev.weir.query.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.store.DefinitionChange;
import dev.weir.store.DefinitionReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Changes of the definitions as a caller asks for them.
 *
 * @param changes what is dropped before what is put
 * @param dryRun whether only to say what would change
 */
record DefinitionRequest(List<DefinitionChange> changes, boolean dryRun) {
  private static final String DROP_COLLECTIONS = "dropCollections";
  private static final String DROP_SOURCES = "dropSources";
  private static final String DROP_INDEXES = "dropIndexes";
  private static final String DRY_RUN = "dryRun";

  /** Reads a body; all of its faults are told at once. */
  static DefinitionRequest read(JsonNode body) throws ProblemException {
    if (!body.isObject()) {
      throw new ProblemException(
          ProblemType.INVALID_BODY,
          "The body is to be an object with `collections`, `edges`, `sources`,"
              + " `dropCollections`, `dropSources`, `dropIndexes` or `dryRun`.");
    }
    var read =
        DefinitionReader.definitions(
            body, Set.of(DROP_COLLECTIONS, DROP_SOURCES, DROP_INDEXES, DRY_RUN));
    if (read.value().isEmpty()) {
      throw new ProblemException(
          Faults.problem(ProblemType.INVALID_DEFINITION, "The definitions have", read.faults()));
    }
    JsonNode dryRun = body.path(DRY_RUN);
    if (!dryRun.isMissingNode() && !dryRun.isBoolean()) {
      throw new ProblemException(ProblemType.INVALID_BODY, "`dryRun` is to be true or false.");
    }
    List<DefinitionChange> changes = new ArrayList<>();
    names(body, DROP_SOURCES).forEach(n -> changes.add(new DefinitionChange.DropSource(n)));
    for (String name : names(body, DROP_INDEXES)) {
      changes.add(dropIndex(name));
    }
    names(body, DROP_COLLECTIONS).forEach(n -> changes.add(new DefinitionChange.DropCollection(n)));
    changes.addAll(read.value().get().changes(DefinitionChange.Mode.APPLY));
    return new DefinitionRequest(List.copyOf(changes), dryRun.asBoolean(false));
  }

  private static DefinitionChange dropIndex(String name) throws ProblemException {
    int dot = name.indexOf('.');
    if (dot < 0) {
      throw new ProblemException(
          ProblemType.INVALID_BODY,
          "`" + DROP_INDEXES + "` names the collection too, as in `person.byCity`.");
    }
    return new DefinitionChange.DropIndex(name.substring(0, dot), name.substring(dot + 1));
  }

  private static List<String> names(JsonNode body, String field) throws ProblemException {
    List<String> names = new ArrayList<>();
    JsonNode array = body.path(field);
    if (array.isMissingNode()) {
      return names;
    }
    for (JsonNode name : array) {
      if (name.isTextual()) {
        names.add(name.textValue());
      }
    }
    if (!array.isArray() || names.size() != array.size()) {
      throw new ProblemException(
          ProblemType.INVALID_BODY, "`" + field + "` is to be an array of names.");
    }
    return names;
  }
}
