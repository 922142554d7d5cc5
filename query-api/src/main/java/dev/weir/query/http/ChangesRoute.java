package dev.weir.query.http;

import dev.weir.query.RangeWish;
import dev.weir.query.changes.Event;
import dev.weir.query.changes.Place;
import dev.weir.query.changes.PlaceTokens;
import dev.weir.query.changes.Subscription;
import dev.weir.query.changes.Subscriptions;
import dev.weir.query.changes.Wish;
import dev.weir.store.CollectionDefinition;
import dev.weir.store.KeyRange;
import dev.weir.store.Refusal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What is in a collection, and then what changes, as server-sent events. */
final class ChangesRoute {
  private static final String AFTER = "after";
  private static final String LAST_EVENT_ID = "Last-Event-ID";
  private static final String KEY = "key";
  private static final String BASE = "documents";

  /** So long the first event is waited for, which may be that nothing will come. */
  private static final long FIRST_MILLIS = 500;

  private final Collections collections;
  private final Subscriptions subscriptions;

  ChangesRoute(Collections collections, Subscriptions subscriptions) {
    this.collections = collections;
    this.subscriptions = subscriptions;
  }

  Route route() {
    return new Route(
        "GET", new PathTemplate("/v1/collections/{collection}/changes"), spec(), this::follow);
  }

  private CompletableFuture<Answer> follow(Call call) throws ProblemException {
    CollectionDefinition collection = collections.of(call);
    MediaTypes.choose(call.header("Accept"), List.of(ChangeEvents.TYPE));
    Wish wish =
        new Wish(
            collection,
            range(call, collection),
            SearchParameters.filter(call, SearchParameters.FILTER, collection, collections),
            call.query().flag(BASE, true));
    if (collection.changes() == 0) {
      throw new ProblemException(problem(Event.End.NOT_KEPT, wish));
    }
    PlaceTokens tokens = subscriptions.tokens();
    Place after = after(call, wish, tokens);
    Optional<Subscription> opened = subscriptions.open(wish, after);
    if (opened.isEmpty()) {
      throw new ProblemException(
          Refusals.problem(
              new Refusal.Overloaded(subscriptions.most() + " subscriptions at this node")));
    }
    return answer(opened.get(), tokens, call.incoming().rawPath());
  }

  /** Whoever cannot be told anything hears of it as a problem, as long as nothing was sent. */
  private static CompletableFuture<Answer> answer(
      Subscription subscription, PlaceTokens tokens, String path) {
    CompletableFuture<Boolean> ready = new CompletableFuture<>();
    subscription.whenReady(() -> ready.complete(true));
    return ready
        .completeOnTimeout(false, FIRST_MILLIS, TimeUnit.MILLISECONDS)
        .thenApply(
            some -> {
              Event.End end = subscription.endedAtOnce();
              if (end != null) {
                subscription.close();
                return problem(end, subscription.wish()).answer(path);
              }
              return Answer.flowing(
                  ChangeEvents.TYPE, new ChangeEvents(subscription, tokens, path));
            });
  }

  private KeyRange range(Call call, CollectionDefinition collection) throws ProblemException {
    Optional<String> key = call.query().text(KEY);
    if (key.isEmpty()) {
      return ScanRequest.range(call.query(), collection);
    }
    for (String other : List.of(RangeWish.FROM, RangeWish.TO, RangeWish.PREFIX)) {
      if (call.query().text(other).isPresent()) {
        throw QueryParameters.invalid(other, "Use either 'key' or a range, not both.");
      }
    }
    byte[] bytes = collections.key(key.get(), collection).bytes();
    return new KeyRange(bytes, true, bytes, true);
  }

