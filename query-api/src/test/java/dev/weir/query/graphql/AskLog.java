package dev.weir.query.graphql;

import dev.weir.query.ClusterView;
import dev.weir.query.Database;
import dev.weir.query.ReadOptions;
import dev.weir.query.Result;
import dev.weir.query.SearchLimits;
import dev.weir.store.Ack;
import dev.weir.store.Catalogue;
import dev.weir.store.Operation;
import dev.weir.store.Outcome;
import dev.weir.store.Query;
import dev.weir.store.Refusal;
import dev.weir.store.ShardMap;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Passes everything on and notes what was asked; can hold answers back. */
public final class AskLog implements Database {
  private final Database database;
  private final List<Query<?>> asked = Collections.synchronizedList(new ArrayList<>());
  private final List<ReadOptions> options = Collections.synchronizedList(new ArrayList<>());
  private volatile boolean silent;
  private volatile @Nullable Executor network;
  private volatile @Nullable Integer lost;

  public AskLog(Database database) {
    this.database = database;
  }

  public List<Query<?>> asked() {
    return asked;
  }

  /** What was asked, each of several questions by itself. */
  public List<Query<?>> questions() {
    List<Query<?>> questions = new ArrayList<>();
    for (Query<?> each : List.copyOf(asked)) {
      if (each instanceof Query.Several several) {
        questions.addAll(several.queries());
      } else {
        questions.add(each);
      }
    }
    return questions;
  }

  /** How each question was to be answered, in their order. */
  public List<ReadOptions> options() {
    return options;
  }

  public void forget() {
    options.clear();
    asked.clear();
  }

  @Override
  public SearchLimits searchLimits() {
    return database.searchLimits();
  }

  /** From now on nothing is ever answered. */
  public void fallSilent() {
    silent = true;
  }

  /** From now on a shard cannot be asked; what it holds is there all the same. */
  public void lose(int shard) {
    lost = shard;
  }

  private <R> CompletableFuture<Result<R>> answer(Query<R> query, ReadOptions options) {
    Integer shard = lost;
    return shard == null
        ? database.ask(query, options)
        : database.ask(query, options).thenApply(result -> without(shard, result, options));
  }

  private static <R> Result<R> without(int shard, Result<R> result, ReadOptions options) {
    Refusal refusal = new Refusal.Unreachable(shard, "b");
    return options.partial() && result instanceof Result.Success<R> success
        ? new Result.Partial<>(
            success.value(), success.sources(), new TreeMap<>(Map.of(shard, refusal)))
        : new Result.Failure<>(refusal);
  }

  /** From now on questions are answered later, by these threads. */
  public void answerBy(Executor threads) {
    network = threads;
  }

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
  public <R> CompletableFuture<Result<R>> ask(Query<R> query, ReadOptions options) {
    asked.add(query);
    this.options.add(options);
    if (silent) {
      return new CompletableFuture<>();
    }
    Executor threads = network;
    return threads == null
        ? answer(query, options)
        : CompletableFuture.supplyAsync(() -> answer(query, options).join(), threads);
  }

  @Override
  public CompletableFuture<Result<Outcome>> submit(Operation operation, Ack ack) {
    return silent ? new CompletableFuture<>() : database.submit(operation, ack);
  }

  @Override
  public CompletableFuture<ClusterView> cluster() {
    return database.cluster();
  }
}
