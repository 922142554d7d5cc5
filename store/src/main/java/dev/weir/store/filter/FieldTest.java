package dev.weir.store.filter;

import dev.weir.store.Filter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A filter over the numbered fields of a {@link FieldTree}. Immutable. */
public interface FieldTest {
  /** Holds of everything. */
  FieldTest TRUE = found -> true;

  /**
   * Whether it holds.
   *
   * @param found values by number of the field; null = absent or null
   */
  boolean holds(@Nullable FieldValue[] found);

  /** Prepares a filter, and has its fields numbered. */
  static FieldTest of(Filter filter, FieldTree fields) {
    if (filter instanceof Filter.And and) {
      return and(all(and.parts(), fields));
    } else if (filter instanceof Filter.Or or) {
      return or(all(or.parts(), fields));
    } else if (filter instanceof Filter.Not not) {
      FieldTest part = of(not.part(), fields);
      return found -> !part.holds(found);
    } else if (filter instanceof Filter.Compare test) {
      return compare(test, fields.index(test.field()));
    } else if (filter instanceof Filter.In test) {
      int field = fields.index(test.field());
      Operands values = new Operands(test.values());
      return found -> values.have(found[field]);
    } else if (filter instanceof Filter.Between test) {
      FieldTest low = ordered(Filter.Relation.GTE, test.low(), fields.index(test.field()));
      FieldTest high = ordered(Filter.Relation.LTE, test.high(), fields.index(test.field()));
      return found -> low.holds(found) && high.holds(found);
    } else if (filter instanceof Filter.Prefix test) {
      int field = fields.index(test.field());
      return found ->
          found[field] instanceof FieldValue.Text text && text.text().startsWith(test.prefix());
    } else if (filter instanceof Filter.Exists test) {
      int field = fields.index(test.field());
      return found -> (found[field] != null) == test.present();
    }
    Filter.Contains test = (Filter.Contains) filter;
    return contains(test.value(), fields.index(test.field()));
  }

  private static List<FieldTest> all(List<Filter> parts, FieldTree fields) {
    List<FieldTest> tests = new ArrayList<>();
    parts.forEach(part -> tests.add(of(part, fields)));
    return tests;
  }

  private static FieldTest and(List<FieldTest> parts) {
    if (parts.isEmpty()) {
      return TRUE;
    }
    return found -> {
      for (FieldTest part : parts) {
        if (!part.holds(found)) {
          return false;
        }
      }
      return true;
    };
  }

  private static FieldTest or(List<FieldTest> parts) {
    return found -> {
      for (FieldTest part : parts) {
        if (part.holds(found)) {
          return true;
        }
      }
      return false;
    };
  }

  private static FieldTest compare(Filter.Compare test, int field) {
    Operands value = new Operands(List.of(test.value()));
    return switch (test.relation()) {
      case EQ -> found -> value.have(found[field]);
      case NE -> found -> !value.have(found[field]);
      case LT, LTE, GT, GTE -> ordered(test.relation(), test.value(), field);
    };
  }

  private static FieldTest ordered(Filter.Relation relation, Filter.Value value, int field) {
    Operand operand = new Operand(value);
    return found -> {
      FieldValue actual = found[field];
      if (actual == null || !operand.comparable(actual)) {
        return false;
      }
      int order = operand.compare(actual);
      return switch (relation) {
        case LT -> order < 0;
        case LTE -> order <= 0;
        case GT -> order > 0;
        case GTE -> order >= 0;
        case EQ, NE -> throw new IllegalStateException("no order");
      };
    };
  }

  private static FieldTest contains(Filter.Value value, int field) {
    Operands element = new Operands(List.of(value));
    String within = value instanceof Filter.Value.Text text ? text.text() : null;
    return found -> {
      FieldValue actual = found[field];
      if (actual instanceof FieldValue.Elements list) {
        return list.elements().stream().anyMatch(element::have);
      }
      return within != null
          && actual instanceof FieldValue.Text text
          && text.text().contains(within);
    };
  }
}
