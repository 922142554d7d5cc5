package dev.weir.query.http;

import dev.weir.query.PositionToken;
import dev.weir.query.Result;
import java.util.List;
import java.util.stream.Collectors;

/** The header fields that say where an answer comes from. */
final class ServedBy {
  static final String POSITION = "Weir-Position";
  static final String NODE = "Weir-Served-By";

  private ServedBy() {}

  /** Adds position token and nodes to an answer. */
  static Answer headers(Answer answer, List<Result.Source> sources) {
    if (sources.isEmpty()) {
      return answer;
    }
    return answer.header(POSITION, PositionToken.of(sources).text()).header(NODE, nodes(sources));
  }

  private static String nodes(List<Result.Source> sources) {
    return sources.size() == 1
        ? sources.get(0).node()
        : sources.stream().map(Result.Source::node).distinct().collect(Collectors.joining(", "));
  }
}
