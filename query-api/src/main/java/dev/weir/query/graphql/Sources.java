package dev.weir.query.graphql;

import graphql.schema.DataFetchingEnvironment;
import java.util.Objects;

/** The value of the field around a field. */
final class Sources {
  private Sources() {}

  /**
   * The source, of the type that the fetcher of the outer field gives; there is one below the root.
   */
  static <T> T of(DataFetchingEnvironment field, Class<T> type) {
    Object source = field.getSource();
    return type.cast(Objects.requireNonNull(source));
  }
}
