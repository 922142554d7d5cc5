package dev.weir.query.server;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Every setting with a single value: where it stands, what it is without a word, what it does. */
public enum Setting {
  APPLICATION("application", "", "name of the database; nodes of one name form one database"),
  LISTEN("listen", "127.0.0.1:7070", "host:port of the HTTP API; port 0 = any free one"),
  ADVERTISED("advertised", "", "URL of the HTTP API as others reach it; empty = from listen"),
  NODE("node", "", "name of this node; empty = made once and kept in the state directory"),
  RACK(
      "rack",
      "",
      "where this node stands: rack, zone/rack or region/zone/rack, each of at most 30 characters"),
  QUICK_RESTART(
      "quickRestart",
      "false",
      "whether a stop keeps this node's shards waiting for it instead of handing them over; for a"
          + " restart within the session timeout, 6 s"),
  PEER_LISTEN("peer.listen", "", "host:port for other nodes; empty = listen's port + 100"),
  PEER_ADVERTISED("peer.advertised", "", "host:port as other nodes reach it; empty = from listen"),
  PEER_SECRET("peer.secret", "", "what nodes know each other by, 16 characters or more"),
  STATE_DIRECTORY(
      "stateDirectory",
      "",
      "directory of this node's shards; empty = weir/<application> in the"
          + " user's state directory; a relative one starts at the file's directory"),
  SHARDS("shards", "4", "number of shards, fixed by the first start of the database"),
  REPLICAS("replicas", "1", "copies of each shard, the active one included"),
  PLACEMENT(
      "placement",
      "strict",
      "strict = two copies of a shard never stand in one rack, and what cannot be placed is"
          + " missing; best-effort = it is placed and reported; the same on all nodes"),
  SEPARATE(
      "separate",
      "rack",
      "what holds at most one copy of a shard: rack, zone or region; the same on all nodes"),
  THREADS("threads", "2", "threads that fold the log into the shards"),
  MEMORY("memory", "512MiB", "memory for the shards' blocks and write buffers, besides the heap"),
  REPLICATION(
      "topics.replication",
      "",
      "replicas of the topics that Weir creates; empty = 3, or as many as" + " there are brokers"),
  ACCEPT_LOST_RECORDS(
      "ingest.acceptLostRecords",
      "",
      "sources, divided by commas, that go on where their topic has deleted records unread;"
          + " all others stop there"),
  INGEST_THREADS("ingest.threads", "1", "threads that read each source on this node"),
  INGEST_LAG(
      "ingest.pauseAboveLag",
      "50000",
      "a source pauses while a shard it feeds is more records behind"),
  INGEST_RECORDS(
      "ingest.inFlightRecords",
      "20000",
      "most records of all sources that are sent and not yet in the log"),
  INGEST_BYTES("ingest.inFlightBytes", "4MiB", "most bytes of the same"),
  LIMITS_DOCUMENT("limits.document", "1MiB", "largest document, put or from a source"),
  LIMITS_REQUEST("limits.request", "4MiB", "largest body of any other request"),
  LIMITS_PAGE("limits.page", "10000", "most documents of a page"),
  LIMITS_BATCH("limits.batch", "1000", "most keys of a batch-get"),
  LIMITS_SUBSCRIPTIONS(
      "limits.subscriptions", "20000", "most who follow collections from this node at a time"),
  QUERIES_SCANS(
      "queries.scans",
      "allow",
      "allow or forbid: whether a filter or order may have all documents read where neither an"
          + " index nor a range of keys chooses them"),
  QUERIES_ROWS(
      "queries.rows",
      "1000000",
      "most index entries and documents that one such question reads, at all shards together"),
  LANES_GET(
      "lanes.get", "100ms", "how long gets may wait for a thread when too many come, before 429"),
  LANES_BATCH(
      "lanes.batchGet",
      "32/256/500ms",
      "batch-gets: how many at once, how many wait beside them, for how long before 429"),
  LANES_SCAN("lanes.scan", "32/128/1s", "the same for scans and streams"),
  LANES_GRAPHQL("lanes.graphql", "32/128/1s", "the same for GraphQL"),
  LANES_WRITE("lanes.write", "512/1024/500ms", "the same for writes"),
  LANES_OTHER("lanes.other", "16/64/2s", "the same for requests to the node itself"),
  SNAPSHOTS_REPOSITORY(
      "snapshots.repository",
      "",
      "where snapshots are kept: a directory, or s3://bucket/prefix with weir-store-s3 on the class"
          + " path; empty = none are made"),
  SNAPSHOTS_EVERY(
      "snapshots.every", "", "how often every shard gets one, such as 1h; empty = on demand only"),
  SNAPSHOTS_KEEP("snapshots.keep", "24", "most snapshots of a shard; older ones are dropped"),
  SNAPSHOTS_KEEP_FOR(
      "snapshots.keepFor", "30d", "age at which a snapshot is dropped; the newest never is"),
  BOOTSTRAP(
      "bootstrap.enabled",
      "true",
      "whether a shard without state gets it from another node or the repository instead of folding"
          + " its log from the beginning"),
  BOOTSTRAP_LEAST_RECORDS(
      "bootstrap.aboveRecords",
      "100000",
      "a log with fewer records is folded from its beginning instead"),
  BOOTSTRAP_RATE(
      "bootstrap.bytesPerSecond",
      "100MiB",
      "most bytes a second that this node fetches, and as much that it gives; a quarter of it while"
          + " the machine is busy; 0 = no limit"),
  TRUNCATION_EVERY(
      "truncation.every",
      "",
      "how often the log is freed of what snapshots and replicas have, such as 1h; empty = on"
          + " demand only"),
  TRUNCATION_MARGIN(
      "truncation.margin", "100000", "records of each shard that stay though nobody needs them"),
  TRUNCATION_FORGET(
      "truncation.forgetAfter",
      "1h",
      "how long a node that is away is waited for before its records may go"),
  GRAPHQL("graphql.enabled", "true", "whether /graphql is served"),
  GRAPHQL_INTROSPECTION("graphql.introspection", "true", "whether GraphQL tells its schema"),
  GRAPHQL_COST(
      "graphql.cost",
      "10000",
      "most that a GraphQL request may cost: the documents it could read or write, with weights"),
  GRAPHQL_COLLECTION_WEIGHTS(
      "graphql.weights.collections",
      "",
      "what a document costs, by its collection, such as photo=20, log=5; else 1"),
  GRAPHQL_FIELD_WEIGHTS(
      "graphql.weights.fields",
      "",
      "what that is multiplied with, by the kind of field: get, list, find, aggregate, edges, walk,"
          + " write; such as find=5, aggregate=50; else 1"),
  GRAPHQL_DEPTH("graphql.depth", "15", "how deep the fields of a GraphQL document may be nested"),
  GRAPHQL_FIELDS("graphql.fields", "1000", "most fields of a GraphQL document, fragments spread"),
  GRAPHQL_PAGE(
      "graphql.page", "1000", "largest page of a list in GraphQL; 100 if none is asked for"),
  GRAPHQL_KEYS("graphql.keys", "1000", "most keys of one field in GraphQL"),
  GRAPHQL_TIME("graphql.time", "10s", "after which a GraphQL request is given up"),
  GRAPHQL_DOCUMENTS(
      "graphql.documents.mode",
      "off",
      "off = requests send their documents; allowed = they may name them instead; only = none but"
          + " the documents of the files are executed"),
  GRAPHQL_DOCUMENTS_FROM(
      "graphql.documents.from",
      "",
      "directory of .graphql files, or a manifest of Relay's or Apollo's form");

  private final String path;
  private final String absent;
  private final String description;

  Setting(String path, String absent, String description) {
    this.path = path;
    this.absent = absent;
    this.description = description;
  }

  /** Where it stands in the file, steps divided by dots. */
  public String path() {
    return path;
  }

  /** Its value if nothing is said; empty = none, or derived from others. */
  public String absent() {
    return absent;
  }

  /** What it does, in a few words. */
  public String description() {
    return description;
  }

  /**
   * The environment variable that overrides it: {@code WEIR_}, then the path in capitals, with an
   * underscore for every dot and before every capital.
   */
  public String variable() {
    return "WEIR_" + path.replace('.', '_').replaceAll("([A-Z])", "_$1").toUpperCase(Locale.ROOT);
  }

  List<String> steps() {
    return List.of(path.split("\\."));
  }

  static Optional<Setting> at(String path) {
    return List.of(values()).stream().filter(s -> s.path.equals(path)).findFirst();
  }
}
