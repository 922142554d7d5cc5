package dev.weir.bench.group;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GroupTest {
  private static final int SHARDS = 240;

  @TempDir private Path directory;

  /** KAFKA-3810, KAFKA-7149, KAFKA-7286, CMAK #578. */
  @Test
  void assignmentsDoNotGrowWithTheHosts() {
    Rebalance.Cost few = first(20, true);
    Rebalance.Cost many = first(80, true);
    assertThat(many.largest()).isLessThanOrEqualTo(few.largest());
    assertThat(many.assignments()).isLessThan(4 * few.assignments());

    Rebalance.Cost stock = first(80, false);
    assertThat(stock.largest()).as("everybody is told of all").isGreaterThan(20 * many.largest());
  }

  private Rebalance.Cost first(int hosts, boolean weir) {
    Group group = new Group(hosts, 3, SHARDS, 1, 1, weir);
    return new Rebalance(group, group.assignor(directory)).run(false);
  }
}
