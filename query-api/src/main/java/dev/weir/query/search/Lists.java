package dev.weir.query.search;

import dev.weir.query.Cursors.ListId;
import dev.weir.store.Filter;
import dev.weir.store.FilterWriter;
import dev.weir.store.KeyRange;
import dev.weir.store.SearchQuery.Duplicates;
import dev.weir.store.SearchQuery.Find;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Says which list a question asks for, for its cursors: the same for each of its pages. */
public final class Lists {
  private Lists() {}

  /** The list of hits that a question begins with, whatever its limit, fields and place. */
  public static ListId of(Find find) {
    Filter filter = find.filter();
    StringBuilder question = new StringBuilder("find\n");
    range(find.range(), question);
    question.append(filter == null ? "" : FilterWriter.json(filter));
    find.order()
        .forEach(sort -> question.append('\n').append(sort.order()).append(sort.field().path()));
    return new ListId(find.collection(), question.toString());
  }

  /** The list of duplicates of an index. */
  public static ListId of(Duplicates duplicates) {
    return new ListId(duplicates.collection(), "duplicates\n" + duplicates.index());
  }

  private static void range(KeyRange range, StringBuilder out) {
    out.append(bytes(range.from())).append(range.fromInclusive() ? '[' : '(');
    out.append(bytes(range.to())).append(range.toInclusive() ? ']' : ')').append('\n');
  }

  private static String bytes(byte @Nullable [] bytes) {
    return bytes == null ? "-" : Base64.getEncoder().encodeToString(bytes);
  }
}
