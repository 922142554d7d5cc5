package dev.weir.query.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.weir.query.SearchLimits;
import dev.weir.query.graphql.GraphQlSettings;
import dev.weir.query.graphql.GraphQlSettings.Kind;
import dev.weir.query.graphql.documents.TrustedDocuments;
import dev.weir.query.http.HttpSettings;
import dev.weir.query.http.Lane;
import dev.weir.store.CollectionDefinition;
import dev.weir.store.Fault;
import dev.weir.store.KeyType;
import dev.weir.store.SourceDefinition;
import dev.weir.store.ingest.Pace;
import dev.weir.store.placement.PlacementRule;
import dev.weir.store.placement.Separation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigFileTest {

  private static final String LEAST =
      """
      application: shop
      kafka:
        bootstrap.servers: broker:9092
      """;

  private static WeirConfig read(String yaml) {
    return read(yaml, Overrides.none());
  }

  private static WeirConfig read(String yaml, Overrides overrides) {
    return ConfigFile.parse(yaml, "weir.yaml", Path.of("/etc/weir"), overrides);
  }

  private static List<Fault> faults(String yaml) {
    return catchThrowableOfType(InvalidConfigException.class, () -> read(yaml)).faults();
  }

  @Test
  void needsNoMoreThanANameAndABroker() {
    WeirConfig config = read(LEAST);

    assertThat(config.application()).isEqualTo("shop");
    assertThat(config.kafka()).isEqualTo(Map.of("bootstrap.servers", "broker:9092"));
    assertThat(config.node())
        .isEqualTo(
            new WeirConfig.Node(
                "",
                "",
                new HostPort("127.0.0.1", 7070),
                "",
                new WeirConfig.Peer(new HostPort("127.0.0.1", 7170), "", ""),
                false));
    assertThat(config.storage().shards()).isEqualTo(4);
    assertThat(config.storage().copies().replicas()).isEqualTo(1);
    assertThat(config.storage().threads()).isEqualTo(2);
    assertThat(config.storage().memoryBytes()).isEqualTo(512L << 20);
    assertThat(config.storage().topicReplication()).isEmpty();
    assertThat(config.storage().stateDirectory().toString()).endsWith("/weir/shop");
    HttpSettings.Capacity capacity = HttpSettings.Capacity.defaults();
    WeirConfig.Lanes usual = new WeirConfig.Lanes(capacity.doorPatience(), capacity.lanes());
    assertThat(config.api())
        .isEqualTo(
            new WeirConfig.Api(
                1 << 20,
                4 << 20,
                10_000,
                1_000,
                20_000,
                new WeirConfig.GraphQl(
                    true, GraphQlSettings.defaults(), TrustedDocuments.Mode.OFF, ""),
                usual,
                SearchLimits.defaults()));
  }

  @Test
  void takesEverySettingFromTheFile() {
    WeirConfig config =
        read(
            """
            application: shop
            listen: "[::1]:8080"
            advertised: https://one.example.org
            node: one
            rack: eu/west/r1
            quickRestart: true
            peer: {listen: 10.0.0.1:8090, advertised: one.example.org:8090, secret: 0123456789abcdef}
            stateDirectory: state
            shards: 16
            replicas: 2
            placement: best-effort
            separate: zone
            threads: 3
            memory: 1.5 GiB
            topics: {replication: 3}
            ingest:
              acceptLostRecords: "person, forum"
              threads: 2
              pauseAboveLag: 1000
              inFlightRecords: 500
              inFlightBytes: 1MiB
            limits: {document: 64KiB, request: 1MiB, page: 500, batch: 50, subscriptions: 30}
            queries: {scans: forbid, rows: 5000}
            lanes:
              {get: 20ms, batchGet: 8/4/2s, scan: 8/4/2s, graphql: 8/4/2s, write: 8/4/2s, other: 8/4/2s}
            graphql:
              enabled: false
              introspection: false
              cost: 500
              weights: {collections: "photo=20, log=0", fields: "find=5, aggregate=50"}
              depth: 5
              fields: 60
              page: 70
              keys: 80
              time: 3s
              documents: {mode: allowed}
            kafka:
              bootstrap.servers: a:9092,b:9092
              request.timeout.ms: 5000
              ssl.endpoint.identification.algorithm: ""
            """);

    assertThat(config.node())
        .isEqualTo(
            new WeirConfig.Node(
                "one",
                "eu/west/r1",
                new HostPort("::1", 8080),
                "https://one.example.org",
                new WeirConfig.Peer(
                    new HostPort("10.0.0.1", 8090), "one.example.org:8090", "0123456789abcdef"),
                true));
    assertThat(config.storage().stateDirectory()).isEqualTo(Path.of("/etc/weir/state"));
    assertThat(config.storage().shards()).isEqualTo(16);
    assertThat(config.storage().copies())
        .isEqualTo(new WeirConfig.Copies(2, new PlacementRule(false, Separation.ZONE)));
    assertThat(config.storage().threads()).isEqualTo(3);
    assertThat(config.storage().memoryBytes()).isEqualTo(1536L << 20);
    assertThat(config.storage().topicReplication()).hasValue(3);
    assertThat(config.definitions().ingest().acceptLostRecords())
        .containsExactly("forum", "person");
    Pace pace = Pace.defaults();
    assertThat(config.definitions().ingest().pace())
        .isEqualTo(new Pace(2, 500, 1 << 20, 1000, pace.commitInterval(), pace.drainTimeout()));
    HttpSettings.Queue queue = new HttpSettings.Queue(8, 4, Duration.ofSeconds(2));
    Map<Lane, HttpSettings.Queue> queues = new EnumMap<>(Lane.class);
    Stream.of(Lane.values()).forEach(lane -> queues.put(lane, queue));
    GraphQlSettings graphQl =
        GraphQlSettings.defaults()
            .withIntrospection(false)
            .withShape(new GraphQlSettings.Shape(5, 60, 30, 20, 50, 100))
            .withWork(new GraphQlSettings.Work(500, 70, 70, 80, 32_768, Duration.ofSeconds(3)))
            .withWeights(
                new GraphQlSettings.Weights(
                    new TreeMap<>(Map.of("photo", 20, "log", 0)),
                    new TreeMap<>(Map.of(Kind.FIND, 5, Kind.AGGREGATE, 50))));
    WeirConfig.Lanes tight = new WeirConfig.Lanes(Duration.ofMillis(20), queues);
    assertThat(config.api())
        .isEqualTo(
            new WeirConfig.Api(
                64 << 10,
                1 << 20,
                500,
                50,
                30,
                new WeirConfig.GraphQl(false, graphQl, TrustedDocuments.Mode.ALLOWED, ""),
                tight,
                new SearchLimits(false, 5_000)));
    assertThat(config.kafkaClient())
        .isEqualTo(
            Map.of(
                "bootstrap.servers",
                "a:9092,b:9092",
                "request.timeout.ms",
                "5000",
                "ssl.endpoint.identification.algorithm",
                ""));
  }

  @Test
  void theCommandLineWinsOverTheEnvironmentAndThatOverTheFile() {
    String yaml = LEAST + "shards: 2\nthreads: 2\nreplicas: 2\npeer: {listen: '[::1]:1'}\n";
    WeirConfig config =
        read(
            yaml,
            new Overrides(
                Map.of(
                    "WEIR_THREADS", "3",
                    "WEIR_REPLICAS", "3",
                    "WEIR_STATE_DIRECTORY", "/data",
                    "WEIR_PEER_LISTEN", "127.0.0.2:2",
                    "WEIR_KAFKA_BOOTSTRAP_SERVERS", "other:9092",
                    "WEIR_SERVICE_HOST", "10.0.0.1"),
                Map.of("replicas", "4", "kafka.client.id", "me")));

    assertThat(config.storage().shards()).isEqualTo(2);
    assertThat(config.storage().threads()).isEqualTo(3);
    assertThat(config.storage().copies().replicas()).isEqualTo(4);
    assertThat(config.storage().stateDirectory()).isEqualTo(Path.of("/data"));
    assertThat(config.node().peer().listen()).isEqualTo(new HostPort("127.0.0.2", 2));
    assertThat(config.kafka())
        .isEqualTo(Map.of("bootstrap.servers", "other:9092", "client.id", "me"));
  }

  @Test
  void namesAllFaultsAtOnceEachWithAWayOut() {
    assertThat(
            faults(
                """
                aplication: shop
                listen: 7070
                memory: lots
                shards: -4
                peer:
                  lisen: a:1
                lanes: {get: 0s, scan: 0/1/1s, scans: 1/1/1s, write: 1/2/3, other: 5}
                graphql: maybe
                kafka:
                  group.id: mine
                """))
        .extracting(Fault::toString)
        .satisfiesExactlyInAnyOrder(
            f -> assertThat(f).contains("aplication").contains("did you mean 'application'?"),
            f -> assertThat(f).contains("peer.lisen").contains("did you mean 'listen'?"),
            f -> assertThat(f).startsWith("lanes.get: '0s' is not possible: give a time from 1ms"),
            f ->
                assertThat(f).startsWith("lanes.scan: '0/1/1s' is not possible").contains("/500ms"),
            f -> assertThat(f).contains("lanes.scans").contains("did you mean 'scan'?"),
            f -> assertThat(f).startsWith("lanes.write: '1/2/3' is not possible"),
            f -> assertThat(f).startsWith("lanes.other: '5' is not possible"),
            f -> assertThat(f).startsWith("graphql: not a map").contains("introspection"),
            f -> assertThat(f).startsWith("application: missing: add a name"),
            f -> assertThat(f).startsWith("kafka.bootstrap.servers: missing"),
            f -> assertThat(f).startsWith("kafka.group.id: set by Weir itself"),
            f -> assertThat(f).startsWith("listen: '7070' is not possible: write host:port"),
            f -> assertThat(f).startsWith("shards: '-4' is not possible: give a whole number from"),
            f -> assertThat(f).startsWith("memory: 'lots' is not possible: give an amount from"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "peer: {listen: '127.0.0.1:7070'} | peer.listen | has the port of listen",
        "{listen: '0.0.0.0:7070', peer: {listen: 'a:1'}} | advertised | missing, and",
        "{listen: '0.0.0.0:1', advertised: 'http://a:1'} | peer.advertised | missing, and",
        "advertised: 'http://0.0.0.0:7070' | advertised | reaches no machine",
        "advertised: 'ftp://a' | advertised | is no base URL",
        "advertised: 'http://a/b' | advertised | is no base URL",
        "advertised: 'not a url' | advertised | is no URL",
        "peer: {advertised: 'a:0'} | peer.advertised | not where other nodes reach",
        "peer: {listen: nowhere} | peer.listen | not possible",
        "peer: {listen: 'a:1'} | peer.secret | reached from other machines",
        "peer: {secret: short} | peer.secret | only 5 bytes long",
        "application: 'a/b' | application | cannot be part of a topic's name",
        "node: 'a b' | node | is no name of a node",
        "replicas: 0 | replicas | from 1 to 9",
        "topics: {replication: 0} | topics.replication | not possible",
        "memory: 1MiB | memory | from 32MiB",
        "limits: {document: 2MiB} | limits.document | to 1MiB",
        "rack: [a] | rack | not a single value",
        "rack: a/b/c/d | rack | write a rack, zone/rack or region/zone/rack",
        "rack: 0123456789012345678901234567890 | rack | 1 to 30 letters",
        "placement: loose | placement | write strict or best-effort",
        "separate: room | separate | write rack, zone or region",
        "ingest: {acceptLostRecords: 'a, No'} | ingest.acceptLostRecords | is no name of a source",
        "ingest: {threads: 65} | ingest.threads | from 1 to 64",
        "ingest: {inFlightBytes: 1} | ingest.inFlightBytes | from 1KiB",
        "graphql: {introspection: yes please} | graphql.introspection | write true or false",
        "graphql: {cost: 0} | graphql.cost | from 1 to",
        "graphql: {time: soon} | graphql.time | from 1s to 10m",
        "graphql: {weights: {collections: photo}} | graphql.weights.collections | as in photo=20",
        "graphql: {weights: {collections: 'a=1, a=2'}} | graphql.weights.collections | as in",
        "graphql: {weights: {fields: look=2}} | graphql.weights.fields | of get, list, find",
        "graphql: {weights: {fields: find=-1}} | graphql.weights.fields | from 0 to 1000000",
        "graphql: {documents: {mode: some}} | graphql.documents.mode | off, allowed or only",
        "graphql: {documents: {mode: only}} | graphql.documents.from | name the directory",
        "kafka: {group.protocol: streams} | kafka.group.protocol | placement by rack",
        "kafka: {ssl: {keystore: a}} | kafka.ssl | not a single value",
        "kafka: text | kafka | not a map",
      })
  void refusesWhatCannotWork(String yaml, String path, String what) {
    assertThat(faults(yaml))
        .filteredOn(fault -> fault.path().equals(path))
        .singleElement()
        .extracting(Fault::toString)
        .asString()
        .contains(what);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a: &x 1\nb: *x",
        "a: &x [1]\nb: [*x, *x]",
        "a: !!java.net.URL [http://a]",
        "a: !mine b",
        "- a",
        "text",
        "a: 1\na: 2",
        "a: 1\n---\nb: 2",
        "a: [1",
        "\ta: 1",
      })
  void refusesWhatIsNotPlainData(String yaml) {
    assertThat(faults(yaml)).hasSize(1);
    assertThat(faults(yaml).get(0).path()).isEmpty();
  }

  @Test
  void refusesDeepAndHugeFilesWithoutFallingOver() {
    assertThat(faults("a: " + "[".repeat(50_000))).hasSize(1);
    assertThat(faults("a: " + "x".repeat(5 << 20))).hasSize(1);
  }

  private static final String DEFINITIONS =
      """
      collections:
        - name: order
          key: long
          writer: source
          schema: {type: object}
        - {name: note, key: string, revision: 3}
      sources:
        - name: orders
          topic: shop.orders
          collection: order
          key: {fields: [id], mode: immutable}
          filter: [{field: deleted, exists: false}]
          drop: [secret]
      """;

  @Test
  void takesCollectionsAndSources() {
    WeirConfig.Definitions definitions = read(LEAST + DEFINITIONS).definitions();

    assertThat(definitions.collections())
        .containsExactly(
            new CollectionDefinition(
                0,
                "order",
                KeyType.Scalar.LONG,
                "json",
                CollectionDefinition.Writer.SOURCE,
                "{\"type\":\"object\"}",
                1),
            new CollectionDefinition(
                0,
                "note",
                KeyType.Scalar.STRING,
                "json",
                CollectionDefinition.Writer.API,
                null,
                3));
    assertThat(definitions.sources()).hasSize(1);
    SourceDefinition source = definitions.sources().get(0);
    assertThat(source.topic()).isEqualTo("shop.orders");
    assertThat(source.mapping().keyFrom()).isEqualTo(SourceDefinition.KeyFrom.IMMUTABLE);
    assertThat(source.mapping().keyFields()).containsExactly("id");
    assertThat(source.mapping().filter()).hasSize(1);
    assertThat(source.mapping().dropFields()).containsExactly("secret");
  }

  @Test
  void findsDefinitionsThatContradictEachOther() {
    String yaml =
        LEAST
            + DEFINITIONS
                .replace("collection: order", "collection: ordr")
                .replace("key: long", "key: lang")
                .replace("{name: note", "{name: order");
    assertThat(faults(yaml))
        .extracting(Fault::toString)
        .satisfiesExactlyInAnyOrder(
            f -> assertThat(f).startsWith("collections[0].key: unknown key type"),
            f -> assertThat(f).startsWith("collections[1].name: another collection"),
            f ->
                assertThat(f)
                    .startsWith("sources[0].collection: unknown collection")
                    .contains("did you mean 'order'?"));
    assertThat(faults(LEAST + DEFINITIONS.replace("writer: source", "writer: api")))
        .singleElement()
        .satisfies(f -> assertThat(f.path()).isEqualTo("sources[0].collection"))
        .satisfies(f -> assertThat(f.problem()).contains("takes its documents from the API"));
  }

  @Test
  void readsAFile(@TempDir Path directory) throws IOException {
    Path file = Files.writeString(directory.resolve("weir.yaml"), LEAST + "stateDirectory: s");
    WeirConfig config = ConfigFile.read(file, Map.of(), Map.of());
    assertThat(config.storage().stateDirectory()).isEqualTo(directory.resolve("s"));
  }

  @Test
  void saysWhyAFileCannotBeRead(@TempDir Path directory) throws IOException {
    assertThatThrownBy(() -> ConfigFile.read(directory.resolve("none"), Map.of(), Map.of()))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining("there is no such file");
    Path latin =
        Files.write(directory.resolve("l"), "rack: é".getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> ConfigFile.read(latin, Map.of(), Map.of()))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining("UTF-8");
  }

  @Test
  void variablesAreNamedByOneRule() {
    assertThat(Setting.STATE_DIRECTORY.variable()).isEqualTo("WEIR_STATE_DIRECTORY");
    assertThat(Setting.PEER_LISTEN.variable()).isEqualTo("WEIR_PEER_LISTEN");
    assertThat(Setting.GRAPHQL.variable()).isEqualTo("WEIR_GRAPHQL_ENABLED");
  }

  @Test
  void everySettingIsDescribed() {
    assertThat(Setting.values()).allSatisfy(s -> assertThat(s.description()).hasSizeGreaterThan(9));
  }

  @Test
  void readsEdgeTypes() {
    WeirConfig config =
        read(
            LEAST
                + """
                collections:
                  - {name: person, key: long}
                  - {name: post, key: "tuple(long,string)"}
                edges:
                  - {name: knows, from: person, to: person, id: uuid, inverse: known-by, writer: source}
                  - {name: likes, from: person, to: post, field: likes.post}
                sources:
                  - {name: known, topic: known, collection: knows}
                """);
    List<CollectionDefinition> all = config.definitions().collections();
    assertThat(all).extracting(c -> c.keyType().text()).contains("tuple(long,long,uuid)");
    assertThat(EffectiveConfig.yaml(config))
        .contains("edges:", "inverse: known-by", "field: likes.post", "writer: field");
    assertThat(read(EffectiveConfig.yaml(config)).definitions()).isEqualTo(config.definitions());
  }

  @Test
  void edgesNeedCollectionsOfTheSameFile() {
    assertThat(
            faults(
                LEAST
                    + """
                    collections:
                      - {name: person, key: long}
                    edges:
                      - {name: knows, from: persons, to: person}
                      - {name: likes, from: person, to: knows}
                    """))
        .extracting(Fault::toString)
        .anySatisfy(f -> assertThat(f).startsWith("edges[0].from: unknown collection 'persons'"))
        .anySatisfy(f -> assertThat(f).startsWith("edges[1].to: unknown collection 'knows'"));
  }
}
