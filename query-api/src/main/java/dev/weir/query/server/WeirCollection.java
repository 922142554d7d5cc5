package dev.weir.query.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.query.Database;
import dev.weir.query.ReadOptions;
import dev.weir.query.Result;
import dev.weir.store.CollectionDefinition;
import dev.weir.store.Condition;
import dev.weir.store.Document;
import dev.weir.store.InvalidKeyException;
import dev.weir.store.InvalidValueException;
import dev.weir.store.Key;
import dev.weir.store.KeyCodec;
import dev.weir.store.KeyRange;
import dev.weir.store.Operation;
import dev.weir.store.Outcome;
import dev.weir.store.Query;
import dev.weir.store.ValueFormat;
import dev.weir.store.ValueFormats;
import dev.weir.store.Version;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One collection of the whole database with Java values for keys. Calls wait for their answers;
 * shards of this node answer on the caller's thread. Safe from any thread.
 *
 * <p>Every call throws a {@link RefusedException} if a shard does not answer, and an {@link
 * IllegalArgumentException} if a key or value is not of the collection's type.
 *
 * @param <K> type of the keys
 */
public final class WeirCollection<K> {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Database database;
  private final CollectionDefinition definition;
  private final Class<K> keyType;
  private final KeyCodec keys;
  private final ValueFormat values;
  private final ReadOptions options;

  WeirCollection(Database database, CollectionDefinition definition, Class<K> keyType) {
    this(database, definition, keyType, ReadOptions.DEFAULTS);
  }

  private WeirCollection(
      Database database, CollectionDefinition definition, Class<K> keyType, ReadOptions options) {
    this.options = options;
    this.database = database;
    this.definition = definition;
    this.keyType = keyType;
    this.keys = KeyCodec.of(definition.keyType());
    this.values = ValueFormats.of(definition.format());
    KeyTypes.require(definition, keyType);
  }

  /**
   * A document.
   *
   * @param key its key
   * @param value its value as JSON
   * @param version its ETag
   * @param timestamp of the event that made it, milliseconds since the epoch
   */
  public record Entry<K>(K key, JsonNode value, String version, long timestamp) {}

  /** The same collection, read at a level, from a position on, or both. */
  public WeirCollection<K> reading(ReadOptions wanted) {
    return new WeirCollection<>(database, definition, keyType, wanted);
  }

  /** The document under a key. */
  public Optional<Entry<K>> get(K key) {
    return answer(database.ask(new Query.Get(definition.id(), encoded(key)), options))
        .map(this::entry);
  }

  /** The documents under several keys, in their order, without those that do not exist. */
  public Map<K, Entry<K>> multiGet(List<K> wanted) {
    Map<K, Entry<K>> found = new LinkedHashMap<>();
    if (wanted.isEmpty()) {
      return found;
    }
    List<Key> encoded = wanted.stream().map(this::encoded).toList();
    List<Optional<Document>> documents =
        answer(database.ask(new Query.MultiGet(definition.id(), encoded), options));
    for (int i = 0; i < wanted.size(); i++) {
      K key = wanted.get(i);
      documents.get(i).ifPresent(document -> found.put(key, entry(document)));
    }
    return found;
  }

  /**
   * Documents of a range in key order.
   *
   * @param from lowest key, itself included; null = from the first
   * @param to highest key, itself not included; null = to the last
   * @param limit most documents, at least 1
   */
  public List<Entry<K>> range(@Nullable K from, @Nullable K to, int limit) {
    KeyRange range =
        new KeyRange(
            from == null ? null : encoded(from).bytes(),
            true,
            to == null ? null : encoded(to).bytes(),
            false);
    return scan(range, limit);
  }

