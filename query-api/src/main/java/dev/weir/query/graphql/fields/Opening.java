package dev.weir.query.graphql.fields;

import dev.weir.query.changes.Place;
import dev.weir.query.changes.Wish;
import dev.weir.query.graphql.types.CollectionModel;
import graphql.GraphQLError;
import org.jspecify.annotations.Nullable;

/**
 * What a subscription asks for, found out by executing its field once before there is an event.
 * Used by one execution.
 */
public final class Opening {
  private @Nullable Wanted wanted;
  private @Nullable GraphQLError refusal;

  /**
   * What is to be followed.
   *
   * @param after where to go on; null = from the beginning
   */
  public record Wanted(CollectionModel collection, Wish wish, @Nullable Place after) {}

  void wants(Wanted found) {
    wanted = found;
  }

  void refuse(GraphQLError error) {
    refusal = error;
  }

  /** Null = it was refused, or not executed. */
  public @Nullable Wanted wanted() {
    return wanted;
  }

  /** Null = it was not refused. */
  public @Nullable GraphQLError refusal() {
    return refusal;
  }
}
