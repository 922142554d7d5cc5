package dev.weir.query.routing;

import dev.weir.store.SearchQuery.Access;
import dev.weir.store.SearchQuery.Aggregated;
import dev.weir.store.SearchQuery.Found;
import dev.weir.store.SearchQuery.Plan;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Counts the rows that searches have had read. Safe from any thread. */
final class SearchMeters {
  private final Map<Access, LongAdder> rows;

  SearchMeters() {
    Map<Access, LongAdder> all = new EnumMap<>(Access.class);
    for (Access access : Access.values()) {
      all.put(access, new LongAdder());
    }
    rows = Collections.unmodifiableMap(all);
  }

  void bindTo(MeterRegistry metrics) {
    rows.forEach(
        (access, adder) ->
            FunctionCounter.builder("weir.search.rows", adder, LongAdder::sum)
                .description("Index entries and documents that questions by contents have read")
                .tag("access", access.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .register(metrics));
  }

  /** Notes an answer, of whichever question. */
  void note(Object answer) {
    if (answer instanceof Found found) {
      note(found.plans());
    } else if (answer instanceof Aggregated aggregated) {
      note(aggregated.plans());
    } else if (answer instanceof List<?> several) {
      several.stream().filter(Aggregated.class::isInstance).forEach(this::note);
    }
  }

  private void note(List<Plan> plans) {
    for (Plan plan : plans) {
      LongAdder adder = rows.get(plan.access());
      if (adder != null) {
        adder.add(plan.rows());
      }
    }
  }
}
