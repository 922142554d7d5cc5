package dev.weir.query.routing;

import dev.weir.query.ShardQuery;
import dev.weir.store.Catalogue;
import dev.weir.store.Query;
import dev.weir.store.ShardMap;
import java.util.ArrayList;
import java.util.List;

/** The plans of several questions as one: their parts side by side, their answers in a list. */
final class SeveralPlan {
  private SeveralPlan() {}

  @SuppressWarnings("unchecked") // every plan takes back the answers to its own parts
  static QueryPlan<List<Object>> of(Query.Several query, Catalogue catalogue, ShardMap shards) {
    List<QueryPlan<Object>> plans = new ArrayList<>();
    List<ShardQuery<Object>> parts = new ArrayList<>();
    for (Query<?> each : query.queries()) {
      QueryPlan<Object> plan = (QueryPlan<Object>) QueryPlan.of(each, catalogue, shards);
      plans.add(plan);
      parts.addAll(plan.parts());
    }
    return new QueryPlan<>(
        (List<ShardQuery<List<Object>>>) (List<?>) parts,
        answers -> {
          List<Object> merged = new ArrayList<>(plans.size());
          int from = 0;
          for (QueryPlan<Object> plan : plans) {
            int to = from + plan.parts().size();
            merged.add(plan.merge().merge((List<Object>) (List<?>) answers.subList(from, to)));
            from = to;
          }
          return merged;
        });
  }
}
