package dev.weir.query.graphql.fields;

import dev.weir.query.Database;
import dev.weir.query.PositionToken;
import dev.weir.query.ReadOptions;
import dev.weir.query.Result;
import dev.weir.query.SearchLimits;
import dev.weir.query.graphql.Errors;
import dev.weir.query.graphql.Rendering;
import dev.weir.store.Ack;
import dev.weir.store.Catalogue;
import dev.weir.store.CollectionDefinition;
import dev.weir.store.Document;
import dev.weir.store.Key;
import dev.weir.store.Operation;
import dev.weir.store.Outcome;
import dev.weir.store.Query;
import dev.weir.store.Refusal;
import dev.weir.store.ShardMap;
import graphql.GraphQLError;
import graphql.schema.DataFetchingEnvironment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import org.dataloader.DataLoader;
import org.dataloader.DataLoaderFactory;
import org.dataloader.DataLoaderRegistry;

/**
 * One request's way to the database: collects the keys that one level of the document asks for, so
 * that each collection is asked once and each node too, and notes who answered. Safe from any
 * thread.
 */
public final class RequestScope {
  private final Database database;
  private final Workers workers;
  private final Map<Object, String> kinds = Collections.synchronizedMap(new HashMap<>());
  private final JointQuestions joint = new JointQuestions(this::askAlone, this::level);
  private final DataLoaderRegistry loaders =
      new DataLoaderRegistry() {
        @Override
        public void dispatchAll() {
          joint.join(super::dispatchAll);
        }
      };
  private final List<Result.Source> sources = new ArrayList<>(); // under "sources"
  private final SortedMap<Integer, Refusal> missing = new TreeMap<>(); // under "sources"
  private final List<Map<String, Object>> explanations = new ArrayList<>(); // under "sources"
  private ReadOptions options; // under "sources"

  /**
   * A new request.
   *
   * @param workers go on with the request when an answer comes later
   * @param options how to read at first; no part of the answer is from before an earlier one
   */
  public RequestScope(Database database, Workers workers, ReadOptions options) {
    this.options = options;
    this.database = database;
    this.workers = workers;
  }

  /** The scope of the request that a field belongs to. */
  static RequestScope of(DataFetchingEnvironment field) {
    RequestScope scope = field.getGraphQlContext().get(RequestScope.class);
    return Objects.requireNonNull(scope);
  }

  public DataLoaderRegistry loaders() {
    return loaders;
  }

  /** The document under a key, asked for together with the others of this level. */
  CompletableFuture<Result<Optional<Document>>> load(int collection, Key key) {
    return loader(collection).load(key);
  }

  /**
   * What a batch says of a vertex, asked for together with the others of this level.
   *
   * @param kind what is asked; equal kinds are one batch
   * @param vertices says of each key what there is to say, in their order
   */
  @SuppressWarnings("unchecked") // a kind fixes the type of its answers
  <R> CompletableFuture<Result<R>> load(
      Object kind, Key key, Function<List<Key>, CompletableFuture<List<Result<R>>>> vertices) {
    String name = kinds.computeIfAbsent(kind, none -> "batch-" + kinds.size());
    DataLoader<Key, Result<R>> loader =
        (DataLoader<Key, Result<R>>)
            (DataLoader<?, ?>)
                loaders.computeIfAbsent(
                    name, none -> DataLoaderFactory.newDataLoader(vertices::apply));
    return loader.load(key);
  }

  /** Notes a document that is there already, so that it is not asked for again. */
  void know(int collection, Document document) {
    loader(collection)
        .prime(document.key(), new Result.Success<>(Optional.of(document), List.of()));
  }

  /** Asks about documents of a collection now; the answer, or its absence, for each of the keys. */
  <R> CompletableFuture<List<Result<R>>> askEach(
      Query<List<R>> query, int collection, List<Key> keys) {
    return askNow(query).thenApply(result -> each(result, collection, keys));
  }

  /** Does something that waits, on a thread that may. */
  <T> CompletableFuture<T> work(Supplier<T> work) {
    return CompletableFuture.supplyAsync(work, workers.waiting());
  }

  /** Asks and waits for the answer: for those who {@link #work}. */
  <R> Result<R> askHere(Query<R> query) {
    ReadOptions now;
    synchronized (sources) {
      now = options;
    }
    return database.ask(query, now).thenApply(this::note).join();
  }

  /** Asks now; what may be missing in the answer is noted, and the rest is a success. */
  public <R> CompletableFuture<Result<R>> ask(Query<R> query) {
    return askNow(query)
        .thenApply(
            result ->
                result instanceof Result.Partial<R> partial
                    ? new Result.Success<>(partial.value(), partial.sources())
                    : result);
  }

  private <R> CompletableFuture<Result<R>> askNow(Query<R> query) {
    return joint.ask(query);
  }

  /** Where no level is asked for, each collection has its own. */
  private Object level(Query<?> query) {
    return catalogue()
        .collection(query.collection())
        .<Object>map(CollectionDefinition::consistency)
        .orElse("");
  }

