package dev.weir.query.http;

import dev.weir.query.Cursors;
import dev.weir.query.Database;
import dev.weir.query.ReadOptions;
import dev.weir.query.Result;
import dev.weir.query.Resumption;
import dev.weir.query.SearchLimits;
import dev.weir.query.search.Explanation;
import dev.weir.query.search.Lists;
import dev.weir.store.CollectionDefinition;
import dev.weir.store.Filter;
import dev.weir.store.SearchQuery.Find;
import dev.weir.store.SearchQuery.Found;
import dev.weir.store.SearchQuery.Hit;
import dev.weir.store.SearchQuery.Sort;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Documents by their contents: as pages with cursors, or all at once as a stream of lines. */
final class FindPages {
  /** A stream is read in pages of so many documents. */
  private static final int PIECE = 1_000;

  private final Database database;
  private final Cursors cursors;
  private final int pageBytes;

  FindPages(Database database, Cursors cursors, int pageBytes) {
    this.database = database;
    this.cursors = cursors;
    this.pageBytes = pageBytes;
  }

  /** Whether a request asks for more than a range of keys. */
  static boolean isAsked(QueryParameters query) {
    return List.of(
            SearchParameters.FILTER,
            SearchParameters.ORDER_BY,
            SearchParameters.FIELDS,
            SearchParameters.EXPLAIN)
        .stream()
        .anyMatch(name -> query.text(name).isPresent());
  }

  /**
   * A page that is asked for.
   *
   * @param collection the collection
   * @param find the question
   * @param explain whether the answer says how it was found
   */
  record Wish(CollectionDefinition collection, Find find, boolean explain) {}

  /** Reads the parameters of a request. */
  Wish read(QueryParameters query, CollectionDefinition collection, int limit)
      throws ProblemException {
    if (query.choice(ScanRequest.ORDER, ScanRequest.ORDERS).equals("desc")) {
      throw QueryParameters.invalid(
          ScanRequest.ORDER,
          "What is searched for comes in ascending order of its keys, or in that of 'orderBy'.");
    }
    SearchParameters parameters = new SearchParameters(query, collection);
    SearchLimits limits = database.searchLimits();
    Filter filter = parameters.filter();
    List<Sort> order = parameters.order();
    List<String> fields = parameters.fields();
    parameters.end();
    Find whole =
        new Find(
            collection.id(),
            ScanRequest.range(query, collection),
            filter,
            order,
            limit,
            null,
            fields,
            limits.rowsOfEach(database.shards().shards()),
            limits.scans());
    Optional<String> cursor = query.text(ScanRequest.CURSOR);
    Find find = cursor.isEmpty() ? whole : resume(cursor.get(), whole);
    return new Wish(collection, find, parameters.explain());
  }

  private Find resume(String cursor, Find whole) throws ProblemException {
    Resumption resumption = cursors.resume(cursor, Lists.of(whole));
    if (resumption instanceof Resumption.Behind behind) {
      return behind(whole, behind.place(), whole.limit());
    }
    String why = "The cursor " + ((Resumption.Refused) resumption).fault().words() + ".";
    throw new ProblemException(
        Problem.of(ProblemType.INVALID_CURSOR, why).with("parameter", ScanRequest.CURSOR));
  }

  private static Find behind(Find find, byte @Nullable [] place, int limit) {
    return new Find(
        find.collection(),
        find.range(),
        find.filter(),
        find.order(),
        limit,
        place,
        find.fields(),
        find.most(),
        find.scans());
  }

  /** The page as JSON. */
  Answer page(Wish wish, ReadOptions options, String path) {
    Result<Found> result = database.ask(wish.find(), options).join();
    if (result instanceof Result.Failure<Found> failure) {
      return Refusals.problem(failure.refusal()).answer(path);
    }
    Parts<Found> parts = Parts.of(result);
    Found found = fitting(parts.value());
    byte[] next = found.next();
    String cursor = next == null ? null : cursors.issue(Lists.of(wish.find()), next);
    Map<String, Object> explanation =
        Explanation.of(wish.find().filter(), found.plans(), parts.sources());
    Items items = new Items(wish.collection());
    Answer answer =
        Answer.stream(
            Json.CONTENT_TYPE,
            out -> {
              out.write(Items.ascii("{\"items\":["));
              String separator = "";
              for (Hit hit : found.hits()) {
                out.write(Items.ascii(separator));
                items.item(hit.document(), out);
                separator = ",";
              }
              out.write(Items.ascii("],\"cursor\":"));
              out.write(Items.ascii(cursor == null ? "null" : '"' + cursor + '"'));
              if (wish.explain()) {
                out.write(Items.ascii(",\"explain\":"));
                out.write(Json.bytes(explanation));
              }
              if (options.partial()) {
                Parts.write(parts.missing(), out);
              }
              out.write('}');
            },
            () -> {});
    return ServedBy.headers(
        Parts.header(answer, parts.missing()), parts.sources(), options.token());
  }

  /** What a page may weigh; it goes on behind the last document that does. */
  private Found fitting(Found found) {
    long size = 0;
    for (int i = 0; i < found.hits().size(); i++) {
      size += found.hits().get(i).document().value().length;
      if (i > 0 && size > pageBytes) {
        List<Hit> hits = found.hits().subList(0, i);
        return new Found(hits, hits.get(i - 1).place(), found.plans());
      }
    }
    return found;
  }

  /** All documents as lines; the first are read before the answer starts. */
  Answer lines(Wish wish, ReadOptions options, long most, String path) {
    int piece = (int) Math.min(PIECE, most);
    Find first = behind(wish.find(), wish.find().after(), piece);
    Result<Found> result = database.ask(first, options).join();
    if (result instanceof Result.Failure<Found> failure) {
      return Refusals.problem(failure.refusal()).answer(path);
    }
    Result.Success<Found> success = (Result.Success<Found>) result;
    Items items = new Items(wish.collection());
    Answer answer =
        Answer.stream(
            MediaTypes.NDJSON,
            out -> {
              ReadOptions from = options.after(success.sources());
              writeLines(success.value(), first, from, most, items, out);
            },
            () -> {});
    return ServedBy.headers(answer, success.sources(), options.token());
  }

  private void writeLines(
      Found first, Find question, ReadOptions options, long most, Items items, OutputStream out)
      throws IOException {
    Found page = first;
    ReadOptions from = options;
    long left = most;
    while (true) {
      for (Hit hit : page.hits()) {
        items.item(hit.document(), out);
        out.write('\n');
      }
      out.flush();
      left -= page.hits().size();
      if (page.next() == null || left <= 0) {
        return;
      }
      Find rest = behind(question, page.next(), (int) Math.min(PIECE, left));
      Result<Found> result = database.ask(rest, from).join();
      if (!(result instanceof Result.Success<Found> success)) {
        throw new InterruptedIOException("a shard refused in the middle of a stream");
      }
      from = from.after(success.sources());
      page = success.value();
    }
  }
}
