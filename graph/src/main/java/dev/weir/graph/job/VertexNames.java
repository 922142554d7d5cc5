package dev.weir.graph.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.weir.graph.compact.BytesIndex;
import dev.weir.graph.engine.Entries;
import dev.weir.graph.engine.StepRun;
import dev.weir.store.CollectionDefinition;
import dev.weir.store.Key;
import dev.weir.store.KeyCodec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;

/**
 * Finds the keys behind numbers of vertices at other shards: for values that name a vertex. Step 0
 * asks the shards that hold them, step 1 answers.
 */
final class VertexNames implements StepRun.Work {

  static final int STEPS = 2;

  private final int[] firsts;
  private final int shard;
  private final BytesIndex vertices;
  private final SortedSet<Long> wanted;
  private final Map<Long, byte[]> found = new TreeMap<>();

  /**
   * Names for one shard.
   *
   * @param firsts number of each shard's first vertex, and how many vertices there are
   * @param vertices of this shard
   * @param wanted numbers of vertices of any shard
   */
  VertexNames(int[] firsts, int shard, BytesIndex vertices, SortedSet<Long> wanted) {
    this.firsts = firsts;
    this.shard = shard;
    this.vertices = vertices;
    this.wanted = wanted;
  }

  /** The shard that holds a number. */
  static int owner(int[] firsts, long number) {
    int at = Arrays.binarySearch(firsts, 0, firsts.length - 1, (int) number);
    int shard = at >= 0 ? at : -at - 2;
    // Shards without vertices begin where the next one does.
    while (firsts[shard + 1] <= number) {
      shard++;
    }
    return shard;
  }

  @Override
  public long[] step(int step, StepRun.Heard heard, StepRun.Sending out) {
    if (step == 0) {
      for (long number : wanted) {
        int owner = owner(firsts, number);
        out.to(owner).number(number - firsts[owner]).end();
      }
    } else {
      for (int each = 0; each < firsts.length - 1; each++) {
        Entries asked = heard.from(each);
        while (asked.hasMore()) {
          byte[] key = vertices.get((int) asked.number());
          out.to(each).bytes(key, 0, key.length).end();
        }
      }
    }
    return new long[0];
  }

  @Override
  public void end(StepRun.Heard heard) {
    List<Entries> answers = new ArrayList<>();
    for (int each = 0; each < firsts.length - 1; each++) {
      answers.add(heard.from(each));
    }
    Iterator<Long> numbers = wanted.iterator();
    while (numbers.hasNext()) {
      long number = numbers.next();
      Entries from = answers.get(owner(firsts, number));
      if (!from.hasMore()) {
        throw new IllegalStateException("shard " + shard + " was not told who " + number + " is");
      }
      found.put(number, from.bytes());
    }
  }

  /** Keys by number. */
  Map<Long, byte[]> found() {
    return found;
  }

  /** A key for people: as in JSON, or {@code collection:key} where collections are mixed. */
  static JsonNode json(BuildPlan plan, byte[] tagged) {
    CollectionDefinition collection = plan.vertices().get(tagged[0]);
    Key key = Key.ofEncoded(BuildPlan.untagged(tagged));
    KeyCodec codec = KeyCodec.of(collection.keyType());
    return plan.vertices().size() == 1
        ? codec.toJson(key)
        : JsonNodeFactory.instance.textNode(collection.name() + ":" + codec.toText(key));
  }
}
