package dev.weir.graph.job;

import dev.weir.graph.GraphFacts;
import dev.weir.graph.compact.Adjacency;
import dev.weir.graph.compact.BytesIndex;
import dev.weir.graph.compact.EdgeLists;
import dev.weir.graph.compact.ShardGraph;
import dev.weir.graph.engine.Entries;
import dev.weir.graph.engine.MemoryBudget;
import dev.weir.graph.engine.StepRun;
import dev.weir.graph.job.ShardPiece.Layout;
import dev.weir.store.read.ShardCut;
import java.util.Arrays;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Makes a shard's part of a job's graph out of its documents, together with the other shards. Step
 * 0 reads the documents as they stand and asks the other shards for the numbers of the vertices
 * that edges lead to, step 1 answers, step 2 tells them of edges that end there, step 3 puts lists
 * together. Vertices have the numbers, and edges the order, that the same graph in a file would
 * get.
 *
 * <p>An edge of which an end has no document, or one that is filtered out, is left out and counted.
 */
final class ShardBuild implements StepRun.Work {

  static final int STEPS = 4;

  private final int shard;
  private final BuildPlan plan;
  private final IntFunction<ShardCut> cuts;
  private final MemoryBudget.Share budget;
  private final ShardDocuments documents;
  private final EdgeLists out;
  private final EdgeLists in;
  private Layout layout = Layout.NONE;
  private @Nullable ShardPiece piece;

  ShardBuild(int shard, BuildPlan plan, IntFunction<ShardCut> cuts, MemoryBudget.Share budget) {
    this.shard = shard;
    this.plan = plan;
    this.cuts = cuts;
    this.budget = budget;
    this.documents = new ShardDocuments(plan);
    this.out = new EdgeLists(plan.weight() != null);
    this.in = new EdgeLists(plan.weight() != null);
  }

  /** The shard of the graph, once all steps are done. */
  ShardPiece piece() {
    ShardPiece made = piece;
    if (made == null) {
      throw new IllegalStateException("the graph is not built yet");
    }
    return made;
  }

  @Override
  public long[] step(int step, StepRun.Heard heard, StepRun.Sending sending) {
    return switch (step) {
      case 0 -> read(sending);
      case 1 -> answer(heard, sending);
      case 2 -> exchange(heard, sending);
      default -> assemble(heard);
    };
  }

  @Override
  public void end(StepRun.Heard heard) {
    // Everybody has its part.
  }

  private long[] read(StepRun.Sending sending) {
    long offset;
    try (ShardCut cut = cuts.apply(shard)) {
      offset = documents.read(cut);
    } catch (ShardCut.LostException e) {
      throw new StepRun.InterruptedStepException(String.valueOf(e.getMessage()), e);
    }
    budget.reserve(documents.bytes(), "reading the graph");
    BytesIndex others = documents.edges().others();
    for (int other = 0; other < others.size(); other++) {
      byte[] key = others.get(other);
      sending.to(plan.shardOf(key)).bytes(key, 0, key.length).end();
    }
    long[] told = new long[2 + plan.sought().size()];
    told[0] = documents.vertices().size();
    told[1] = offset;
    for (int i = 0; i < plan.sought().size(); i++) {
      told[2 + i] = documents.vertices().find(plan.sought().get(i));
    }
    return told;
  }

  private long[] answer(StepRun.Heard heard, StepRun.Sending sending) {
    int shards = plan.shards().shards();
    int[] firsts = new int[shards + 1];
    long[] cut = new long[shards];
    int[] sought = new int[plan.sought().size()];
    Arrays.fill(sought, -1);
    for (int each = 0; each < shards; each++) {
      long[] told = heard.told(each);
      firsts[each + 1] = Math.toIntExact(firsts[each] + told[0]);
      cut[each] = told[1];
      for (int i = 0; i < sought.length; i++) {
        if (told[2 + i] >= 0) {
          sought[i] = firsts[each] + (int) told[2 + i];
        }
      }
    }
    layout = new Layout(firsts, cut, sought);
    for (int each = 0; each < shards; each++) {
      Entries asked = heard.from(each);
      while (asked.hasMore()) {
        int place = documents.vertices().find(asked.bytes());
        sending.to(each).number(place < 0 ? -1 : firsts[shard] + place).end();
      }
    }
    return new long[0];
  }

