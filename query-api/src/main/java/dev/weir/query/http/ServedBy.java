package dev.weir.query.http;

import dev.weir.query.PositionToken;
import dev.weir.query.Result;
import dev.weir.store.Staleness;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The header fields that say where an answer comes from. */
final class ServedBy {
  static final String POSITION = "Weir-Position";
  static final String NODE = "Weir-Served-By";

  private ServedBy() {}

  /**
   * Adds position token, nodes and, where one was asked for, the bound to an answer. So many shards
   * that their token does not fit into a header get none.
   *
   * @param before the position that the caller brought: the new token holds it too
   */
  static Answer headers(
      Answer answer, List<Result.Source> sources, @Nullable PositionToken before) {
    if (sources.isEmpty()) {
      return answer;
    }
    String token = token(sources, before).text();
    Answer with = answer.header(NODE, nodes(sources));
    if (token.length() <= PositionToken.MAX_LENGTH) {
      with = with.header(POSITION, token);
    }
    String bound = bound(sources);
    return bound == null ? with : with.header(Levels.HEADER, bound);
  }

  private static PositionToken token(List<Result.Source> sources, @Nullable PositionToken before) {
    PositionToken own = PositionToken.of(sources);
    return before == null ? own : before.and(own).orElse(own);
  }

  /** The coarsest bound of all parts; null if one states none. */
  private static @Nullable String bound(List<Result.Source> sources) {
    Staleness coarsest = sources.get(0).staleness();
    for (Result.Source source : sources) {
      Staleness next = source.staleness();
      if (next == null || coarsest == null) {
        return null;
      }
      coarsest = coarsest.or(next);
    }
    return coarsest == null ? null : coarsest.text().orElse(null);
  }

  private static String nodes(List<Result.Source> sources) {
    return sources.size() == 1
        ? sources.get(0).node()
        : sources.stream().map(Result.Source::node).distinct().collect(Collectors.joining(", "));
  }
}
