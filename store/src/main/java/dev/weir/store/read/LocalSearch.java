package dev.weir.store.read;

import dev.weir.store.GraphQuery.Side;
import dev.weir.store.Key;
import dev.weir.store.KeyRange;
import dev.weir.store.ReadResult;
import dev.weir.store.SearchQuery;
import dev.weir.store.search.Search;
import dev.weir.store.search.SearchView;
import dev.weir.store.search.Searched;
import dev.weir.store.search.StateWalk;
import dev.weir.store.write.EdgeTypes.EdgeType;
import dev.weir.store.write.StateKeys;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Has questions about contents answered on the state as it is at one moment. */
final class LocalSearch {

  private LocalSearch() {}

  static <R> ReadResult<R> answer(ShardView view, int shard, SearchQuery<R> query) {
    EdgeType type = view.edges().of(query.collection());
    try (ShardView.Still still = view.still()) {
      HiddenEdges hidden = type == null ? HiddenEdges.none() : hidden(still, type);
      Searched<R> searched =
          new Search(new StillView(still, type, hidden), view.catalogue()).answer(query);
      return searched instanceof Searched.Answer<R> answer
          ? new ReadResult.Answer<>(answer.value(), shard, still.position())
          : new ReadResult.Refused<>(((Searched.Refused<R>) searched).refusal());
    }
  }

  private static HiddenEdges hidden(ShardView.Still still, EdgeType type) {
    byte[] marks = StateKeys.hidden(type.id(), Side.OUT);
    byte[] end = Objects.requireNonNull(KeyRange.successor(marks));
    try (ShardView.Walk walk = still.visit(marks, end, false)) {
      return HiddenEdges.at(walk, marks);
    }
  }

  private record StillView(ShardView.Still still, @Nullable EdgeType type, HiddenEdges hidden)
      implements SearchView {

    @Override
    public StateWalk walk(byte[] from, byte[] to, boolean descending) {
      return still.visit(from, to, descending);
    }

    @Override
    public StateWalk scan(byte[] from, byte[] to) {
      return still.walk(from, to);
    }

    @Override
    public List<byte @Nullable []> multiGet(List<byte[]> stateKeys) {
      return still.multiGet(stateKeys);
    }

    @Override
    public boolean someAreGone() {
      return !hidden.isEmpty();
    }

    @Override
    public boolean isGone(Key key, byte[] stored) {
      return type != null && hidden.hides(type, key, stored);
    }
  }
}
