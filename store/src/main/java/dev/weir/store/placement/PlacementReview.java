package dev.weir.store.placement;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.TreeSet;

/** Says of every shard how its copies stand, why, and what to do. */
public final class PlacementReview {
  private final PlacementRule rule;
  private final int replicas;
  private final List<Placed> nodes;
  private final Places places;
  private final IntSummaryStatistics loads;

  private PlacementReview(PlacementRule rule, int replicas, List<Placed> nodes) {
    this.rule = rule;
    this.replicas = replicas;
    this.nodes = nodes.stream().sorted(Comparator.comparing(Placed::node)).toList();
    this.places = Places.of(this.nodes.stream().map(Placed::location).toList(), rule);
    this.loads = nodes.stream().mapToInt(n -> n.copies().size()).summaryStatistics();
  }

  /**
   * Reviews what nodes hold.
   *
   * @param shards number of shards
   * @param replicas copies wanted of each
   * @param nodes in any order
   */
  public static PlacementReport of(
      int shards, int replicas, PlacementRule rule, List<Placed> nodes) {
    PlacementReview review = new PlacementReview(rule, replicas, nodes);
    List<PlacementReport.Shard> reports = new ArrayList<>();
    for (int shard = 0; shard < shards; shard++) {
      reports.add(review.shard(shard));
    }
    return new PlacementReport(
        rule, replicas, review.nodes.stream().map(PlacementReview::node).toList(), reports);
  }

  private static PlacementReport.Node node(Placed node) {
    int actives = (int) node.copies().values().stream().filter(active -> active).count();
    return new PlacementReport.Node(node.node(), node.location(), actives, node.copies().size());
  }

  private PlacementReport.Shard shard(int shard) {
    List<Integer> holders = new ArrayList<>();
    for (int node = 0; node < nodes.size(); node++) {
      if (nodes.get(node).copies().containsKey(shard)) {
        holders.add(node);
      }
    }
    holders.sort(
        Comparator.comparing((Integer node) -> !active(shard, node)).thenComparingInt(n -> n));
    int distinct = (int) holders.stream().map(places::of).distinct().count();
    int missing = Math.max(0, replicas - distinct);
    int misplaced = Math.max(0, Math.min(replicas, holders.size()) - distinct);
    PlacementReport.State state = state(shard, holders, distinct);
    boolean lacks = state != PlacementReport.State.MISPLACED;
    return new PlacementReport.Shard(
        shard,
        state,
        holders.stream().map(node -> copy(shard, node)).toList(),
        lacks ? missing : 0,
        misplaced,
        why(shard, state, holders),
        advice(state));
  }

  private PlacementReport.State state(int shard, List<Integer> holders, int distinct) {
    if (holders.stream().noneMatch(node -> active(shard, node))) {
      return PlacementReport.State.NO_ACTIVE;
    }
    if (distinct >= replicas) {
      return holders.size() > replicas
          ? PlacementReport.State.MOVING
          : PlacementReport.State.PLACED;
    }
    if (distinct < Math.min(replicas, places.count())) {
      return PlacementReport.State.BUILDING;
    }
    if (rule.strict() || nodes.size() < replicas) {
      return PlacementReport.State.UNDER_REPLICATED;
    }
    return holders.size() < replicas
        ? PlacementReport.State.BUILDING
        : PlacementReport.State.MISPLACED;
  }

  private boolean active(int shard, int node) {
    return nodes.get(node).copies().getOrDefault(shard, false);
  }

  private PlacementReport.Copy copy(int shard, int node) {
    Placed placed = nodes.get(node);
    return new PlacementReport.Copy(placed.node(), placed.location(), active(shard, node));
  }

  private String why(int shard, PlacementReport.State state, List<Integer> holders) {
    String place = rule.separation().name().toLowerCase(Locale.ROOT);
    return switch (state) {
      case PLACED -> placed(place, holders);
      case MOVING ->
          "It has "
              + holders.size()
              + " copies instead of "
              + replicas
              + ": one is built to even out the load, and the one it replaces stays until then.";
      case BUILDING ->
          "It has "
              + holders.size()
              + " of "
              + replicas
              + " copies; there is a "
              + place
              + " for another one.";
      case UNDER_REPLICATED ->
          nodes.size() < replicas
              ? replicas + " copies are wanted, but there are only " + nodes.size() + " nodes."
              : replicas
                  + " copies are wanted in different "
                  + place
                  + "s, but the nodes stand in only "
                  + places.count()
                  + ": "
                  + names()
                  + ".";
      case MISPLACED ->
          "The nodes stand in only "
              + places.count()
              + " "
              + place
              + "s ("
              + names()
              + "), so that two of its "
              + replicas
              + " copies share one.";
      case NO_ACTIVE -> "No node has said that it is the active of shard " + shard + ".";
    };
  }

  private String placed(String place, List<Integer> holders) {
    String apart = holders.size() > 1 ? "Its copies stand in different " + place + "s. " : "";
    return apart
        + "Nodes hold "
        + loads.getMin()
        + " to "
        + loads.getMax()
        + " copies; "
        + nodes.get(holders.get(0)).node()
        + " holds "
        + nodes.get(holders.get(0)).copies().size()
        + " and stays the active because it has the state.";
  }

  /** The places there are, as far as nodes say where they stand. */
  private String names() {
    TreeMap<Integer, TreeSet<String>> names = new TreeMap<>();
    for (int node = 0; node < nodes.size(); node++) {
      Placed placed = nodes.get(node);
      List<String> place = placed.location().place(rule.separation());
      List<String> said = place.stream().filter(part -> !part.isEmpty()).toList();
      names
          .computeIfAbsent(places.of(node), p -> new TreeSet<>())
          .add(said.isEmpty() ? placed.node() + " (no rack said)" : String.join("/", said));
    }
    List<String> all = new ArrayList<>();
    names.values().forEach(place -> all.add(String.join(" + ", place)));
    return String.join(", ", all);
  }

  private String advice(PlacementReport.State state) {
    String place = rule.separation().name().toLowerCase(Locale.ROOT);
    return switch (state) {
      case PLACED, MOVING -> "";
      case BUILDING ->
          "Nothing, if a node has just come or gone; if it lasts, read the log of the node that"
              + " should hold it.";
      case UNDER_REPLICATED ->
          nodes.size() < replicas
              ? "Start more nodes, or lower 'replicas'."
              : "Start a node in another "
                  + place
                  + " or correct 'rack', or lower 'replicas', or accept copies side by side with"
                  + " 'placement: best-effort'.";
      case MISPLACED -> "Start a node in another " + place + " or correct 'rack'; it moves there.";
      case NO_ACTIVE ->
          "Wait for the rebalance; if it lasts, see that nodes are up and that Kafka answers.";
    };
  }
}