  /**
   * Documents whose keys begin alike, in key order.
   *
   * @param start text, or a JSON array with the first parts of a tuple
   * @param limit most documents, at least 1
   */
  public List<Entry<K>> prefix(String start, int limit) {
    try {
      return scan(KeyRange.prefix(keys.prefix(start)), limit);
    } catch (InvalidKeyException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  /**
   * Begins a question about the contents of the documents.
   *
   * @param filter an expression such as {@code age >= 18 && city == "Oslo"}
   * @throws IllegalArgumentException if it cannot be read; the message names the character
   */
  public Search<K> where(String filter) {
    return all().where(filter);
  }

  /** Begins a question about all documents. */
  public Search<K> all() {
    return Search.of(new Search.Place<>(database, definition, options, this::entry));
  }

  /** The number of documents. */
  public long count() {
    return answer(database.ask(new Query.Count(definition.id()), options));
  }

  /** Stores a document and returns once it is applied; returns its version. */
  public String put(K key, JsonNode value) {
    return changed(Condition.NONE, putOf(key, value)).orElseThrow();
  }

  /** Stores a document if there is none; returns its version, or empty if there is one. */
  public Optional<String> putIfAbsent(K key, JsonNode value) {
    return changed(new Condition.Absent(), putOf(key, value));
  }

  /**
   * Stores a document if the one there still has a version; returns the new version, or empty if it
   * has another one or is gone.
   *
   * @param version as {@link Entry#version} and {@link #put} give it
   */
  public Optional<String> replace(K key, JsonNode value, String version) {
    Version expected =
        Version.parse(version)
            .orElseThrow(() -> new IllegalArgumentException("not a version: " + version));
    return changed(new Condition.OneOf(List.of(expected)), putOf(key, value));
  }

  /**
   * Merges a JSON Merge Patch (RFC 7396) into a document of a {@code json} collection; returns the
   * new version, or empty if there is no document.
   */
  public Optional<String> patch(K key, ObjectNode patch) {
    return changed(
        Condition.NONE, new Operation.Patch(definition.id(), encoded(key), stored(patch), null));
  }

  private Operation.Put putOf(K key, JsonNode value) {
    return new Operation.Put(definition.id(), encoded(key), stored(value));
  }

  private byte[] stored(JsonNode value) {
    try {
      return values.fromJson(JSON.writeValueAsBytes(value));
    } catch (InvalidValueException | JsonProcessingException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private Optional<String> changed(Condition condition, Operation.Change change) {
    boolean always = condition instanceof Condition.Always;
    Outcome outcome =
        answer(database.submit(always ? change : new Operation.When(condition, change)));
    if (outcome instanceof Outcome.ConditionFailed || outcome instanceof Outcome.Missing) {
      return Optional.empty();
    }
    return Optional.of(
        outcome instanceof Outcome.Stored done ? done.version().text() : rejected(outcome));
  }

  /** Removes a document and returns once that is applied; returns whether there was one. */
  public boolean delete(K key) {
    Outcome outcome = answer(database.submit(new Operation.Delete(definition.id(), encoded(key))));
    return outcome instanceof Outcome.Removed done
        ? done.existed()
        : Boolean.parseBoolean(rejected(outcome));
  }

  private List<Entry<K>> scan(KeyRange range, int limit) {
    Query.Scan scan = new Query.Scan(definition.id(), range, Query.Order.ASC, limit);
    List<Entry<K>> entries = new ArrayList<>();
    ReadOptions from = options;
    while (true) {
      Result<Query.Page> result = database.ask(scan, from).join();
      Query.Page page = answer(CompletableFuture.completedFuture(result));
      from = from.after(((Result.Success<Query.Page>) result).sources());
      page.documents().forEach(document -> entries.add(entry(document)));
      if (!page.more() || page.documents().isEmpty() || entries.size() >= limit) {
        return entries;
      }
      Key last = page.documents().get(page.documents().size() - 1).key();
      scan =
          new Query.Scan(
              definition.id(), scan.range().after(last), Query.Order.ASC, limit - entries.size());
    }
  }

  private <R> R answer(CompletableFuture<Result<R>> pending) {
    Result<R> result = pending.join();
    if (result instanceof Result.Failure<R> failure) {
      throw new RefusedException(definition.name(), failure.refusal());
    }
    return ((Result.Success<R>) result).value();
  }

  private static String rejected(Outcome outcome) {
    if (outcome instanceof Outcome.Rejected rejected) {
      throw new IllegalArgumentException(rejected.detail());
    }
    throw new IllegalStateException(outcome.toString());
  }

  private Key encoded(K key) {
    try {
      return keys.encode(key);
    } catch (InvalidKeyException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private Entry<K> entry(Document document) {
    try {
      return new Entry<>(
          keyType.cast(keys.decode(document.key())),
          JSON.readTree(values.toJson(document.value())),
          document.version().text(),
          document.timestamp());
    } catch (IOException e) {
      throw new IllegalStateException("a stored value that is not JSON", e);
    }
  }
}
