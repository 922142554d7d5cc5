package dev.weir.query.http;

import dev.weir.query.Cursors;
import dev.weir.query.Database;
import dev.weir.query.ReadOptions;
import dev.weir.query.Result;
import dev.weir.query.http.OperationSpec.Body;
import dev.weir.store.CollectionDefinition;
import dev.weir.store.Document;
import dev.weir.store.Query;
import dev.weir.store.Refusal;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Documents in key order: as pages with cursors, or all at once as a stream of lines. */
final class ScanRoute {
  private static final String PATH = "/v1/collections/{collection}/documents";
  private static final int DEFAULT_LIMIT = 100;
  private static final List<String> TYPES = List.of(Json.CONTENT_TYPE, MediaTypes.NDJSON);

  private final Database database;
  private final Collections collections;
  private final Cursors cursors;
  private final int maxItems;
  private final int pageBytes;

  ScanRoute(
      Database database, Collections collections, Cursors cursors, int maxItems, int pageBytes) {
    this.database = database;
    this.collections = collections;
    this.cursors = cursors;
    this.maxItems = maxItems;
    this.pageBytes = pageBytes;
  }

  Route route() {
    return new Route("GET", new PathTemplate(PATH), spec(), this::scan);
  }

  private CompletableFuture<Answer> scan(Call call) throws ProblemException {
    var collection = collections.of(call);
    String type = MediaTypes.choose(call.header("Accept"), TYPES);
    int limit = call.query().integer("limit", 1, maxItems, DEFAULT_LIMIT);
    ReadOptions options = Levels.of(call, collection);
    boolean partial = call.query().flag(Parts.PARAMETER, false);
    if (partial && type.equals(MediaTypes.NDJSON)) {
      throw QueryParameters.invalid(
          Parts.PARAMETER, "A stream cannot say at its start what will be missing at its end.");
    }
    if (FindPages.isAsked(call.query())) {
      return CompletableFuture.completedFuture(find(call, collection, options, partial));
    }
    ScanRequest request = ScanRequest.read(call.query(), collection, limit, cursors);
    Answer answer;
    if (type.equals(MediaTypes.NDJSON)) {
      long most = call.query().text("limit").isPresent() ? limit : Long.MAX_VALUE;
      answer = lines(request, options, most, call);
    } else {
      answer = page(request, options.allowPartial(partial), limit, call);
    }
    return CompletableFuture.completedFuture(answer);
  }

  private Answer find(
      Call call, CollectionDefinition collection, ReadOptions options, boolean partial)
      throws ProblemException {
    FindPages pages = new FindPages(database, cursors, pageBytes);
    int limit = call.query().integer("limit", 1, maxItems, DEFAULT_LIMIT);
    FindPages.Wish wish = pages.read(call.query(), collection, limit);
    String path = call.incoming().rawPath();
    if (MediaTypes.choose(call.header("Accept"), TYPES).equals(Json.CONTENT_TYPE)) {
      return pages.page(wish, options.allowPartial(partial), path);
    }
    long most = call.query().text("limit").isPresent() ? limit : Long.MAX_VALUE;
    return pages.lines(wish, options, most, path);
  }

  /** Reads the whole page before it is sent, so that what goes wrong is still told as a problem. */
  private Answer page(ScanRequest request, ReadOptions options, int limit, Call call) {
    Pages pages = new Pages(database, request.rest(), options, limit, pageBytes);
    List<Document> documents = new ArrayList<>();
    Sources sources = new Sources();
    SortedMap<Integer, Refusal> missing = new TreeMap<>();
    do {
      Result<Query.Page> result = pages.next();
      if (result instanceof Result.Failure<Query.Page> failure) {
        return Refusals.problem(failure.refusal()).answer(call.incoming().rawPath());
      }
      var parts = Parts.of(result);
      documents.addAll(parts.value().documents());
      sources.add(parts.sources());
      missing.putAll(parts.missing());
    } while (pages.hasNext() && pages.bytes() < pageBytes);
    String cursor =
        pages.more() && !documents.isEmpty()
            ? cursors.issue(request.whole(), documents.get(documents.size() - 1).key())
            : null;
    Items items = new Items(request.collection());
    Answer answer =
        Answer.stream(
            Json.CONTENT_TYPE,
            out -> {
              writePage(documents, cursor, items, out);
              if (options.partial()) {
                Parts.write(missing, out);
              }
              out.write('}');
            },
            () -> {});
    return ServedBy.headers(Parts.header(answer, missing), sources.list(), options.token());
  }

