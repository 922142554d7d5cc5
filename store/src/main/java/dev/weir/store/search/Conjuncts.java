package dev.weir.store.search;

import dev.weir.store.Filter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What must all hold of a document for a filter to hold. Immutable. */
final class Conjuncts {
  private final List<Filter> parts = new ArrayList<>();
  private final Set<Filter> all;

  private Conjuncts(@Nullable Filter filter) {
    if (filter != null) {
      flatten(filter);
    }
    this.all = Set.copyOf(parts);
  }

  static Conjuncts of(@Nullable Filter filter) {
    return new Conjuncts(filter);
  }

  /** The parts, none of them a list of parts that must all hold. */
  List<Filter> parts() {
    return parts;
  }

  /** Whether all parts of a filter are among these, as they are written. */
  boolean have(@Nullable Filter filter) {
    return all.containsAll(of(filter).parts);
  }

  private void flatten(Filter filter) {
    if (filter instanceof Filter.And and) {
      and.parts().forEach(this::flatten);
    } else if (filter instanceof Filter.Not not && not.part() instanceof Filter.Not twice) {
      flatten(twice.part());
    } else if (filter instanceof Filter.Or or && or.parts().size() == 1) {
      flatten(or.parts().get(0));
    } else if (filter instanceof Filter.Between between) {
      parts.add(new Filter.Compare(between.field(), Filter.Relation.GTE, between.low()));
      parts.add(new Filter.Compare(between.field(), Filter.Relation.LTE, between.high()));
    } else {
      parts.add(normal(filter));
    }
  }

  /** Values of one field, if that is all that the parts ask for. */
  private static Filter.@Nullable In oneOf(Filter.Or or) {
    Filter.Field field = null;
    List<Filter.Value> values = new ArrayList<>();
    for (Filter part : or.parts()) {
      Filter.Field of;
      if (part instanceof Filter.Compare test && test.relation() == Filter.Relation.EQ) {
        of = test.field();
        values.add(test.value());
      } else if (part instanceof Filter.In in) {
        of = in.field();
        values.addAll(in.values());
      } else {
        return null;
      }
      if (field != null && !field.equals(of)) {
        return null;
      }
      field = of;
    }
    return field == null ? null : new Filter.In(field, values);
  }

  private static Filter normal(Filter filter) {
    if (filter instanceof Filter.Or or) {
      Filter.In in = oneOf(or);
      return in == null ? filter : in;
    }
    if (filter instanceof Filter.Exists exists && !exists.present()) {
      return new Filter.Compare(exists.field(), Filter.Relation.EQ, new Filter.Value.Null());
    }
    if (filter instanceof Filter.Compare test
        && test.relation() == Filter.Relation.NE
        && test.value() instanceof Filter.Value.Null) {
      return new Filter.Exists(test.field(), true);
    }
    if (filter instanceof Filter.Not not && not.part() instanceof Filter.Exists exists) {
      return normal(new Filter.Exists(exists.field(), !exists.present()));
    }
    return filter instanceof Filter.In in && in.values().size() == 1
        ? new Filter.Compare(in.field(), Filter.Relation.EQ, in.values().get(0))
        : filter;
  }
}
