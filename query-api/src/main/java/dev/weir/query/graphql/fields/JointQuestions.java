package dev.weir.query.graphql.fields;

import dev.weir.query.Result;
import dev.weir.store.Query;
import dev.weir.store.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Joins the questions of a level of a request, whatever they are about, so that each node is asked
 * once for all of them. Safe from any thread; what is asked on one thread is joined.
 */
final class JointQuestions {
  private final Asker asker;
  private final Function<Query<?>, Object> kind;

  // Of each request its own: two requests on one thread must not meet. Removed when all is asked.
  @SuppressWarnings("ThreadLocalUsage")
  private final ThreadLocal<@Nullable List<Waiting<?>>> gathered = new ThreadLocal<>();

  /**
   * Joins nothing yet.
   *
   * @param kind questions of equal kinds can be asked together
   */
  JointQuestions(Asker asker, Function<Query<?>, Object> kind) {
    this.asker = asker;
    this.kind = kind;
  }

  /** Asks a question, or several of them, at once. */
  interface Asker {
    <R> CompletableFuture<Result<R>> ask(Query<R> query);
  }

  /** A question that is asked with others. */
  private record Waiting<R>(Query<R> query, CompletableFuture<Result<R>> answer) {
    @SuppressWarnings("unchecked") // each question fixes its answer's type
    void answered(Result<List<Object>> result, int at) {
      if (result instanceof Result.Success<List<Object>> success) {
        answer.complete(new Result.Success<>((R) success.value().get(at), success.sources()));
      } else if (result instanceof Result.Partial<List<Object>> partial) {
        answer.complete(
            new Result.Partial<>(
                (R) partial.value().get(at), partial.sources(), partial.missing()));
      } else {
        answer.complete(new Result.Failure<>(((Result.Failure<List<Object>>) result).refusal()));
      }
    }

    void askedAlone(Asker asker) {
      settle(asker.ask(query));
    }

    void settle(CompletableFuture<Result<R>> result) {
      var unused =
          result.whenComplete(
              (value, failure) -> {
                if (failure != null) {
                  answer.completeExceptionally(failure);
                } else {
                  answer.complete(value);
                }
              });
    }
  }

  /** Asks with whatever else is asked meanwhile on this thread, or at once. */
  <R> CompletableFuture<Result<R>> ask(Query<R> query) {
    List<Waiting<?>> open = gathered.get();
    if (open == null) {
      return asker.ask(query);
    }
    CompletableFuture<Result<R>> answer = new CompletableFuture<>();
    open.add(new Waiting<>(query, answer));
    return answer;
  }

  /** Does what asks questions, and then asks them, and those that their answers lead to. */
  void join(Runnable asking) {
    if (gathered.get() != null) {
      asking.run();
      return;
    }
    List<Waiting<?>> open = new ArrayList<>();
    gathered.set(open);
    try {
      asking.run();
    } finally {
      while (!open.isEmpty()) {
        List<Waiting<?>> now = List.copyOf(open);
        open.clear();
        send(now);
      }
      gathered.remove();
    }
  }

  private void send(List<Waiting<?>> waiting) {
    Map<String, List<Waiting<?>>> kinds = new TreeMap<>();
    for (Waiting<?> each : waiting) {
      kinds
          .computeIfAbsent(String.valueOf(kind.apply(each.query())), none -> new ArrayList<>())
          .add(each);
    }
    kinds.values().forEach(this::sendTogether);
  }

  private void sendTogether(List<Waiting<?>> waiting) {
    if (waiting.size() == 1) {
      waiting.get(0).askedAlone(asker);
      return;
    }
    List<Query<?>> queries = new ArrayList<>();
    waiting.forEach(each -> queries.add(each.query()));
    var unused =
        asker
            .ask(new Query.Several(queries))
            .whenComplete((result, failure) -> join(() -> answer(waiting, result, failure)));
  }

  private void answer(
      List<Waiting<?>> waiting,
      @Nullable Result<List<Object>> result,
      @Nullable Throwable failure) {
    for (int i = 0; i < waiting.size(); i++) {
      Waiting<?> each = waiting.get(i);
      if (result == null) {
        each.answer()
            .completeExceptionally(
                failure == null ? new IllegalStateException("no answer") : failure);
      } else if (concernsSome(result)) {
        // Others may not need the shard that is missing, and are answered by themselves.
        each.askedAlone(asker);
      } else {
        each.answered(result, i);
      }
    }
  }

  private static boolean concernsSome(Result<?> result) {
    return result instanceof Result.Failure<?> failure
        && !(failure.refusal() instanceof Refusal.Overloaded)
        && !(failure.refusal() instanceof Refusal.LogUnreachable)
        && !(failure.refusal() instanceof Refusal.ForeignPosition);
  }
}
