package dev.weir.store.search;

import dev.weir.store.Filter;
import dev.weir.store.Filter.Field;
import dev.weir.store.IndexDefinition;
import dev.weir.store.KeyRange;
import dev.weir.store.Query.Order;
import dev.weir.store.SearchQuery.Access;
import dev.weir.store.SearchQuery.Sort;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the way to documents: the index with the most fields that must be equal, of those one
 * that has the order asked for, of those one with a range, of those the oldest. The same questions
 * and definitions always give the same choice.
 */
final class Planner {
  private static final Comparator<Candidate> BEST =
      Comparator.comparingInt((Candidate c) -> -c.choice().equal())
          .thenComparing(c -> !c.ordered())
          .thenComparing(c -> !c.choice().ranged())
          .thenComparing(c -> c.choice().definition().id());

  private final List<IndexDefinition> indexes;
  private final KeyRange range;
  private final @Nullable Filter filter;
  private final List<Sort> order;

  /**
   * Plans one question.
   *
   * @param indexes those that may be used
   */
  Planner(
      List<IndexDefinition> indexes, KeyRange range, @Nullable Filter filter, List<Sort> order) {
    this.indexes = indexes;
    this.range = range;
    this.filter = filter;
    this.order = order;
  }

  private record Candidate(IndexChoice choice, boolean ordered) {}

  /** The best way. */
  Way way() {
    return candidates().stream()
        .min(BEST)
        .<Way>map(this::along)
        .orElseGet(() -> byKey(range, order));
  }

  /** The best way on which documents come in the order asked for; empty = there is none. */
  Optional<Way> streaming() {
    if (order.isEmpty()) {
      return Optional.of(byKey(range, order));
    }
    return candidates().stream().filter(Candidate::ordered).min(BEST).map(this::along);
  }

  private List<Candidate> candidates() {
    Access access = access(range);
    List<Candidate> candidates = new ArrayList<>();
    if (access != Access.KEY) {
      Conjuncts conjuncts = Conjuncts.of(filter);
      for (IndexDefinition index : indexes) {
        candidate(index, conjuncts, access == Access.SCAN, candidates);
      }
    }
    return candidates;
  }

  /** Along the keys, whatever indexes there are. */
  static Way byKey(KeyRange range, List<Sort> order) {
    return new Way.ByKey(
        access(range), range, order.isEmpty() ? Ordering.COMING : Ordering.BY_VALUES);
  }

  private void candidate(
      IndexDefinition index, Conjuncts conjuncts, boolean scan, List<Candidate> candidates) {
    if (index.where() != null && !conjuncts.have(index.where())) {
      return;
    }
    IndexChoice choice = Chooser.of(index, conjuncts);
    boolean ordered = isOrdered(choice);
    // A range of keys is read in the order of the keys, and holds less than all of an index.
    boolean helps = (ordered && !order.isEmpty()) || (scan && choice.ranged());
    if (choice.equal() > 0 || helps || isOfFew(index, scan)) {
      candidates.add(new Candidate(choice, ordered));
    }
  }

  /** Whether an index leaves documents out that the question does not want either. */
  private static boolean isOfFew(IndexDefinition index, boolean scan) {
    return scan && index.where() != null;
  }

  private Way along(Candidate candidate) {
    IndexChoice choice = candidate.choice();
    boolean lookup = choice.equal() == choice.definition().fields().size();
    return new Way.ByIndex(
        lookup ? Access.INDEX_LOOKUP : Access.INDEX_RANGE,
        choice,
        range,
        candidate.ordered()
            ? Ordering.COMING
            : order.isEmpty() ? Ordering.BY_KEYS : Ordering.BY_VALUES);
  }

  /** Whether the spans are in the order asked for, one behind the other. */
  private boolean isOrdered(IndexChoice choice) {
    List<Field> fields = choice.definition().fields();
    List<Sort> left = left(order, fields.subList(0, choice.pinned()));
    List<Field> rest = fields.subList(choice.pinned(), fields.size());
    return left.stream().map(Sort::field).toList().equals(rest)
        && left.stream().map(Sort::order).distinct().count() <= 1;
  }

  /**
   * What an order comes to if some fields have one value only: fields count where they first are.
   */
  static List<Sort> left(List<Sort> order, List<Field> pinned) {
    List<Sort> left = new ArrayList<>();
    for (Sort sort : order) {
      if (!pinned.contains(sort.field())
          && left.stream().noneMatch(s -> s.field().equals(sort.field()))) {
        left.add(sort);
      }
    }
    return left;
  }

  /** Whether an order goes down, if an index has it at all. */
  static boolean isDescending(List<Sort> left) {
    return !left.isEmpty() && left.get(0).order() == Order.DESC;
  }

  static Access access(KeyRange range) {
    if (range.from() == null && range.to() == null) {
      return Access.SCAN;
    }
    return range.fromInclusive() && range.toInclusive() && Arrays.equals(range.from(), range.to())
        ? Access.KEY
        : Access.KEY_RANGE;
  }
}
