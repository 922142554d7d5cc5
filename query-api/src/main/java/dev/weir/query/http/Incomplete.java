package dev.weir.query.http;

import dev.weir.query.Database;
import java.util.Set;

/** Says in answers that a collection shows less than there is, see {@link Database#incomplete}. */
final class Incomplete {
  static final String HEADER = "Weir-Incomplete";

  private Incomplete() {}

  /** The same route; if its answers may say so, they do. */
  static Route told(Route route, Database database) {
    boolean declared =
        route.spec().responses().stream().anyMatch(answer -> answer.headers().contains(HEADER));
    return declared
        ? new Route(
            route.method(),
            route.path(),
            route.spec(),
            call -> {
              // Before the question: what comes to its end meanwhile is missing in the answer.
              Set<String> names = database.incomplete();
              var answer = route.handler().handle(call);
              return names.isEmpty() || !concerned(route, call, names)
                  ? answer
                  : answer.thenApply(it -> it.header(HEADER, String.join(", ", names)));
            })
        : route;
  }

  /** Walks may come by any of them. */
  private static boolean concerned(Route route, Call call, Set<String> names)
      throws ProblemException {
    return !route.path().names().contains("collection") || names.contains(call.path("collection"));
  }
}
