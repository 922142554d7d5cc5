package dev.weir.query.http;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** All operations of the API; finds the one a request asks for. Immutable. */
final class RouteTable {
  private final List<Route> routes;

  RouteTable(List<Route> routes) {
    this.routes = List.copyOf(routes);
  }

  /** What a search in the table came to. */
  sealed interface Match {}

  /**
   * A route.
   *
   * @param route the operation
   * @param rawPathValues its path parameters in order, still percent-encoded
   */
  record Found(Route route, List<String> rawPathValues) implements Match {}

  /**
   * The path exists, but not with this method.
   *
   * @param allow the methods it has, in alphabetical order
   */
  record WrongMethod(Set<String> allow) implements Match {}

  /** No route has this path. */
  record NoPath() implements Match {}

  List<Route> routes() {
    return routes;
  }

  /** The route for a request; HEAD is answered like GET. */
  Match match(String method, String rawPath) {
    String wanted = method.equals("HEAD") ? "GET" : method;
    Set<String> allow = null;
    for (Route route : routes) {
      List<String> values = route.path().match(rawPath);
      if (values == null) {
        continue;
      }
      if (route.method().equals(wanted)) {
        return new Found(route, values);
      }
      allow = allow == null ? new TreeSet<>(Set.of("OPTIONS")) : allow;
      allow.add(route.method());
      if (route.method().equals("GET")) {
        allow.add("HEAD");
      }
    }
    return allow == null ? new NoPath() : new WrongMethod(allow);
  }
}
