package dev.weir.store.search;

import dev.weir.store.Filter;
import dev.weir.store.Filter.Field;
import dev.weir.store.SearchQuery.Sort;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Names the index that would have helped. */
final class Advice {

  private Advice() {}

  /** For a filter and an order: first what must be equal, then what is ordered by, then ranges. */
  static String of(@Nullable Filter filter, List<Sort> order) {
    Set<Field> equal = new LinkedHashSet<>();
    Set<Field> others = new LinkedHashSet<>();
    collect(filter, equal, others);
    Set<Field> fields = new LinkedHashSet<>(equal);
    order.forEach(sort -> fields.add(sort.field()));
    fields.addAll(others);
    if (fields.isEmpty()) {
      return "none: name a range of keys, or ask for fewer";
    }
    return "an index on "
        + fields.stream().limit(3).map(Field::path).collect(Collectors.joining(", "));
  }

  private static void collect(@Nullable Filter filter, Set<Field> equal, Set<Field> others) {
    if (filter instanceof Filter.And and) {
      and.parts().forEach(part -> collect(part, equal, others));
    } else if (filter instanceof Filter.Compare test) {
      switch (test.relation()) {
        case EQ -> equal.add(test.field());
        case LT, LTE, GT, GTE -> others.add(test.field());
        case NE -> {
          // no index tells what is not there
        }
      }
    } else if (filter instanceof Filter.In test) {
      equal.add(test.field());
    } else if (filter instanceof Filter.Between test) {
      others.add(test.field());
    } else if (filter instanceof Filter.Prefix test) {
      others.add(test.field());
    } else if (filter instanceof Filter.Contains test) {
      equal.add(test.field());
    } else if (filter instanceof Filter.Exists test) {
      others.add(test.field());
    }
  }
}
