package dev.weir.query.graph;

import dev.weir.graph.traverse.GraphReads;
import dev.weir.graph.traverse.RefusedException;
import dev.weir.query.Database;
import dev.weir.query.ReadOptions;
import dev.weir.query.Result;
import dev.weir.store.Catalogue;
import dev.weir.store.Query;
import dev.weir.store.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The whole database as one walk reads it: no later answer is from before an earlier one, and what
 * answered and what is missing is remembered. Used by one thread at a time.
 */
public final class DatabaseGraph implements GraphReads {
  private final Database database;
  private final SortedMap<Integer, Result.Source> sources = new TreeMap<>();
  private final SortedMap<Integer, Refusal> missing = new TreeMap<>();
  private ReadOptions options;
  private boolean begun;

  /**
   * A database at the beginning of a walk.
   *
   * @param options how it is read; a walk cannot begin without the shard that it begins in, even if
   *     they allow answers that lack shards
   */
  public DatabaseGraph(Database database, ReadOptions options) {
    this.database = database;
    this.options = options;
  }

  @Override
  public Catalogue catalogue() {
    return database.catalogue();
  }

  @Override
  public List<Object> ask(List<Query<?>> questions) throws RefusedException {
    Result<List<Object>> result =
        database
            .ask(new Query.Several(questions), options.allowPartial(options.partial() && begun))
            .join();
    begun = true;
    if (result instanceof Result.Success<List<Object>> success) {
      return took(success.value(), success.sources());
    } else if (result instanceof Result.Partial<List<Object>> partial) {
      missing.putAll(partial.missing());
      return took(partial.value(), partial.sources());
    }
    throw new RefusedException(((Result.Failure<List<Object>>) result).refusal());
  }

  private List<Object> took(List<Object> value, List<Result.Source> from) {
    from.forEach(source -> sources.put(source.shard(), source));
    options = options.after(from);
    return value;
  }

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  /** Which shards answered, each as it did last, ordered by shard. */
  public List<Result.Source> sources() {
    return new ArrayList<>(sources.values());
  }

  /** Why shards did not answer; empty unless the options allow it. */
  public SortedMap<Integer, Refusal> missing() {
    return missing;
  }
}
