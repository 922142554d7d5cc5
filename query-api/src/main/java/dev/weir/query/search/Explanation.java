package dev.weir.query.search;

import dev.weir.query.Result;
import dev.weir.store.Filter;
import dev.weir.store.SearchQuery.Access;
import dev.weir.store.SearchQuery.Plan;
import dev.weir.store.filter.ExpressionWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How documents were found, for callers who ask. */
public final class Explanation {
  private Explanation() {}

  /**
   * As JSON.
   *
   * @param plans of those shards that answered
   * @param sources the same shards in the same order
   */
  public static Map<String, Object> of(
      @Nullable Filter filter, List<Plan> plans, List<Result.Source> sources) {
    List<Object> shards = new ArrayList<>();
    for (int i = 0; i < plans.size(); i++) {
      shards.add(shard(plans.get(i), sources.get(i)));
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("filter", filter == null ? null : ExpressionWriter.text(filter));
    json.put("rows", plans.stream().mapToLong(Plan::rows).sum());
    json.put("scanned", plans.stream().anyMatch(plan -> plan.access() == Access.SCAN));
    json.put("shards", shards);
    return json;
  }

  private static Map<String, Object> shard(Plan plan, Result.Source source) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("shard", source.shard());
    json.put("node", source.node());
    json.put("access", plan.access().name().toLowerCase(Locale.ROOT).replace('_', '-'));
    json.put("index", plan.index());
    json.put("entries", plan.entries());
    json.put("documents", plan.documents());
    json.put("sorted", plan.sorted());
    return json;
  }
}
