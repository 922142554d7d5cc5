package dev.weir.query.graphql.types;

import graphql.schema.DataFetchingEnvironment;
import java.util.Objects;

/** The value of the field around a field. */
public final class Sources {
  private Sources() {}

  /**
   * The source, of the type that the fetcher of the outer field gives; there is one below the root.
   */
  public static <T> T of(DataFetchingEnvironment field, Class<T> type) {
    Object source = field.getSource();
    return type.cast(Objects.requireNonNull(source));
  }
}
