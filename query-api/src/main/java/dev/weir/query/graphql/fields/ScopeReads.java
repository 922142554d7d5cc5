package dev.weir.query.graphql.fields;

import dev.weir.graph.traverse.GraphReads;
import dev.weir.graph.traverse.RefusedException;
import dev.weir.query.Result;
import dev.weir.store.Catalogue;
import dev.weir.store.Query;
import java.util.List;

/** The database as one walk of a request reads it. */
record ScopeReads(RequestScope scope) implements GraphReads {
  @Override
  public Catalogue catalogue() {
    return scope.catalogue();
  }

  @Override
  public List<Object> ask(List<Query<?>> questions) throws RefusedException {
    Result<List<Object>> result = scope.askHere(new Query.Several(questions));
    if (result instanceof Result.Success<List<Object>> success) {
      return success.value();
    }
    if (result instanceof Result.Partial<List<Object>> partial) {
      return partial.value();
    }
    throw new RefusedException(((Result.Failure<List<Object>>) result).refusal());
  }

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }
}