  private static void writePage(
      List<Document> documents, @Nullable String cursor, Items items, OutputStream out)
      throws IOException {
    out.write(Items.ascii("{\"items\":["));
    String separator = "";
    for (Document document : documents) {
      out.write(Items.ascii(separator));
      items.item(document, out);
      separator = ",";
    }
    out.write(Items.ascii("],\"cursor\":"));
    out.write(Items.ascii(cursor == null ? "null" : '"' + cursor + '"'));
  }

  /** The first piece is read before the answer starts: most of what can go wrong shows there. */
  private Answer lines(ScanRequest request, ReadOptions options, long most, Call call) {
    Pages pages = new Pages(database, request.rest(), options, most, pageBytes / 4);
    Result<Query.Page> first = pages.next();
    if (first instanceof Result.Failure<Query.Page> failure) {
      return Refusals.problem(failure.refusal()).answer(call.incoming().rawPath());
    }
    var success = (Result.Success<Query.Page>) first;
    Items items = new Items(request.collection());
    Answer answer =
        Answer.stream(
            MediaTypes.NDJSON, out -> writeLines(success.value(), pages, items, out), () -> {});
    return ServedBy.headers(answer, success.sources(), options.token());
  }

  private static void writeLines(Query.Page first, Pages pages, Items items, OutputStream out)
      throws IOException {
    Query.Page page = first;
    while (true) {
      for (Document document : page.documents()) {
        items.item(document, out);
        out.write('\n');
      }
      if (!pages.hasNext()) {
        return;
      }
      if (!(pages.next() instanceof Result.Success<Query.Page> next)) {
        throw new InterruptedIOException("a shard stopped answering in the middle of a stream");
      }
      page = next.value();
    }
  }

  private OperationSpec spec() {
    return OperationSpec.of("scanDocuments", DocumentRoutes.TAG, "Scan documents in key order")
        .describe(
            ("A page of a range or prefix, or of everything. `cursor` continues it: repeat the"
                    + " other parameters with it; it is null when nothing is left. A page also ends"
                    + " when its documents weigh %d MiB together, and with a filter when many rows"
                    + " were read for it: it may then have few items, or none, and goes on at its"
                    + " cursor. With `Accept: %s` all documents of the range come as one stream, one"
                    + " item a line, up to `limit` if that is given; a stream that could not be"
                    + " completed ends with a broken connection.")
                .formatted(pageBytes >> 20, MediaTypes.NDJSON))
        .lane(Lane.SCATTER)
        .takes(Parameter.path("collection", "Name of the collection."))
        .takes(Levels.parameters())
        .takes(Parts.parameter())
        .takes(ScanRequest.rangeParameters())
        .takes(
            Parameter.query(
                "limit", Schemas.integer(1, maxItems, DEFAULT_LIMIT), "Most items of the page."),
            Parameter.query(ScanRequest.CURSOR, Schemas.TEXT, "From the page before."),
            Parameter.query(ScanRequest.ORDER, Schemas.oneOf("asc", "desc"), "Order of the keys."),
            SearchParameters.filterParameter(),
            Parameter.query(
                SearchParameters.ORDER_BY,
                Schemas.TEXT,
                "Fields that the documents are ordered by, such as `age desc, name`; what is equal"
                    + " comes in the order of its keys."),
            Parameter.query(
                SearchParameters.FIELDS,
                Schemas.TEXT,
                "Fields that are wanted of each document, such as `name, address.city`; else all."),
            SearchParameters.explainParameter())
        .answers(
            200,
            "The page, or the stream.",
            List.of(
                Body.component(Json.CONTENT_TYPE, "Page"),
                Body.component(MediaTypes.NDJSON, "Item")),
            ServedBy.POSITION,
            ServedBy.NODE,
            Levels.HEADER,
            Incomplete.HEADER)
        .refuses(ProblemType.UNKNOWN_COLLECTION, ProblemType.INVALID_KEY)
        .refuses(ProblemType.INVALID_PARAMETER, ProblemType.INVALID_CURSOR)
        .refuses(ProblemType.NOT_ACCEPTABLE)
        .refuses(SearchParameters.PROBLEMS)
        .refuses(Levels.PROBLEMS)
        .example("the first page", Map.of("collection", "note", "limit", "2"), 200)
        .example(
            "a range, downwards",
            Map.of("collection", "note", "from", "a", "to", "b", "order", "desc"),
            200)
        .example("a prefix", Map.of("collection", "note", "prefix", "a/"), 200)
        .example(
            "by contents",
            Map.of(
                "collection",
                "note",
                "filter",
                "n > 1 && has(kind)",
                "orderBy",
                "n desc",
                "fields",
                "n",
                "explain",
                "true"),
            200);
  }
}
