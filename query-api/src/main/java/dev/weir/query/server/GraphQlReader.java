package dev.weir.query.server;

import dev.weir.query.graphql.GraphQlSettings;
import dev.weir.query.graphql.documents.TrustedDocuments;
import dev.weir.query.graphql.documents.TrustedDocuments.Mode;
import dev.weir.query.server.WeirConfig.GraphQl;
import dev.weir.store.Fault;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads what GraphQL may do and cost, and which documents are trusted. */
final class GraphQlReader {
  private static final Duration LEAST_TIME = Duration.ofSeconds(1);
  private static final Duration MOST_TIME = Duration.ofMinutes(10);
  private static final Map<String, Mode> MODES =
      Stream.of(Mode.values()).collect(Collectors.toUnmodifiableMap(GraphQlReader::text, m -> m));

  private final SettingValues values;
  private final Path directory;
  private final List<Fault> faults;

  /**
   * A reader.
   *
   * @param directory where relative paths start
   * @param faults gets what is wrong in the documents' files
   */
  GraphQlReader(SettingValues values, Path directory, List<Fault> faults) {
    this.values = values;
    this.directory = directory;
    this.faults = faults;
  }

  GraphQl read() {
    Mode mode =
        values.parsed(Setting.GRAPHQL_DOCUMENTS, GraphQlReader::mode, "write off, allowed or only");
    String from = from();
    if (mode == Mode.ONLY && from.isEmpty()) {
      values.fault(
          Setting.GRAPHQL_DOCUMENTS_FROM,
          "missing, so that nothing at all would be executed",
          "name the directory or file of the documents");
    } else if (mode != Mode.OFF && !from.isEmpty()) {
      TrustedDocuments.load(mode, Path.of(from)).faults().stream()
          .map(fault -> fault.under(Setting.GRAPHQL_DOCUMENTS_FROM.path()))
          .forEach(faults::add);
    }
    return new GraphQl(values.flag(Setting.GRAPHQL), settings(), mode, from);
  }

  private GraphQlSettings settings() {
    GraphQlSettings usual = GraphQlSettings.defaults();
    GraphQlSettings.Shape shape = usual.shape();
    GraphQlSettings.Work work = usual.work();
    int page = values.number(Setting.GRAPHQL_PAGE, 1, 100_000);
    return usual
        .withIntrospection(values.flag(Setting.GRAPHQL_INTROSPECTION))
        .withShape(
            new GraphQlSettings.Shape(
                values.number(Setting.GRAPHQL_DEPTH, 1, 100),
                values.number(Setting.GRAPHQL_FIELDS, 1, 100_000),
                shape.maxAliases(),
                shape.maxRepeats(),
                shape.maxDirectives(),
                shape.maxDefinitions()))
        .withWork(
            new GraphQlSettings.Work(
                values.number(Setting.GRAPHQL_COST, 1, 1_000_000_000),
                Math.min(work.defaultPage(), page),
                page,
                values.number(Setting.GRAPHQL_KEYS, 1, 100_000),
                work.maxKeyBytes(),
                values
                    .duration(Setting.GRAPHQL_TIME, LEAST_TIME, MOST_TIME)
                    .orElse(work.deadline())))
        .withWeights(
            new GraphQlSettings.Weights(
                values.parsed(
                    Setting.GRAPHQL_COLLECTION_WEIGHTS,
                    WeightText::collections,
                    WeightText.COLLECTION_ADVICE),
                values.parsed(
                    Setting.GRAPHQL_FIELD_WEIGHTS, WeightText::kinds, WeightText.KIND_ADVICE)));
  }

  private String from() {
    String text = values.text(Setting.GRAPHQL_DOCUMENTS_FROM);
    try {
      return text.isEmpty() ? "" : directory.resolve(text).normalize().toString();
    } catch (InvalidPathException e) {
      values.fault(
          Setting.GRAPHQL_DOCUMENTS_FROM,
          "'" + text + "' is no path (" + e.getReason() + ")",
          "correct it");
      return "";
    }
  }

  private static Mode mode(String text) {
    Mode mode = MODES.get(text);
    if (mode == null) {
      throw new IllegalArgumentException(text);
    }
    return mode;
  }

  /** A mode as the setting has it. */
  static String text(Mode mode) {
    return mode.name().toLowerCase(Locale.ROOT);
  }
}
