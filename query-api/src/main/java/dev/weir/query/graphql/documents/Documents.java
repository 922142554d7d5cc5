package dev.weir.query.graphql.documents;

import dev.weir.query.graphql.ErrorCode;
import dev.weir.query.graphql.Errors;
import dev.weir.query.graphql.GraphQlSettings;
import dev.weir.query.graphql.Stage;
import dev.weir.query.graphql.types.CollectionModel;
import graphql.ExecutionInput;
import graphql.GraphQLError;
import graphql.ParseAndValidate;
import graphql.ParseAndValidateResult;
import graphql.language.Document;
import graphql.language.OperationDefinition;
import graphql.parser.InvalidSyntaxException;
import graphql.parser.ParserOptions;
import graphql.parser.exceptions.ParseCancelledException;
import graphql.parser.exceptions.ParseCancelledTooDeepException;
import graphql.parser.exceptions.ParseCancelledTooManyCharsException;
import graphql.schema.GraphQLSchema;
import graphql.validation.GoodFaithIntrospectionExceeded;
import graphql.validation.ValidationError;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Parses and validates documents for one schema and remembers the good ones, since clients send few
 * different texts. Safe from any thread.
 */
public final class Documents {
  private static final int REMEMBERED = 500;
  private static final int REMEMBERED_CHARACTERS = 8_192;

  private final GraphQLSchema schema;
  private final PlannedGets gets;
  private final GraphQlSettings settings;
  private final ParserOptions options;
  private final Map<String, PreparedDocument> remembered = // under "remembered"
      new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, PreparedDocument> eldest) {
          return size() > REMEMBERED;
        }
      };

  /**
   * The documents for a schema.
   *
   * @param collections that it shows
   */
  public Documents(
      GraphQLSchema schema, Collection<CollectionModel> collections, GraphQlSettings settings) {
    this.schema = schema;
    this.gets = new PlannedGets(schema, collections, settings.weights());
    this.settings = settings;
    this.options =
        ParserOptions.newParserOptions()
            .captureIgnoredChars(false)
            .captureLineComments(false)
            .maxCharacters(settings.text().maxCharacters())
            .maxTokens(settings.text().maxTokens())
            .build();
  }

  public PreparedDocument prepare(String text) {
    PreparedDocument known = recall(text);
    if (known != null) {
      return known;
    }
    PreparedDocument prepared = parse(text);
    if (prepared instanceof PreparedDocument.Ready && text.length() <= REMEMBERED_CHARACTERS) {
      synchronized (remembered) {
        remembered.put(text, prepared);
      }
    }
    return prepared;
  }

  /** A document that was prepared lately; null = it must be prepared. */
  public @Nullable PreparedDocument recall(String text) {
    synchronized (remembered) {
      return remembered.get(text);
    }
  }

  private PreparedDocument parse(String text) {
    ExecutionInput input =
        ExecutionInput.newExecutionInput(text)
            .locale(Locale.ENGLISH)
            .graphQLContext(Map.of(ParserOptions.class, options))
            .build();
    ParseAndValidateResult parsed = ParseAndValidate.parse(input);
    InvalidSyntaxException fault = parsed.getSyntaxException();
    if (fault != null) {
      return unparsable(fault);
    }
    Document document = Objects.requireNonNull(parsed.getDocument());
    Optional<GraphQLError> exceeded = DocumentShape.check(document, settings);
    if (exceeded.isPresent()) {
      return new PreparedDocument.Refused(Stage.LIMITS, List.of(exceeded.get()));
    }
    Optional<GraphQLError> subscription =
        SubscriptionRoots.check(document, schema.getSubscriptionType() != null);
    return subscription.isPresent()
        ? new PreparedDocument.Refused(Stage.VALIDATION, List.of(subscription.get()))
        : validate(document);
  }

  private PreparedDocument unparsable(InvalidSyntaxException fault) {
    if (fault instanceof ParseCancelledException
        || fault instanceof ParseCancelledTooDeepException
        || fault instanceof ParseCancelledTooManyCharsException) {
      return new PreparedDocument.Refused(
          Stage.LIMITS,
          List.of(
              Errors.of(
                  ErrorCode.LIMIT_EXCEEDED,
                  "The document has too many characters or tokens, or is nested too deeply.",
                  Map.of(
                      "maxCharacters",
                      settings.text().maxCharacters(),
                      "maxTokens",
                      settings.text().maxTokens()))));
    }
    return new PreparedDocument.Refused(Stage.PARSING, List.of(fault.toInvalidSyntaxError()));
  }

  private Map<String, GetPlan> plans(Document document) {
    Map<String, GetPlan> plans = new HashMap<>();
    for (OperationDefinition operation : document.getDefinitionsOfType(OperationDefinition.class)) {
      GetPlan.of(operation, gets)
          .filter(plan -> plan.cost() <= settings.work().maxCost())
          .ifPresent(plan -> plans.put(PreparedDocument.nameOf(operation), plan));
    }
    return plans;
  }

  private PreparedDocument validate(Document document) {
    try {
      List<ValidationError> errors = ParseAndValidate.validate(schema, document, Locale.ENGLISH);
      return errors.isEmpty()
          ? new PreparedDocument.Ready(document, plans(document))
          : new PreparedDocument.Refused(Stage.VALIDATION, List.copyOf(errors));
    } catch (GoodFaithIntrospectionExceeded e) {
      return new PreparedDocument.Refused(Stage.LIMITS, List.of(e.toBadFaithError()));
    }
  }
}