  private static @Nullable Place after(Call call, Wish wish, PlaceTokens tokens)
      throws ProblemException {
    String header = call.header(LAST_EVENT_ID);
    // What a browser has seen since is newer than the address it began with.
    String text =
        header != null && !header.isEmpty() ? header : call.query().text(AFTER).orElse("");
    if (text.isEmpty()) {
      return null;
    }
    PlaceTokens.Reading reading = tokens.read(text, wish);
    if (reading instanceof PlaceTokens.Reading.Read read) {
      return read.place();
    }
    String why = ((PlaceTokens.Reading.Refused) reading).fault().words();
    throw new ProblemException(
        Problem.of(ProblemType.INVALID_CURSOR, "The id of the last event " + why + ".")
            .with("parameter", header != null && !header.isEmpty() ? LAST_EVENT_ID : AFTER));
  }

  /** Why nothing more is told. */
  static Problem problem(Event.End why, Wish wish) {
    String name = wish.collection().name();
    return switch (why) {
      case NOT_KEPT ->
          Problem.of(
              ProblemType.CHANGES_NOT_KEPT, "'%s' does not keep its changes.".formatted(name));
      case TOO_OLD ->
          Problem.of(
              ProblemType.CHANGES_GONE,
              "What came next in '%s' is not kept any more; it keeps the changes of the newest %,d"
                      .formatted(name, wish.collection().changes())
                  + " records of each shard.");
      case FOREIGN ->
          Problem.of(
              ProblemType.CHANGES_GONE, "The place is of another log: the database was restored.");
      case DROPPED ->
          Problem.of(ProblemType.UNKNOWN_COLLECTION, "'%s' was dropped.".formatted(name));
      case CLOSING -> Problem.of(ProblemType.SHUTTING_DOWN, "The node is closing.");
    };
  }

  private OperationSpec spec() {
    return OperationSpec.of("followChanges", DocumentRoutes.TAG, "Follow a collection")
        .describe(
            "Server-sent events: `row` for every document that is there, then `complete`, then"
                + " `put` and `remove` for every change, each once and in its order by key. The id"
                + " of an event is the place behind it: whoever comes back with it, at any node,"
                + " goes on there (a browser does so by itself). With `filter`, a document that"
                + " matches no more is removed, and so may be one that never did. `end` carries the"
                + " problem for which nothing more will come. The collection must keep its changes"
                + " (`changes:` in its definition).")
        .answeredDirectly()
        .takes(Parameter.path("collection", "Name of the collection."))
        .takes(
            Parameter.query(KEY, Schemas.TEXT, "The one key to follow, in textual form."),
            Parameter.query(RangeWish.FROM, Schemas.TEXT, "Lowest key, in textual form."),
            Parameter.query(
                RangeWish.FROM_INCLUSIVE, Schemas.flag(true), "Whether `from` belongs to it."),
            Parameter.query(RangeWish.TO, Schemas.TEXT, "Highest key, in textual form."),
            Parameter.query(
                RangeWish.TO_INCLUSIVE, Schemas.flag(false), "Whether `to` belongs to it."),
            Parameter.query(RangeWish.PREFIX, Schemas.TEXT, "Start of the keys."),
            Parameter.query(
                SearchParameters.FILTER, Schemas.TEXT, "Which documents; an expression, or JSON."),
            Parameter.query(
                BASE, Schemas.flag(true), "Whether the documents that are there come first."),
            Parameter.query(AFTER, Schemas.TEXT, "Id of the last event seen, to go on behind it."))
        .answers(
            200, "The events.", List.of(new OperationSpec.Body(ChangeEvents.TYPE, Schemas.TEXT)))
        .refuses(ProblemType.UNKNOWN_COLLECTION, ProblemType.INVALID_KEY)
        .refuses(ProblemType.INVALID_PARAMETER, ProblemType.INVALID_CURSOR)
        .refuses(ProblemType.INVALID_EXPRESSION, ProblemType.NOT_ACCEPTABLE)
        .refuses(ProblemType.CHANGES_NOT_KEPT, ProblemType.CHANGES_GONE)
        .refuses(ProblemType.OVERLOADED, ProblemType.SHUTTING_DOWN)
        .example("nothing is kept", Map.of("collection", "note"), 409);
  }
}
