package dev.weir.query.http;

import dev.weir.query.Cursors;
import dev.weir.query.Database;
import dev.weir.query.GraphQlEndpoint;
import dev.weir.query.Jobs;
import dev.weir.query.LocalNode;
import dev.weir.query.changes.Subscriptions;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

/**
 * What the HTTP server is mounted on.
 *
 * @param database what it serves
 * @param cursors issues and reads the cursors of scans
 * @param graphQl answers {@code /graphql}
 * @param node answers the probes and knows the sources
 * @param jobs algorithms over the graph
 * @param subscriptions follows collections
 * @param metrics gets the latencies and gives {@code /metrics}
 */
public record HttpPorts(
    Database database,
    Cursors cursors,
    GraphQlEndpoint graphQl,
    LocalNode node,
    Jobs jobs,
    Subscriptions subscriptions,
    PrometheusMeterRegistry metrics) {

  /** Without algorithms over the graph, and with few subscriptions. */
  public HttpPorts(
      Database database,
      Cursors cursors,
      GraphQlEndpoint graphQl,
      LocalNode node,
      PrometheusMeterRegistry metrics) {
    this(database, cursors, graphQl, node, Jobs.NONE, Subscriptions.few(database), metrics);
  }
}
