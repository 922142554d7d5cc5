package dev.weir.query.graphql.transport;

import dev.weir.query.Cursors;
import dev.weir.query.Jobs;
import dev.weir.query.LocalNode;
import dev.weir.query.SharedKey;
import dev.weir.query.changes.PlaceTokens;
import dev.weir.query.changes.Subscriptions;
import dev.weir.query.graphql.GraphQlSettings;
import dev.weir.query.graphql.documents.TrustedDocuments;
import dev.weir.query.http.HttpPorts;
import dev.weir.query.http.HttpServer;
import dev.weir.query.http.HttpSettings;
import dev.weir.query.testing.InMemoryDatabase;
import dev.weir.store.CollectionDefinition;
import dev.weir.store.CollectionDefinition.Writer;
import dev.weir.store.InvalidKeyException;
import dev.weir.store.Key;
import dev.weir.store.KeyCodec;
import dev.weir.store.KeyType;
import dev.weir.store.Operation;
import dev.weir.store.placement.PlacementReport;
import dev.weir.store.placement.PlacementReview;
import dev.weir.store.placement.PlacementRule;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** The real server with GraphQL on a database in memory, on a free port. */
final class LiveServer implements AutoCloseable {
  static final String SCHEMA =
      "{\"type\":\"object\",\"properties\":{\"text\":{\"type\":\"string\"},"
          + "\"n\":{\"type\":\"integer\",\"minimum\":0,\"maximum\":1000000}}}";

  /** Within which a client of a socket has to introduce itself. */
  static final Duration INTRODUCTION = Duration.ofMillis(1500);

  private static final SharedKey KEY = SharedKey.of(new byte[32]);

  final InMemoryDatabase database;
  final Subscriptions subscriptions;
  private final HttpServer server;

  LiveServer() {
    this(new InMemoryDatabase(4), 100);
  }

  /** Beside other servers on the same database, with so many subscriptions at most. */
  LiveServer(InMemoryDatabase database, int most) {
    this.database = database;
    this.subscriptions = new Subscriptions(database, new PlaceTokens(KEY, 0), most, 64L << 20);
    Cursors cursors = new Cursors(KEY, 0);
    HttpSettings.Timeouts timeouts =
        new HttpSettings.Timeouts(Duration.ofSeconds(30), INTRODUCTION, Duration.ofSeconds(10));
    this.server =
        HttpServer.start(
            new HttpSettings(
                "127.0.0.1",
                0,
                HttpSettings.Limits.defaults(),
                timeouts,
                HttpSettings.Capacity.defaults()),
            new HttpPorts(
                database,
                cursors,
                new GraphQlOverHttp(
                    database,
                    cursors,
                    subscriptions,
                    GraphQlSettings.defaults(),
                    TrustedDocuments.allowed()),
                new AlwaysReady(),
                Jobs.NONE,
                subscriptions,
                new PrometheusMeterRegistry(PrometheusConfig.DEFAULT)));
  }

  String url() {
    return "http://127.0.0.1:" + server.port() + "/graphql";
  }

  URI socket() {
    return URI.create("ws://127.0.0.1:" + server.port() + "/graphql");
  }

  /** Adds a collection of typed documents that keeps so many changes. */
  CollectionDefinition collection(String name, int changes) {
    CollectionDefinition plain =
        new CollectionDefinition(0, name, KeyType.Scalar.STRING, "json", Writer.API, SCHEMA, 1);
    return database.add(changes == 0 ? plain : plain.keeping(changes));
  }

  void put(CollectionDefinition collection, String key, String json) {
    database
        .submit(new Operation.Put(collection.id(), key(key), json.getBytes(StandardCharsets.UTF_8)))
        .join();
  }

  void remove(CollectionDefinition collection, String key) {
    database.submit(new Operation.Delete(collection.id(), key(key))).join();
  }

  private static Key key(String text) {
    try {
      return KeyCodec.of(KeyType.Scalar.STRING).encode(text);
    } catch (InvalidKeyException e) {
      throw new IllegalArgumentException(e);
    }
  }

  @Override
  public void close() {
    server.close();
  }

  /** A node without sources. */
  private static final class AlwaysReady implements LocalNode {
    @Override
    public Readiness readiness() {
      return new Readiness(true, List.of());
    }

    @Override
    public PlacementReport placement() {
      return PlacementReview.of(4, 2, PlacementRule.STANDARD, List.of());
    }

    @Override
    public List<SourceStatus> sources() {
      return List.of();
    }
  }
}
