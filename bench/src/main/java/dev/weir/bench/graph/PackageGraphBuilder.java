package dev.weir.bench.graph;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;

/** Numbers vertices as they come, and gives every edge a weight, always the same. */
final class PackageGraphBuilder {
  private static final long SEED = 20_261_121;

  private final Map<String, Integer> numbers = new HashMap<>();
  private int[] from = new int[1 << 20];
  private int[] to = new int[1 << 20];
  private int edges;

  void edge(String source, String target) {
    if (edges == from.length) {
      from = Arrays.copyOf(from, 2 * edges);
      to = Arrays.copyOf(to, 2 * edges);
    }
    from[edges] = number(source);
    to[edges] = number(target);
    edges++;
  }

  private int number(String name) {
    Integer known = numbers.putIfAbsent(name, numbers.size());
    return known == null ? numbers.size() - 1 : known;
  }

  EdgeList build() {
    return new EdgeList(
        numbers.size(),
        Arrays.copyOf(from, edges),
        Arrays.copyOf(to, edges),
        new SplittableRandom(SEED).doubles(edges).toArray());
  }
}
