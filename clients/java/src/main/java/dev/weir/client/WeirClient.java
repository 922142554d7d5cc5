package dev.weir.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A database as one of its nodes serves it; any node answers for all. Keys are given in their
 * textual form: text itself, decimal numbers, canonical UUIDs, base64url, JSON arrays for tuples.
 *
 * <p>A client is a session: whatever it has written or seen, it sees in all later reads too, at
 * whichever node; but for those of level {@code eventual}. It keeps the positions for that by
 * itself.
 *
 * <p>Every method throws a {@link ProblemException} if the node refuses, and an {@link
 * UnreachableException} if it does not answer. Safe from any thread.
 */
public final class WeirClient {

  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final String JSON = "application/json";
  private static final String MERGE_PATCH = "application/merge-patch+json";

  private static final String POSITION = "Weir-Position";
  private static final String LEVEL = "Weir-Consistency";
  private static final String EVENTUAL = "eventual";

  private final Exchange exchange;
  private final Session session;
  private final String consistency;

  private WeirClient(Exchange exchange, Session session, String consistency) {
    this.exchange = exchange;
    this.session = session;
    this.consistency = consistency;
  }

  /** A client of the node at a URL such as {@code http://localhost:7070}; waits 30 s at most. */
  public static WeirClient at(URI url) {
    return at(url, TIMEOUT);
  }

  /**
   * A client of a node.
   *
   * @param url base of the node's HTTP API
   * @param timeout for one request, positive
   */
  public static WeirClient at(URI url, Duration timeout) {
    return new WeirClient(new Exchange(url, timeout), new Session(""), "");
  }

  /**
   * A client of the same session that reads at another level.
   *
   * @param level {@code strong}, {@code session}, {@code eventual}, {@code bounded;max-age=500ms}
   *     and the like; empty = each collection's own
   */
  public WeirClient reading(String level) {
    return new WeirClient(exchange, session, level);
  }

  /**
   * A client with a session of its own, which sees nothing from before a position.
   *
   * @param position as {@link #position} gives it, of this client or of one in another process
   */
  public WeirClient from(String position) {
    return new WeirClient(exchange, new Session(position), consistency);
  }

  /** How far this session has seen, as text without a meaning to callers; empty = nothing yet. */
  public String position() {
    return session.position();
  }

  /** The document under a key; empty if there is none. */
  public Optional<StoredDocument> get(String collection, String key) {
    Reply reply = read("GET", documentPath(collection, key), "*/*", null);
    if (reply.status() == 404 && reply.isProblem("document-not-found")) {
      return Optional.empty();
    }
    return Optional.of(StoredDocument.of(reply.orThrow()));
  }

  /** Stores a JSON document and returns once it is applied. */
  public Receipt put(String collection, String key, JsonNode document) {
    return put(collection, key, Json.bytes(document), JSON);
  }

  /**
   * Stores a value and returns once it is applied.
   *
   * @param contentType {@code application/json}, {@code text/plain} or {@code
   *     application/octet-stream}, as the collection's values are
   */
  public Receipt put(String collection, String key, byte[] value, String contentType) {
    return put(collection, key, value, contentType, Terms.none());
  }

  /**
   * Stores a value.
   *
   * @param contentType as the collection's values are
   * @param terms conditions, idempotency key, when it is answered
   */
  public Receipt put(String collection, String key, byte[] value, String contentType, Terms terms) {
    return write("PUT", collection, key, new Body(value, contentType), terms);
  }

  /**
   * Merges a JSON Merge Patch (RFC 7396) into a document.
   *
   * @param patch a JSON object in UTF-8
   * @param terms conditions, idempotency key, when it is answered
   */
  public Receipt patch(String collection, String key, byte[] patch, Terms terms) {
    return write("PATCH", collection, key, new Body(patch, MERGE_PATCH), terms);
  }

  /** Removes the document under a key, if there is one, and returns once that is applied. */
  public Receipt delete(String collection, String key) {
    return delete(collection, key, Terms.none());
  }

  /** Removes the document under a key on some terms. */
  public Receipt delete(String collection, String key, Terms terms) {
    return write("DELETE", collection, key, null, terms);
  }

