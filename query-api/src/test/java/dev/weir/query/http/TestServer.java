package dev.weir.query.http;

import static io.restassured.RestAssured.given;

import dev.weir.query.Audits;
import dev.weir.query.ClusterView;
import dev.weir.query.Cursors;
import dev.weir.query.Database;
import dev.weir.query.DeadLetters;
import dev.weir.query.LocalNode;
import dev.weir.query.ReadOptions;
import dev.weir.query.Result;
import dev.weir.query.SearchLimits;
import dev.weir.query.SharedKey;
import dev.weir.query.changes.Subscriptions;
import dev.weir.query.testing.InMemoryDatabase;
import dev.weir.store.Ack;
import dev.weir.store.Catalogue;
import dev.weir.store.CollectionDefinition;
import dev.weir.store.CollectionDefinition.Writer;
import dev.weir.store.DefinitionChange;
import dev.weir.store.KeyCodec;
import dev.weir.store.KeyType;
import dev.weir.store.Operation;
import dev.weir.store.Outcome;
import dev.weir.store.Query;
import dev.weir.store.Refusal;
import dev.weir.store.ShardMap;
import dev.weir.store.SourceDefinition;
import dev.weir.store.placement.PlacementReport;
import dev.weir.store.placement.PlacementReview;
import dev.weir.store.placement.PlacementRule;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.restassured.specification.RequestSpecification;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The real server on a database in memory, on a free port. */
final class TestServer implements AutoCloseable, LocalNode {
  static final String SCHEMA =
      "{\"type\":\"object\",\"required\":[\"n\"],\"properties\":{\"n\":{\"type\":\"integer\"}}}";
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  final InMemoryDatabase database = new InMemoryDatabase(4);
  final Subscriptions subscriptions = Subscriptions.few(database);
  final PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  volatile Readiness readiness = new Readiness(true, List.of());
  final ThreeLetters letters = new ThreeLetters();
  final OneAudit audits = new OneAudit();
  private final HttpServer server;
  private final int port;
  private volatile CompletableFuture<Void> gate = CompletableFuture.completedFuture(null);
  private volatile boolean holding;
  private volatile @Nullable Integer lost;

  TestServer() {
    this(settings(HttpSettings.Limits.defaults(), HttpSettings.Timeouts.defaults()));
  }

  TestServer(HttpSettings settings) {
    database.addCollection("note", KeyType.Scalar.STRING, "json", Writer.API, null);
    database.addCollection("person", KeyType.Scalar.LONG, "json", Writer.SOURCE, null);
    database.addCollection("pair", KeyType.parse("tuple(string,long)"), "json", Writer.API, null);
    database.addCollection("uuid", KeyType.Scalar.UUID, "json", Writer.API, null);
    database.addCollection("blob", KeyType.Scalar.BYTES, "bytes", Writer.API, null);
    database.addCollection("text", KeyType.Scalar.STRING, "string", Writer.API, null);
    database.addCollection("checked", KeyType.Scalar.STRING, "json", Writer.API, SCHEMA);
    database.add(
        CollectionDefinition.edges(
            "mentions", new CollectionDefinition.Edge("note", "note", null, null)));
    defineSource();
    server =
        HttpServer.start(
            settings,
            new HttpPorts(
                new Gated(),
                cursors(),
                new EchoGraphQl(),
                this,
                new OneJob(),
                subscriptions,
                metrics));
    port = server.port();
  }

  private void defineSource() {
    SourceDefinition.Mapping keys =
        new SourceDefinition.Mapping(
            SourceDefinition.KeyFrom.RECORD,
            SourceDefinition.KeyFormat.TEXT,
            List.of(),
            List.of(),
            List.of(),
            Map.of(),
            SourceDefinition.Start.EARLIEST);
    var unused =
        database
            .submit(
                new Operation.Define(
                    List.of(
                        new DefinitionChange.PutSource(
                            new SourceDefinition(0, "people", "people-topic", "person", keys, 1),
                            DefinitionChange.Mode.APPLY))))
            .join();
  }

  Cursors cursors() {
    return new Cursors(SharedKey.of("0123456789abcdef".getBytes(StandardCharsets.UTF_8)), 0);
  }

  static HttpSettings settings(HttpSettings.Limits limits, HttpSettings.Timeouts timeouts) {
    return new HttpSettings("127.0.0.1", 0, limits, timeouts, HttpSettings.Capacity.defaults());
  }

