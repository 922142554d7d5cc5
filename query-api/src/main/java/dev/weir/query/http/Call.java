package dev.weir.query.http;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request that has found its route, with its parameters decoded. */
final class Call {
  private final Route route;
  private final Incoming incoming;
  private final List<String> rawPathValues;
  private final QueryParameters query;

  private Call(Route route, Incoming incoming, List<String> rawPathValues, QueryParameters query) {
    this.route = route;
    this.incoming = incoming;
    this.rawPathValues = rawPathValues;
    this.query = query;
  }

  /** Reads the query of a matched request. */
  static Call of(RouteTable.Found found, Incoming incoming) throws ProblemException {
    Route route = found.route();
    QueryParameters query =
        route.spec().rawQuery()
            ? QueryParameters.none()
            : QueryParameters.parse(incoming.rawQuery(), route.queryNames());
    return new Call(route, incoming, found.rawPathValues(), query);
  }

  Incoming incoming() {
    return incoming;
  }

  QueryParameters query() {
    return query;
  }

  @Nullable String header(String name) {
    return incoming.header(name);
  }

  /** A path parameter, decoded once. */
  String path(String name) throws ProblemException {
    int index = route.path().names().indexOf(name);
    return RawText.decode(rawPathValues.get(index), false);
  }

  /**
   * The whole body.
   *
   * @param limit most bytes
   */
  byte[] body(int limit) throws ProblemException {
    try {
      return Bodies.read(incoming, limit);
    } catch (IOException e) {
      throw new ProblemException(
          ProblemType.MALFORMED_REQUEST, "The body ended before it was complete.");
    }
  }
}
