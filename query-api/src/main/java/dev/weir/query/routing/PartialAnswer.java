package dev.weir.query.routing;

import dev.weir.query.Result;
import dev.weir.store.Document;
import dev.weir.store.GraphQuery;
import dev.weir.store.Query;
import dev.weir.store.ReadResult;
import dev.weir.store.Refusal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The answer of those shards that gave one, which says what is missing. */
final class PartialAnswer {
  private PartialAnswer() {}

  /** Merges what there is; a failure if there is nothing, or if it could not be told from all. */
  static <R> Result<R> of(QueryPlan<R> plan, List<Part<R>> parts) {
    List<R> answers = new ArrayList<>(parts.size());
    List<Result.Source> sources = new ArrayList<>(parts.size());
    SortedMap<Integer, Refusal> missing = new TreeMap<>();
    for (Part<R> part : parts) {
      if (part.result() instanceof ReadResult.Answer<R> answer) {
        answers.add(answer.value());
        sources.add(
            new Result.Source(answer.shard(), part.node(), answer.position(), answer.staleness()));
      } else {
        Refusal refusal = Attempts.last(((ReadResult.Refused<R>) part.result()).refusal());
        missing.put(part.question().shard(), refusal);
        answers.add(nothing(part.question().query()));
      }
    }
    if (sources.isEmpty()) {
      return new Result.Failure<>(Objects.requireNonNull(missing.get(missing.firstKey())));
    }
    return new Result.Partial<>(plan.merge().merge(answers), sources, missing);
  }

  @SuppressWarnings("unchecked") // each kind of query fixes its answer's type
  private static <R> R nothing(Query<R> query) {
    if (query instanceof Query.MultiGet get) {
      return (R) Collections.nCopies(get.keys().size(), Optional.<Document>empty());
    }
    if (query instanceof Query.Select select) {
      return (R) Collections.nCopies(select.keys().size(), Optional.<Document>empty());
    }
    if (query instanceof GraphQuery.Expand expand) {
      return (R)
          Collections.nCopies(
              expand.vertices().size(), new GraphQuery.Neighbours(List.of(), false));
    }
    if (query instanceof GraphQuery.Visit visit) {
      return (R)
          Collections.nCopies(
              visit.vertices().size(), new GraphQuery.Visited(false, Optional.empty(), List.of()));
    }
    if (query instanceof GraphQuery.Degrees degrees) {
      return (R) Collections.nCopies(degrees.vertices().size(), 0L);
    }
    if (query instanceof Query.Scan) {
      return (R) new Query.Page(List.of(), false);
    }
    if (query instanceof Query.Count) {
      return (R) (Long) 0L;
    }
    throw new IllegalArgumentException("asked of one shard only: " + query);
  }
}