  int port() {
    return port;
  }

  /** From now on writes wait until what this gives is complete. */
  CompletableFuture<Void> holdWrites() {
    gate = new CompletableFuture<>();
    return gate;
  }

  /** How many clients were seen to leave. */
  int clientsGone() {
    return (int) metrics.get("weir.http.clients.gone").functionCounter().count();
  }

  /** Whether a write is waiting. */
  boolean isHolding() {
    return holding;
  }

  /** From now on a shard cannot be asked; what it holds is there all the same. */
  void lose(int shard) {
    lost = shard;
  }

  private static <R> Result<R> without(int shard, Result<R> result, ReadOptions options) {
    Refusal refusal = new Refusal.Unreachable(shard, "b");
    return options.partial() && result instanceof Result.Success<R> success
        ? new Result.Partial<>(
            success.value(), success.sources(), new TreeMap<>(Map.of(shard, refusal)))
        : new Result.Failure<>(refusal);
  }

  /** Whether new connections are taken. */
  boolean accepts() {
    try (RawConnection connection = new RawConnection(port)) {
      return true;
    } catch (java.io.IOException e) {
      return false;
    }
  }

  /** The database, whose writes can be held up. */
  private final class Gated implements Database {
    @Override
    public Catalogue catalogue() {
      return database.catalogue();
    }

    @Override
    public Set<String> incomplete() {
      return database.incomplete();
    }

    @Override
    public ShardMap shards() {
      return database.shards();
    }

    @Override
    public SearchLimits searchLimits() {
      return database.searchLimits();
    }

    @Override
    public <R> CompletableFuture<Result<R>> ask(Query<R> query, ReadOptions options) {
      Integer shard = lost;
      return shard == null
          ? database.ask(query, options)
          : database.ask(query, options).thenApply(result -> without(shard, result, options));
    }

    @Override
    public CompletableFuture<Result<Outcome>> submit(Operation operation, Ack ack) {
      holding = !gate.isDone();
      return gate.thenCompose(open -> database.submit(operation, ack));
    }

    @Override
    public CompletableFuture<ClusterView> cluster() {
      return database.cluster();
    }
  }

  /** A request whose URL goes out as it is written. */
  RequestSpecification request() {
    return given().baseUri("http://127.0.0.1").port(port()).urlEncodingEnabled(false);
  }

  /** Any request by the JDK's client, whose path is sent as it is. */
  HttpResponse<String> send(String method, String rawPath, String contentType, String body) {
    return send(method, rawPath, contentType, body, List.of());
  }

  /** The same with more header fields: name, value, name, value, … */
  HttpResponse<String> send(
      String method, String rawPath, String contentType, String body, List<String> headers) {
    try {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + rawPath))
              .timeout(Duration.ofSeconds(20))
              .method(method, HttpRequest.BodyPublishers.ofString(body));
      if (!contentType.isEmpty()) {
        request.header("Content-Type", contentType);
      }
      for (int i = 0; i < headers.size(); i += 2) {
        request.header(headers.get(i), headers.get(i + 1));
      }
      return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  HttpResponse<String> get(String rawPath) {
    return send("GET", rawPath, "", "");
  }

  HttpResponse<String> putJson(String rawPath, String json) {
    return send("PUT", rawPath, "application/json", json);
  }

  /** Puts a document as a source would. */
  void ingest(String collection, Object key, String json) throws Exception {
    var definition = database.catalogue().collection(collection).orElseThrow();
    database.ingest(
        new Operation.Put(
            definition.id(),
            KeyCodec.of(definition.keyType()).encode(key),
            json.getBytes(StandardCharsets.UTF_8)));
  }

  static String document(String collection, String key) {
    return "/v1/collections/" + collection + "/documents/" + encode(key);
  }

  static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  @Override
  public Readiness readiness() {
    return readiness;
  }

  @Override
  public PlacementReport placement() {
    return PlacementReview.of(4, 2, PlacementRule.STANDARD, List.of());
  }

  @Override
  public List<SourceStatus> sources() {
    return List.of(
        new SourceStatus(
            "people",
            "people-topic",
            "person",
            SourceStatus.State.RUNNING,
            "",
            List.of(0, 1),
            -1,
            7,
            1));
  }

  @Override
  public Audits audits() {
    return audits;
  }

  @Override
  public DeadLetters deadLetters() {
    return letters;
  }

  @Override
  public void close() {
    server.close();
  }
}