  private <R> CompletableFuture<Result<R>> askAlone(Query<R> query) {
    ReadOptions now;
    synchronized (sources) {
      now = options;
    }
    return here(database.ask(query, now)).thenApply(this::note);
  }

  /** Asks now; what may be missing in the answer is noted, and told. */
  <R> CompletableFuture<Result<R>> askWhole(Query<R> query) {
    return askNow(query);
  }

  /** What questions about the contents of documents may take. */
  SearchLimits searchLimits() {
    return database.searchLimits();
  }

  /** Has the answer say how a field found its documents. */
  void explain(DataFetchingEnvironment field, Map<String, Object> explanation) {
    Map<String, Object> explained = new LinkedHashMap<>();
    explained.put("path", field.getExecutionStepInfo().getPath().toList());
    explained.putAll(explanation);
    synchronized (sources) {
      explanations.add(explained);
    }
  }

  /** Whether answers may lack shards. */
  boolean partial() {
    synchronized (sources) {
      return options.partial();
    }
  }

  /** The definitions as they are now. */
  Catalogue catalogue() {
    return database.catalogue();
  }

  /** The shards of the database. */
  ShardMap shards() {
    return database.shards();
  }

  /** Submits now, and forgets what was loaded under the keys. */
  CompletableFuture<Result<Outcome>> submit(
      Operation operation, List<Operation.Change> changes, Ack ack) {
    return here(database.submit(operation, ack))
        .thenApply(
            result -> {
              changes.forEach(change -> loader(change.collection()).clear(change.key()));
              return note(result);
            });
  }

  /** Who answered, and how far they had got; empty if nobody was asked. */
  public Map<String, Object> witness() {
    List<Result.Source> seen;
    PositionToken token;
    List<Map<String, Object>> gaps;
    boolean partial;
    List<Map<String, Object>> explained;
    synchronized (sources) {
      explained = new ArrayList<>(explanations);
      seen = new ArrayList<>(sources);
      token = options.token();
      gaps = missing.entrySet().stream().map(RequestScope::gap).toList();
      partial = options.partial();
    }
    Map<String, Object> witness = new LinkedHashMap<>();
    if (!seen.isEmpty()) {
      PositionToken own = PositionToken.of(seen);
      witness.put("position", (token == null ? own : token.and(own).orElse(own)).text());
      witness.put("servedBy", seen.stream().map(Result.Source::node).distinct().sorted().toList());
    }
    if (partial) {
      witness.put("missing", gaps);
    }
    if (!explained.isEmpty()) {
      witness.put("explain", explained);
    }
    if (!seen.isEmpty() && !database.incomplete().isEmpty()) {
      witness.put("incomplete", List.copyOf(database.incomplete()));
    }
    return witness;
  }

  private static Map<String, Object> gap(Map.Entry<Integer, Refusal> missing) {
    GraphQLError error = Errors.of(missing.getValue());
    Map<String, Object> gap = new LinkedHashMap<>();
    gap.put("shard", missing.getKey());
    gap.put("code", Rendering.code(error).name());
    gap.put("message", error.getMessage());
    return gap;
  }

  private DataLoader<Key, Result<Optional<Document>>> loader(int collection) {
    return loaders.computeIfAbsent(
        Integer.toString(collection),
        name -> DataLoaderFactory.newDataLoader((List<Key> keys) -> loadAll(collection, keys)));
  }

  private CompletableFuture<List<Result<Optional<Document>>>> loadAll(
      int collection, List<Key> keys) {
    return askEach(new Query.MultiGet(collection, keys), collection, keys);
  }

  private <R> List<Result<R>> each(Result<List<R>> result, int collection, List<Key> keys) {
    List<Result<R>> each = new ArrayList<>(keys.size());
    for (int i = 0; i < keys.size(); i++) {
      if (result instanceof Result.Success<List<R>> success) {
        each.add(new Result.Success<>(success.value().get(i), List.of()));
      } else if (result instanceof Result.Partial<List<R>> partial) {
        Refusal refusal =
            partial.missing().get(shards().shardOf(catalogue(), collection, keys.get(i)));
        each.add(
            refusal == null
                ? new Result.Success<>(partial.value().get(i), List.of())
                : new Result.Failure<>(refusal));
      } else {
        each.add(new Result.Failure<>(((Result.Failure<List<R>>) result).refusal()));
      }
    }
    return each;
  }

  /** Late answers come on the network's threads, which have better to do than to write JSON. */
  private <R> CompletableFuture<R> here(CompletableFuture<R> answer) {
    return answer.isDone() ? answer : answer.thenApplyAsync(value -> value, workers.going());
  }

  private <R> Result<R> note(Result<R> result) {
    if (result instanceof Result.Success<R> success) {
      note(success.sources(), Map.of());
    } else if (result instanceof Result.Partial<R> part) {
      note(part.sources(), part.missing());
    }
    return result;
  }

  private void note(List<Result.Source> answered, Map<Integer, Refusal> lacking) {
    synchronized (sources) {
      sources.addAll(answered);
      missing.putAll(lacking);
      options = options.after(answered);
    }
  }
}
