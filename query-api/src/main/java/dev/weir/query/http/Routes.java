package dev.weir.query.http;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Declares every operation of the API: the list that both server and OpenAPI document read. */
final class Routes {
  private Routes() {}

  static RouteTable table(HttpSettings settings, HttpPorts ports, BooleanSupplier draining) {
    var database = ports.database();
    var limits = settings.limits();
    var collections = new Collections(database, limits.keyBytes());
    List<Route> routes = new ArrayList<>();
    var writes = new WriteRoutes(database, collections, limits.documentBytes());
    routes.addAll(new DocumentRoutes(database, collections, writes).routes());
    routes.add(new BatchWriteRoute(database, collections, limits.requestBytes()).route());
    routes.add(new BatchGetRoute(database, collections, limits).route());
    routes.add(
        new ScanRoute(
                database,
                collections,
                ports.cursors(),
                limits.pageItems(),
                settings.capacity().pageBytes())
            .route());
    routes.add(new ChangesRoute(collections, ports.subscriptions()).route());
    routes.add(new AggregateRoute(database, collections).route());
    routes.add(
        new DuplicatesRoute(database, collections, ports.cursors(), limits.pageItems()).route());
    routes.add(new CollectionRoutes(database).route());
    routes.add(new NeighboursRoute(database, collections, limits.pageItems()).route());
    routes.addAll(new TraversalRoutes(database, collections, limits.requestBytes()).routes());
    routes.addAll(new DefinitionRoutes(database, limits.requestBytes()).routes());
    routes.add(new SourcesRoute(ports.node()).route());
    routes.addAll(new DeadLetterRoutes(ports.node(), limits.requestBytes()).routes());
    routes.addAll(new AuditRoutes(database, ports.node()).routes());
    routes.addAll(new SnapshotRoutes(ports.node()).routes());
    routes.addAll(new TruncationRoutes(ports.node()).routes());
    routes.addAll(new JobRoutes(ports.jobs(), limits.requestBytes()).routes());
    routes.add(new ClusterRoute(database, ports.node()).route());
    routes.add(new PlacementRoute(ports.node()).route());
    routes.add(new GraphCheckRoute(database, collections).route());
    routes.addAll(new GraphQlRoutes(ports.graphQl(), limits.requestBytes()).routes());
    routes.addAll(new HealthRoutes(ports.node(), draining).routes());
    routes.add(new MetricsRoute(ports.metrics()).route());
    routes.add(OpenApiRoute.over(routes));
    return new RouteTable(routes.stream().map(route -> Incomplete.told(route, database)).toList());
  }
}
