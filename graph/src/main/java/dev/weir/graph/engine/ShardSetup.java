package dev.weir.graph.engine;

import dev.weir.graph.Column;
import dev.weir.graph.Combine;
import dev.weir.graph.DoubleAggregate;
import dev.weir.graph.DoubleChannel;
import dev.weir.graph.DoubleColumn;
import dev.weir.graph.GraphFacts;
import dev.weir.graph.ListChannel;
import dev.weir.graph.LongAggregate;
import dev.weir.graph.LongChannel;
import dev.weir.graph.LongColumn;
import dev.weir.graph.Published;
import dev.weir.graph.Setup;
import dev.weir.graph.compact.ShardGraph;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gives a program what it asks for, and remembers it. Confined to one thread. */
final class ShardSetup implements Setup {

  private final GraphFacts facts;
  private final ShardGraph graph;
  private final ShardPlace place;
  private final ShardVertex vertex;
  private final Pools pools;
  private final List<Channel> channels = new ArrayList<>();
  private final List<WordAggregate> aggregates = new ArrayList<>();
  private final List<Column> columns = new ArrayList<>();
  private @Nullable Reach reach;

  ShardSetup(
      GraphFacts facts, ShardGraph graph, ShardPlace place, ShardVertex vertex, Pools pools) {
    this.facts = facts;
    this.graph = graph;
    this.place = place;
    this.vertex = vertex;
    this.pools = pools;
  }

  /** The pools of a run, by channel: the first shard that asks makes one, the others share it. */
  static final class Pools {
    private final int vertices;
    private final MemoryBudget.Share budget;
    private final List<ScatterPool> byChannel = new ArrayList<>();

    Pools(int vertices, MemoryBudget.Share budget) {
      this.vertices = vertices;
      this.budget = budget;
    }

    private ScatterPool of(int channel, WordCombine combine) {
      while (byChannel.size() <= channel) {
        byChannel.add(new ScatterPool(combine, vertices, budget));
      }
      return byChannel.get(channel);
    }
  }

  List<Channel> channels() {
    return channels;
  }

  List<WordAggregate> aggregates() {
    return aggregates;
  }

  List<Column> columns() {
    return columns;
  }

  @Override
  public GraphFacts graph() {
    return facts;
  }

  @Override
  public int first() {
    return place.first();
  }

  @Override
  public int size() {
    return place.size();
  }

  @Override
  public DoubleColumn doubleColumn(double initial) {
    book(8L * place.size());
    DoubleColumn column = new DoubleColumn(place.first(), place.size(), initial);
    columns.add(column);
    return column;
  }

  @Override
  public LongColumn longColumn(long initial) {
    book(8L * place.size());
    LongColumn column = new LongColumn(place.first(), place.size(), initial);
    columns.add(column);
    return column;
  }

  @Override
  public DoubleChannel doubleChannel(Combine combine) {
    return new DoubleMessages(words(WordCombine.ofDoubles(combine)));
  }

  @Override
  public LongChannel longChannel(Combine combine) {
    return new LongMessages(words(WordCombine.ofLongs(combine)));
  }

  private WordChannel words(WordCombine combine) {
    book(WordChannel.bytes(place.size()));
    int number = channels.size();
    WordChannel channel = new WordChannel(number, place, combine, pools.of(number, combine));
    channels.add(channel);
    return channel;
  }

  @Override
  public Published published() {
    book(PublishedWords.bytes(place.vertices()));
    Reach known = reach;
    if (known == null) {
      book(Reach.bytes(place.size()));
      known = Reach.of(graph, place);
      reach = known;
    }
    PublishedWords channel = new PublishedWords(channels.size(), place, known);
    channels.add(channel);
    return channel;
  }

  @Override
  public ListChannel listChannel(ListChannel.Receiver receiver) {
    ListInbox channel = new ListInbox(channels.size(), place, vertex, receiver);
    channels.add(channel);
    return channel;
  }

  @Override
  public DoubleAggregate doubleAggregate(Combine combine) {
    return aggregate(WordCombine.ofDoubles(combine)).asDouble();
  }

  @Override
  public LongAggregate longAggregate(Combine combine) {
    return aggregate(WordCombine.ofLongs(combine)).asLong();
  }

  private WordAggregate aggregate(WordCombine combine) {
    WordAggregate aggregate = new WordAggregate(combine);
    aggregates.add(aggregate);
    return aggregate;
  }

  @Override
  public void book(long bytes) {
    pools.budget.reserve(bytes, "the state of the vertices");
  }
}