  /**
   * Makes several changes of one shard, all or none.
   *
   * @param operations objects with {@code op}, {@code collection}, {@code key}, {@code document} or
   *     {@code patch}, {@code ifMatch} and {@code ifNoneMatch}, as {@code POST /v1/batch} takes
   *     them
   * @param terms idempotency key, when it is answered
   * @return one result for each operation: {@code created} and {@code version}, or {@code existed};
   *     empty if only accepted
   */
  public List<JsonNode> batch(List<? extends JsonNode> operations, Terms terms) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.putArray("operations").addAll(operations);
    String path = "/v1/batch" + terms.query();
    Reply reply =
        send("POST", path, JSON, new Body(Json.bytes(body), JSON), terms.headers()).orThrow();
    List<JsonNode> results = new ArrayList<>(operations.size());
    reply.json().path("results").forEach(results::add);
    return results;
  }

  /**
   * The documents under several keys, in the order of the keys; empty where there is none.
   *
   * @param keys in their JSON form
   */
  public List<Optional<Item>> batchGet(String collection, List<JsonNode> keys) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.putArray("keys").addAll(keys);
    String path = collectionPath(collection) + "/batch-get";
    Reply reply = read("POST", path, JSON, new Body(Json.bytes(body), JSON)).orThrow();
    List<Optional<Item>> items = new ArrayList<>(keys.size());
    for (JsonNode item : reply.json().path("items")) {
      items.add(item.path("found").asBoolean() ? Optional.of(Item.of(item)) : Optional.empty());
    }
    return items;
  }

  /** Reads one page of a scan. */
  public Page page(String collection, Scan scan) {
    String path = collectionPath(collection) + "/documents" + scan.query();
    return Page.of(read("GET", path, JSON, null).orThrow().json());
  }

  /** All documents of a scan, fetched page by page as they are asked for. */
  public Iterable<Item> scan(String collection, Scan scan) {
    return () -> new ItemIterator(this, collection, scan);
  }

  /** How a scan's documents are found, and how many rows that takes, for its first page. */
  public JsonNode explain(String collection, Scan scan) {
    String path = collectionPath(collection) + "/documents" + scan.with("explain", "true").query();
    return read("GET", path, JSON, null).orThrow().json().path("explain");
  }

  /**
   * What documents come to, together or by the values of a field.
   *
   * @param which range and filter; page size and order do not count
   * @param groupBy field whose values part the documents; empty = they are one group
   * @param measures such as {@code count, sum(total)}
   * @return one object for each group: {@code key}, if there is {@code groupBy}, and every measure
   *     under its name
   */
  public List<JsonNode> aggregate(String collection, Scan which, String groupBy, String measures) {
    Scan asked = which.with("measures", measures);
    Scan grouped = groupBy.isEmpty() ? asked : asked.with("groupBy", groupBy);
    String path = collectionPath(collection) + "/aggregate" + grouped.query();
    List<JsonNode> groups = new ArrayList<>();
    read("GET", path, JSON, null).orThrow().json().path("groups").forEach(groups::add);
    return groups;
  }

  /**
   * A page of the values of an index that more than one document has.
   *
   * @param page cursor and size of the page
   * @return as {@code GET /v1/collections/{collection}/indexes/{index}/duplicates} gives it
   */
  public JsonNode duplicates(String collection, String index, Scan page) {
    String path =
        collectionPath(collection)
            + "/indexes/"
            + Escapes.segment(index)
            + "/duplicates"
            + page.query();
    return read("GET", path, JSON, null).orThrow().json();
  }

  /** Walks over the graph, as parts of this session. */
  public Walks walks() {
    return new Walks(
        (path, accept, body) ->
            body.isEmpty()
                ? read("GET", path, accept, null)
                : read("POST", path, accept, new Body(Json.bytes(body.get()), JSON)));
  }

  /** Comparisons of collections with the topics they come from. */
  public Audits audits() {
    return new Audits(exchange);
  }

  /** Algorithms over the graph. */
  public Jobs jobs() {
    return new Jobs(exchange);
  }

  /** Records of sources that could not be taken. */
  public DeadLetters deadLetters() {
    return new DeadLetters(exchange);
  }

  /** The collections with their counts, as {@code GET /v1/collections} gives them. */
  public JsonNode collections() {
    return exchange.send("GET", "/v1/collections", JSON).orThrow().json();
  }

  /** What ingest does on this node, as {@code GET /v1/sources} gives it. */
  public JsonNode sources() {
    return exchange.send("GET", "/v1/sources", JSON).orThrow().json();
  }

  /** The snapshots this node has made, as {@code GET /v1/snapshots} gives them. */
  public JsonNode snapshots() {
    return exchange.send("GET", "/v1/snapshots", JSON).orThrow().json();
  }

  /**
   * Has this node make a snapshot of every shard it is active of; {@link #snapshots} tells more.
   */
  public JsonNode createSnapshots() {
    return exchange.send("POST", "/v1/snapshots", JSON).orThrow().json();
  }

  /**
   * Has the records deleted from the log that nobody needs any more, as {@code POST /v1/truncation}
   * does.
   *
   * @param dryRun whether only to say what could go
   */
  public JsonNode truncateLog(boolean dryRun) {
    return exchange.send("POST", "/v1/truncation?dryRun=" + dryRun, JSON).orThrow().json();
  }

  /**
   * Has both ends of all edges compared, as {@code POST /v1/graph/check} does.
   *
   * @param edges the only edge type to check; empty = all
   * @param patienceSeconds how long a difference must last, 0 to 600
   */
  public JsonNode checkGraph(String edges, int patienceSeconds) {
    String only =
        edges.isEmpty() ? "" : "&edges=" + URLEncoder.encode(edges, StandardCharsets.UTF_8);
    String path = "/v1/graph/check?patience=" + patienceSeconds + only;
    return exchange.send("POST", path, JSON).orThrow().json();
  }

  /** Nodes and shards, as {@code GET /v1/cluster} gives them. */
  public JsonNode cluster() {
    return exchange.send("GET", "/v1/cluster", JSON).orThrow().json();
  }

  /** Why copies stand where they stand, as {@code GET /v1/cluster/placement} gives it. */
  public JsonNode placement() {
    return exchange.send("GET", "/v1/cluster/placement", JSON).orThrow().json();
  }

  /** The definitions of collections and sources, in the words of {@code weir.yaml}. */
  public JsonNode definitions() {
    return exchange.send("GET", "/v1/definitions", JSON).orThrow().json();
  }

  /**
   * Changes the definitions of the live application, all or nothing.
   *
   * @param changes {@code collections} and {@code sources} in the words of {@code weir.yaml}, names
   *     under {@code dropCollections} and {@code dropSources}, and {@code dryRun}
   * @return {@code revision}, {@code applied} (whether every shard has it), {@code dryRun}, {@code
   *     changes} as lines for people
   */
  public JsonNode apply(ObjectNode changes) {
    return exchange
        .send("POST", "/v1/definitions", JSON, new Body(Json.bytes(changes), JSON))
        .orThrow()
        .json();
  }

  /** Whether the node takes requests. */
  public boolean ready() {
    return exchange.send("GET", "/healthz/ready", JSON).status() == 200;
  }

  /**
   * Asks in GraphQL.
   *
   * @param query the document
   * @param variables by name
   * @return the whole answer, with {@code data} and perhaps {@code errors}
   */
  public JsonNode graphql(String query, ObjectNode variables) {
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("query", query);
    body.set("variables", variables);
    ObjectNode wish = body.putObject("extensions").putObject("weir");
    String sent = consistency.equals(EVENTUAL) ? "" : session.position();
    if (!consistency.isEmpty()) {
      wish.put("consistency", consistency);
    }
    if (!sent.isEmpty()) {
      wish.put("position", sent);
    }
    JsonNode answer =
        exchange.send("POST", "/graphql", JSON, new Body(Json.bytes(body), JSON)).orThrow().json();
    session.saw(sent, answer.path("extensions").path("weir").path("position").asText());
    return answer;
  }

  /**
   * Follows a collection that keeps its changes: the documents that are there, then every change,
   * each once. A place outlives the connection and the node.
   *
   * @param which the documents; its order does not matter
   * @param place as a {@link Change} has it, to go on behind it; empty = from the beginning
   */
  public ChangeStream follow(String collection, Scan which, String place) {
    return exchange.follow(collectionPath(collection) + "/changes" + which.query(), place);
  }

  private Reply read(String method, String path, String accept, @Nullable Body body) {
    Map<String, String> headers = consistency.isEmpty() ? Map.of() : Map.of(LEVEL, consistency);
    return send(method, path, accept, body, headers);
  }

  private Receipt write(
      String method, String collection, String key, @Nullable Body body, Terms terms) {
    String path = documentPath(collection, key) + terms.query();
    return Receipt.of(send(method, path, JSON, body, terms.headers()).orThrow());
  }

  /** Sends what touches documents, and takes note of how far the answer has seen. */
  private Reply send(
      String method, String path, String accept, @Nullable Body body, Map<String, String> fields) {
    Map<String, String> headers = new TreeMap<>(fields);
    String sent = EVENTUAL.equals(headers.get(LEVEL)) ? "" : session.position();
    if (!sent.isEmpty()) {
      headers.put(POSITION, sent);
    }
    Reply reply = exchange.send(method, path, accept, body, headers);
    session.saw(sent, reply.header(POSITION));
    if (reply.isProblem("foreign-position") || reply.isProblem("invalid-position")) {
      session.forget();
    }
    return reply;
  }

  private static String collectionPath(String collection) {
    return "/v1/collections/" + Escapes.segment(collection);
  }

  private static String documentPath(String collection, String key) {
    return collectionPath(collection) + "/documents/" + Escapes.segment(key);
  }
}
