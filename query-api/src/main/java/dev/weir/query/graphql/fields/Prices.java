package dev.weir.query.graphql.fields;

import dev.weir.query.graphql.GraphQlSettings;
import dev.weir.query.graphql.GraphQlSettings.Kind;
import dev.weir.query.graphql.fields.Costs.Given;
import dev.weir.query.graphql.fields.Costs.Rule;
import dev.weir.query.graphql.types.CollectionModel;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What fields cost by the configured weights: a document's is that of the field's kind times that
 * of its collection.
 *
 * @param weights as configured
 */
record Prices(GraphQlSettings.Weights weights) {

  /**
   * A rule with its weight.
   *
   * @param collection of the documents; null = of several
   */
  Rule of(Kind kind, @Nullable CollectionModel collection, Rule rule) {
    return of(given -> kind, collection, rule);
  }

  /**
   * A rule whose weight its arguments choose.
   *
   * @param kind by the arguments
   */
  Rule of(Function<Given, Kind> kind, @Nullable CollectionModel collection, Rule rule) {
    int each = collection == null ? 1 : weights.of(collection.definition().name());
    return new Weighed(rule, kind, each, weights);
  }

  private record Weighed(
      Rule rule, Function<Given, Kind> kind, int each, GraphQlSettings.Weights weights)
      implements Rule {
    @Override
    public long documents(Given given) {
      return rule.documents(given);
    }

    @Override
    public long besides(Given given) {
      return rule.besides(given);
    }

    @Override
    public long weight(Given given) {
      return (long) each * weights.of(kind.apply(given));
    }
  }
}
