package dev.weir.query.http;

import dev.weir.query.Database;
import dev.weir.query.ReadOptions;
import dev.weir.query.Result;
import dev.weir.store.Document;
import dev.weir.store.Key;
import dev.weir.store.KeyRange;
import dev.weir.store.Query;
import java.util.List;

/**
 * Takes a scan from the database in pieces of bounded size, whatever the documents weigh: the first
 * piece is small, the next ones are as large as the documents seen so far allow. Used by one
 * thread, which it blocks.
 */
final class Pages {
  private static final int FIRST = 128;
  private static final int MOST = 4_096;

  private final Database database;
  private final int pieceBytes;
  private final Query.Order order;
  private final int collection;
  private ReadOptions options;
  private KeyRange range;
  private long left;
  private boolean more = true;
  private long seen;
  private long seenBytes;

  /**
   * The pieces of a scan.
   *
   * @param scan what to read, but for its limit
   * @param options how to read the first piece; no later one is from before it
   * @param limit most documents of all pieces together
   * @param pieceBytes what a piece should weigh at most
   */
  Pages(Database database, Query.Scan scan, ReadOptions options, long limit, int pieceBytes) {
    this.database = database;
    this.options = options;
    this.collection = scan.collection();
    this.range = scan.range();
    this.order = scan.order();
    this.left = limit;
    this.pieceBytes = pieceBytes;
  }

  /** Whether the range may hold more behind the last piece, or the limit is not reached. */
  boolean hasNext() {
    return more && left > 0;
  }

  /** Whether the range holds more documents, be the limit reached or not. */
  boolean more() {
    return more;
  }

  /** Documents in all pieces so far. */
  long count() {
    return seen;
  }

  /** Bytes of the values in all pieces so far. */
  long bytes() {
    return seenBytes;
  }

  /** Reads the next piece. */
  Result<Query.Page> next() {
    int size = (int) Math.min(left, pieceSize());
    Result<Query.Page> result =
        database.ask(new Query.Scan(collection, range, order, size), options).join();
    if (result instanceof Result.Success<Query.Page> success) {
      options = options.after(success.sources());
      advance(success.value());
    } else if (result instanceof Result.Partial<Query.Page> partial) {
      options = options.after(partial.sources());
      advance(partial.value());
    }
    return result;
  }

  private int pieceSize() {
    if (seen == 0) {
      return FIRST;
    }
    long average = Math.max(1, seenBytes / seen);
    return (int) Math.max(1, Math.min(MOST, pieceBytes / average));
  }

  private void advance(Query.Page page) {
    List<Document> documents = page.documents();
    more = page.more() && !documents.isEmpty();
    seen += documents.size();
    for (Document document : documents) {
      seenBytes += document.value().length;
    }
    left -= documents.size();
    if (more) {
      Key last = documents.get(documents.size() - 1).key();
      range = order == Query.Order.ASC ? range.after(last) : range.before(last);
    }
  }
}
