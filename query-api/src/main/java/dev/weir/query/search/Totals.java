package dev.weir.query.search;

import dev.weir.query.Result;
import dev.weir.query.SearchLimits;
import dev.weir.query.routing.SearchMerge;
import dev.weir.store.Query;
import dev.weir.store.Refusal;
import dev.weir.store.SearchQuery.Aggregate;
import dev.weir.store.SearchQuery.Aggregated;
import dev.weir.store.SearchQuery.OfShard;
import dev.weir.store.SearchQuery.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Asks every shard for its part of an aggregate, piece by piece, until all have said everything or
 * too much was read. With each piece one call goes to every node that has more to say.
 */
public final class Totals {
  /** A piece is so many rows of a shard: short enough that no call takes long. */
  private static final int PIECE = 50_000;

  /** More groups than this are not kept. */
  public static final int MOST_GROUPS = 10_000;

  private final Function<Query<List<Object>>, Result<List<Object>>> database;
  private final SearchLimits limits;
  private final int shards;
  private final SortedMap<Integer, Result.Source> sources = new TreeMap<>();
  private final SortedMap<Integer, Refusal> missing = new TreeMap<>();
  private final SortedMap<Integer, Plan> plans = new TreeMap<>();
  private long rows;

  /**
   * Asks a database.
   *
   * @param database waits for the answer
   * @param limits what may be read altogether
   * @param shards of the database
   */
  public Totals(
      Function<Query<List<Object>>, Result<List<Object>>> database,
      SearchLimits limits,
      int shards) {
    this.database = database;
    this.limits = limits;
    this.shards = shards;
  }

  /** What became of it. */
  public sealed interface Totalled {

    /** Everything was read; its plans are those of the shards that answered, in their order. */
    record Complete(Result<Aggregated> result) implements Totalled {}

    /** A shard refused. */
    record Refused(Refusal refusal) implements Totalled {}

    /**
     * More would have to be read or kept than is allowed.
     *
     * @param what rows or groups
     * @param most that are allowed
     */
    record TooMuch(String what, int most) implements Totalled {}
  }

  /** Asks, and waits for the answers. */
  public Totalled total(Aggregate query) {
    List<OfShard<Aggregated>> left = new ArrayList<>();
    IntStream.range(0, shards)
        .forEach(s -> left.add(new OfShard<>(s, piece(query, query.after()))));
    List<Aggregated> read = new ArrayList<>();
    while (!left.isEmpty()) {
      if (rows >= limits.rows()) {
        return new Totalled.TooMuch("rows", limits.rows());
      }
      Result<List<Object>> answer = database.apply(new Query.Several(List.copyOf(left)));
      if (answer instanceof Result.Failure<List<Object>> failure) {
        return new Totalled.Refused(failure.refusal());
      }
      List<OfShard<Aggregated>> further = new ArrayList<>();
      List<Object> parts = note(answer);
      for (int i = 0; i < parts.size(); i++) {
        Aggregated part = (Aggregated) parts.get(i);
        read.add(part);
        int shard = left.get(i).shard();
        part.plans().forEach(plan -> note(shard, plan));
        if (part.next() != null) {
          further.add(new OfShard<>(shard, piece(query, part.next())));
        }
      }
      Aggregated together = SearchMerge.groups(query, read);
      if (together.groups().size() > MOST_GROUPS) {
        return new Totalled.TooMuch("groups", MOST_GROUPS);
      }
      read.clear();
      read.add(together);
      left.clear();
      left.addAll(further);
    }
    return new Totalled.Complete(result(read.get(0)));
  }

  private Result<Aggregated> result(Aggregated all) {
    Aggregated planned = new Aggregated(all.groups(), null, List.copyOf(plans.values()));
    List<Result.Source> answered = List.copyOf(sources.values());
    return missing.isEmpty()
        ? new Result.Success<>(planned, answered)
        : new Result.Partial<>(planned, answered, missing);
  }

  private List<Object> note(Result<List<Object>> answer) {
    if (answer instanceof Result.Partial<List<Object>> partial) {
      missing.putAll(partial.missing());
      partial.sources().forEach(source -> sources.put(source.shard(), source));
      return partial.value();
    }
    Result.Success<List<Object>> success = (Result.Success<List<Object>>) answer;
    success.sources().forEach(source -> sources.put(source.shard(), source));
    return success.value();
  }

  private void note(int shard, Plan plan) {
    rows += plan.rows();
    plans.merge(
        shard,
        plan,
        (a, b) ->
            new Plan(
                a.access(),
                a.index(),
                a.entries() + b.entries(),
                a.documents() + b.documents(),
                a.sorted()));
  }

  private Aggregate piece(Aggregate query, byte @Nullable [] after) {
    int most = Math.min(PIECE, limits.rowsOfEach(shards));
    return new Aggregate(
        query.collection(),
        query.range(),
        query.filter(),
        query.groupBy(),
        query.measures(),
        after,
        most,
        limits.scans());
  }
}
