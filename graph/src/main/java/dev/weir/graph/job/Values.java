package dev.weir.graph.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.graph.Algorithm;
import dev.weir.graph.VertexValues;
import dev.weir.store.Operation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;

/** Values of this node's vertices, as they become documents. */
record Values(JobPlan plan, LiveGraph graph, VertexValues values) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Whether values are vertices that have to be looked up to be named. */
  boolean nameVertices() {
    return plan.algorithm().meaning() == Algorithm.Meaning.GROUP
        && !VertexIds.of(plan.build()).longs();
  }

  /** The vertices that values of a shard name. */
  SortedSet<Long> named(int shard) {
    int[] firsts = graph.layout().firsts();
    SortedSet<Long> named = new TreeSet<>();
    values.forEach(
        (id, whole, number) -> {
          if (VertexNames.owner(firsts, id) == shard) {
            named.add(whole);
          }
        });
    return named;
  }

  /**
   * Writes all.
   *
   * @param names keys by number of vertex; not looked at where values are no vertices
   * @return how many
   */
  long write(DocumentWriter writer, int collection, String run, Map<Long, byte[]> names) {
    BuildPlan build = plan.build();
    Keys keys = new Keys(build, run);
    boolean longs = VertexIds.of(build).longs();
    int[] firsts = graph.layout().firsts();
    values.forEach(
        (id, whole, number) -> {
          byte[] tagged = longs ? LongKeys.tagged(id) : key(firsts, id);
          byte[] document = document(value(whole, number, names));
          writer.change(new Operation.Put(collection, keys.of(tagged), document));
        });
    return writer.finish();
  }

  private byte[] key(int[] firsts, long number) {
    int shard = VertexNames.owner(firsts, number);
    return Objects.requireNonNull(graph.keys().get(shard)).get((int) number - firsts[shard]);
  }

  private JsonNode value(long whole, double number, Map<Long, byte[]> names) {
    if (nameVertices()) {
      return VertexNames.json(plan.build(), Objects.requireNonNull(names.get(whole)));
    }
    ObjectNode none = JSON.createObjectNode();
    if (values.areDoubles()) {
      return Double.isFinite(number) ? none.numberNode(number) : none.nullNode();
    }
    boolean unreachable =
        plan.algorithm().meaning() == Algorithm.Meaning.DISTANCE && whole == Long.MAX_VALUE;
    return unreachable ? none.nullNode() : none.numberNode(whole);
  }

  private static byte[] document(JsonNode value) {
    try {
      return JSON.writeValueAsBytes(JSON.createObjectNode().set("value", value));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
