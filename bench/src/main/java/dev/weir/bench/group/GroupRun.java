package dev.weir.bench.group;

import dev.weir.bench.Figures;
import dev.weir.bench.Scale;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Rebalances of 400 hosts with 3 threads each, and the routing topic that stands beside them. */
public final class GroupRun {
  private static final int HOSTS = 400;
  private static final int THREADS = 3;

  private GroupRun() {}

  /** Measures all sizes; the quick scale leaves out the largest of the stock assignor. */
  public static Figures run(Scale scale, Path directory) {
    Figures figures = new Figures();
    for (int round = 0; round < scale.rounds(); round++) {
      for (int shards : List.of(1_200, 4_800, 12_000)) {
        for (int standbys = 1; standbys <= 2; standbys++) {
          measure(figures, new Group(HOSTS, THREADS, shards, standbys, 1, true), directory);
          if (!scale.equals(Scale.QUICK) || shards < 12_000) {
            measure(figures, new Group(HOSTS, THREADS, shards, standbys, 1, false), directory);
          }
        }
        RoutingCost.measure(figures, HOSTS, shards, 2);
      }
      if (!scale.equals(Scale.QUICK)) {
        measure(figures, new Group(HOSTS, THREADS, 12_000, 2, 3, false), directory);
      }
    }
    figures.note(
        "Members send their subscriptions and get their assignments; both are counted, as Kafka's"
            + " own code encodes them. `first`: nobody has anything. `settled`: everybody has all"
            + " it should have. `loss`: one host is gone. Times are the leader's: decode, place,"
            + " encode; no network, and committed offsets at hand.");
    return figures;
  }

  private static void measure(Figures figures, Group group, Path directory) {
    String name =
        String.format(
            Locale.ROOT,
            "%s, %,d shards x %d standbys%s",
            group.weir() ? "Weir" : "stock",
            group.shards(),
            group.standbys(),
            group.topics() > 1 ? ", " + group.topics() + " topics" : "");
    System.err.println(name);
    Rebalance rebalance = new Rebalance(group, group.assignor(directory));
    if (!group.weir()) {
      // Whatever happens, every member gets the whole map of hosts.
      add(figures, name + ": first", rebalance.run(false));
      return;
    }
    List<Rebalance.Cost> first = rebalance.settle();
    add(figures, name + ": first", first.get(0));
    Rebalance.Cost settled = rebalance.run(true);
    add(figures, name + ": settled", settled);
    figures.add(
        name + ": settled, per member", "B", (double) settled.bytes() / rebalance.members());
    rebalance.lose(HOSTS / 2);
    List<Rebalance.Cost> loss = rebalance.settle();
    add(figures, name + ": loss", loss.get(0));
    figures.add(name + ": loss, rebalances until settled", "", loss.size());
  }

  private static void add(Figures figures, String name, Rebalance.Cost cost) {
    figures.add(name + ", in all", "kB", cost.bytes() / 1e3);
    figures.add(name + ", largest assignment", "kB", cost.largest() / 1e3);
    figures.add(name + ", assign", "ms", cost.millis());
  }
}
