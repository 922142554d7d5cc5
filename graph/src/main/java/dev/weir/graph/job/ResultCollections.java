package dev.weir.graph.job;

import dev.weir.store.Catalogue;
import dev.weir.store.CollectionDefinition;
import dev.weir.store.CollectionDefinition.Writer;
import dev.weir.store.Consistency;
import dev.weir.store.DefinitionChange;
import dev.weir.store.KeyType;
import dev.weir.store.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where the values of a job go: a collection whose keys are the run and the vertex, and one beside
 * it with a document for each run that is complete, and one, {@code latest}, for the newest.
 */
final class ResultCollections {

  /** Key of the document that names the newest complete run. */
  static final String LATEST = "latest";

  /** Who has heard that a run is complete finds all of it at any node, whatever he read before. */
  private static final Consistency WHOLE = new Consistency.Strong();

  private static final String SUFFIX = "-runs";
  private static final int LONGEST = 64 - SUFFIX.length();

  private ResultCollections() {}

  /** Name of the collection of runs. */
  static String runs(String result) {
    return result + SUFFIX;
  }

  /** The keys of values: run and vertex; where collections are mixed, run, collection and key. */
  static KeyType.Tuple keys(List<CollectionDefinition> vertices) {
    List<KeyType.Scalar> parts = new ArrayList<>(List.of(KeyType.Scalar.STRING));
    if (vertices.size() > 1) {
      parts.addAll(List.of(KeyType.Scalar.STRING, KeyType.Scalar.STRING));
    } else if (vertices.get(0).keyType() instanceof KeyType.Tuple tuple) {
      parts.addAll(tuple.parts());
    } else {
      parts.add((KeyType.Scalar) vertices.get(0).keyType());
    }
    return new KeyType.Tuple(parts);
  }

  /** Why values cannot go there; empty if they can. */
  static Optional<String> fault(
      String result, List<CollectionDefinition> vertices, Catalogue catalogue) {
    if (!result.matches("[a-z][a-z0-9_-]{0," + (LONGEST - 1) + "}")) {
      return Optional.of(
          "result: '"
              + result
              + "' cannot name a collection: use 1 to "
              + LONGEST
              + " lower-case letters, digits, '-' and '_', beginning with a letter");
    }
    Optional<CollectionDefinition> values = catalogue.collection(result);
    Optional<CollectionDefinition> runs = catalogue.collection(runs(result));
    if (values.isEmpty() && runs.isEmpty()) {
      return Optional.empty();
    }
    if (values.isEmpty() || runs.isEmpty() || values.get().edge() != null) {
      return Optional.of(
          "result: a collection '"
              + (values.isPresent() ? result : runs(result))
              + "' exists and holds no results: name another one");
    }
    boolean fits =
        values.get().keyType().equals(keys(vertices))
            && values.get().writer() == Writer.API
            && values.get().format().equals("json")
            && runs.get().keyType() == KeyType.Scalar.STRING;
    return fits
        ? Optional.empty()
        : Optional.of(
            "result: '"
                + result
                + "' has keys "
                + values.get().keyType().text()
                + ", and these results need "
                + keys(vertices).text()
                + ": name another one");
  }

  /** What defines them. */
  static Operation.Define define(String result, List<CollectionDefinition> vertices) {
    return new Operation.Define(
        List.of(put(result, keys(vertices)), put(runs(result), KeyType.Scalar.STRING)));
  }

  private static DefinitionChange put(String name, KeyType keys) {
    return new DefinitionChange.PutCollection(
        new CollectionDefinition(0, name, keys, "json", Writer.API, null, WHOLE, 1),
        DefinitionChange.Mode.SEED);
  }
}
