package dev.weir.query.server;

import dev.weir.query.SearchLimits;
import dev.weir.query.graphql.GraphQlSettings;
import dev.weir.query.graphql.documents.TrustedDocuments;
import dev.weir.query.http.HttpSettings.Queue;
import dev.weir.query.http.Lane;
import dev.weir.store.CollectionDefinition;
import dev.weir.store.DefinitionReader.DeclaredIndex;
import dev.weir.store.IndexDefinition;
import dev.weir.store.SourceDefinition;
import dev.weir.store.ingest.Pace;
import dev.weir.store.placement.PlacementRule;
import dev.weir.store.snapshot.ObjectStore;
import dev.weir.store.snapshot.ObjectStores;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Everything a node is told: by a {@code weir.yaml} ({@link ConfigFile}) or by a {@link Builder}.
 * Immutable and free of contradictions.
 *
 * @param application name of the database
 * @param kafka properties for every Kafka client; {@code bootstrap.servers} at least
 * @param node who and where this node is
 * @param storage its shards
 * @param api what its HTTP API takes and offers
 * @param snapshots where and when copies of the shards are kept
 * @param truncation what goes from the beginning of the log
 * @param definitions collections and sources that the database gets if they are missing
 */
public record WeirConfig(
    String application,
    SortedMap<String, String> kafka,
    Node node,
    Storage storage,
    Api api,
    Snapshots snapshots,
    Truncation truncation,
    Definitions definitions) {

  public WeirConfig {
    kafka = Collections.unmodifiableSortedMap(new TreeMap<>(kafka));
  }

  /** A configuration made in code. */
  public static Builder builder() {
    return new Builder();
  }

  /** The Kafka properties as clients take them. */
  public Map<String, Object> kafkaClient() {
    return Map.copyOf(kafka);
  }

  /** For messages and logs: who it is, without the Kafka properties, which may hold secrets. */
  @Override
  public String toString() {
    return "WeirConfig[" + application + ", " + node + ", " + storage + "]";
  }

  /**
   * Who and where a node is.
   *
   * @param id unique in the application; empty = made once and kept in the state directory
   * @param rack where it stands, or empty
   * @param listen of the HTTP API
   * @param url of the HTTP API as others reach it; empty = from {@code listen}
   * @param peer its endpoint for other nodes
   * @param quickRestart whether it comes back soon after a stop: its shards wait for it, and are
   *     handed over only if it is away for longer than the session timeout
   */
  public record Node(
      String id, String rack, HostPort listen, String url, Peer peer, boolean quickRestart) {}

  /**
   * The endpoint of a node for other nodes.
   *
   * @param listen where it is
   * @param advertised {@code host:port} as others reach it; empty = from {@code listen}
   * @param secret that nodes know each other by; empty = any process that reaches the endpoint is
   *     believed, which is refused outside of one machine
   */
  public record Peer(HostPort listen, String advertised, String secret) {

    /** Without the secret. */
    @Override
    public String toString() {
      return "Peer[" + listen + ", " + advertised + "]";
    }
  }

  /**
   * The shards of a node.
   *
   * @param stateDirectory its alone
   * @param shards of the database, at least 1; fixed by its first start
   * @param copies of each shard
   * @param threads that fold, at least 1
   * @param memoryBytes for blocks and write buffers
   * @param topicReplication replicas of the topics that Weir creates; empty = 3, or as many as
   *     there are brokers
   */
  public record Storage(
      Path stateDirectory,
      int shards,
      Copies copies,
      int threads,
      long memoryBytes,
      OptionalInt topicReplication) {}

  /**
   * The copies of a shard.
   *
   * @param replicas number of them, the active included, at least 1
   * @param placement where they may stand
   */
  public record Copies(int replicas, PlacementRule placement) {}

  /**
   * Snapshots and what is fetched.
   *
   * @param repository an absolute directory, {@code file:} or {@code s3:} place; empty = none are
   *     made
   * @param every how often; empty = on demand only
   * @param keep most of a shard, at least 1
   * @param keepFor age at which one is dropped; the newest never is
   * @param bootstrap whether a shard without state gets it from elsewhere
   * @param leastRecords a log with fewer is folded from its beginning instead
   * @param bytesPerSecond that a node fetches and gives; 0 = no limit
   */
  public record Snapshots(
      String repository,
      Optional<Duration> every,
      int keep,
      Duration keepFor,
      boolean bootstrap,
      long leastRecords,
      long bytesPerSecond) {

    /**
     * The repository's storage.
     *
     * @throws IllegalArgumentException if there is none, with what to write
     */
    public ObjectStore open() {
      if (repository.isEmpty()) {
        throw new IllegalArgumentException(
            "no repository is configured: set " + Setting.SNAPSHOTS_REPOSITORY.path());
      }
      return ObjectStores.open(repository);
    }
  }

  /**
   * What goes from the beginning of the log.
   *
   * @param every how often; empty = on demand only
   * @param margin records of a shard that stay though nobody needs them, at least 0
   * @param forgetAfter how long a node that is away is waited for
   */
  public record Truncation(Optional<Duration> every, long margin, Duration forgetAfter) {}

  /**
   * What the HTTP API takes and offers.
   *
   * @param documentBytes largest document of a put
   * @param requestBytes largest body of any other request
   * @param pageItems most documents of a page
   * @param batchKeys most keys of a batch-get
   * @param subscriptions most who follow collections at a time
   * @param graphQl what GraphQL may do
   * @param lanes how much of each kind is done at once
   * @param searches what questions about the contents of documents may take
   */
  public record Api(
      int documentBytes,
      int requestBytes,
      int pageItems,
      int batchKeys,
      int subscriptions,
      GraphQl graphQl,
      Lanes lanes,
      SearchLimits searches) {}

  /**
   * What GraphQL may do.
   *
   * @param enabled whether {@code /graphql} is served
   * @param settings what requests may ask for and cost
   * @param mode which documents are executed
   * @param documentsFrom an absolute path of the trusted documents; empty = there are none
   */
  public record GraphQl(
      boolean enabled, GraphQlSettings settings, TrustedDocuments.Mode mode, String documentsFrom) {

    /**
     * The documents that requests may name.
     *
     * @throws IllegalArgumentException if a file has a fault now
     */
    TrustedDocuments documents() {
      if (documentsFrom.isEmpty()) {
        return mode == TrustedDocuments.Mode.OFF
            ? TrustedDocuments.none()
            : TrustedDocuments.allowed();
      }
      TrustedDocuments.Loaded loaded = TrustedDocuments.load(mode, Path.of(documentsFrom));
      if (!loaded.faults().isEmpty()) {
        throw new IllegalArgumentException(loaded.faults().get(0).toString());
      }
      return loaded.documents();
    }
  }

  /**
   * How much is done at once before the rest is refused as overloaded.
   *
   * @param getPatience how long gets may wait for a thread
   * @param queues of the other kinds, for each of them
   */
  public record Lanes(Duration getPatience, Map<Lane, Queue> queues) {
    public Lanes {
      queues = Map.copyOf(queues);
    }
  }

  /**
   * How a node copies sources.
   *
   * @param acceptLostRecords names of the sources that go on where their topic has deleted records
   *     before they were read
   * @param pace how fast
   */
  public record Ingest(SortedSet<String> acceptLostRecords, Pace pace) {
    public Ingest {
      acceptLostRecords = Collections.unmodifiableSortedSet(new TreeSet<>(acceptLostRecords));
    }
  }

  /**
   * What the database gets if it is missing.
   *
   * @param collections in the order of the file, edge types behind the others
   * @param sources in the order of the file
   * @param indexes in the order of the file
   * @param ingest how this node copies sources, these and those that are declared later
   */
  public record Definitions(
      List<CollectionDefinition> collections,
      List<SourceDefinition> sources,
      List<DeclaredIndex> indexes,
      Ingest ingest) {
    public Definitions {
      collections = List.copyOf(collections);
      sources = List.copyOf(sources);
      indexes = List.copyOf(indexes);
    }

    /** The indexes of a collection. */
    public List<IndexDefinition> indexes(String collection) {
      return indexes.stream()
          .filter(index -> index.collection().equals(collection))
          .map(DeclaredIndex::definition)
          .toList();
    }
  }
}