  private long[] exchange(StepRun.Heard heard, StepRun.Sending sending) {
    int shards = plan.shards().shards();
    Entries[] answers = new Entries[shards];
    for (int each = 0; each < shards; each++) {
      answers[each] = heard.from(each);
    }
    BytesIndex others = documents.edges().others();
    int[] numbers = new int[others.size()];
    int[] owners = new int[others.size()];
    for (int other = 0; other < numbers.length; other++) {
      owners[other] = plan.shardOf(others.get(other));
      if (!answers[owners[other]].hasMore()) {
        throw new IllegalStateException("shard " + owners[other] + " has not answered all");
      }
      numbers[other] = (int) answers[owners[other]].number();
    }
    long[] told = {0, documents.dangling(), Double.doubleToRawLongBits(Double.POSITIVE_INFINITY)};
    documents
        .edges()
        .forEach(
            (place, other, weight, reversed) -> {
              if (numbers[other] < 0) {
                told[1]++;
                return;
              }
              told[0]++;
              double lowest = Math.min(Double.longBitsToDouble(told[2]), weight);
              told[2] = Double.doubleToRawLongBits(lowest);
              put(place, numbers[other], weight, reversed);
              tell(
                  sending.to(owners[other]),
                  owners[other],
                  place,
                  numbers[other],
                  weight,
                  reversed);
            });
    budget.reserve(out.bytes() + in.bytes(), "reading the graph");
    return told;
  }

  private void put(int place, int other, double weight, boolean reversed) {
    if (!plan.directed() || !reversed) {
      out.add(place, other, weight);
    } else if (plan.inEdges()) {
      in.add(place, other, weight);
    }
  }

  /** Tells the other end's shard of an edge, if that has to know. */
  private void tell(
      Entries.Writer writer, int owner, int place, int other, double weight, boolean reversed) {
    int own = layout.firsts()[shard] + place;
    boolean intoIn = plan.directed() && !reversed;
    if (intoIn ? !plan.inEdges() : !plan.directed() && own == other) {
      return;
    }
    writer.number(other - layout.firsts()[owner]).number(intoIn ? -1L - own : own);
    if (plan.weight() != null) {
      writer.bits(weight);
    }
    writer.end();
  }

  private long[] assemble(StepRun.Heard heard) {
    int shards = plan.shards().shards();
    long count = 0;
    double lowest = Double.POSITIVE_INFINITY;
    long dangling = 0;
    for (int each = 0; each < shards; each++) {
      long[] told = heard.told(each);
      count += told[0];
      dangling += told[1];
      lowest = Math.min(lowest, Double.longBitsToDouble(told[2]));
      take(heard.from(each));
    }
    documents.forgetEdges();
    BytesIndex vertices = documents.vertices();
    Adjacency outward = out.build(vertices.size());
    boolean directed = plan.directed();
    Adjacency inward = plan.inEdges() && directed ? in.build(vertices.size()) : null;
    int first = layout.firsts()[shard];
    long[] ids = VertexIds.of(plan).of(vertices, first);
    ShardGraph graph = new ShardGraph(first, ids, outward, directed ? inward : outward);
    boolean inEdges = !directed || plan.inEdges();
    GraphFacts facts =
        new GraphFacts(
            layout.firsts()[shards], count, directed, plan.weight() != null, lowest, inEdges);
    piece = new ShardPiece(graph, vertices, layout, facts, dangling);
    return new long[0];
  }

  /** Edges that other shards have told of. */
  private void take(Entries entries) {
    while (entries.hasMore()) {
      int place = (int) entries.number();
      long other = entries.number();
      double weight = plan.weight() == null ? 1 : entries.bits();
      if (other < 0) {
        in.add(place, (int) (-1 - other), weight);
      } else {
        out.add(place, (int) other, weight);
      }
    }
  }
}
