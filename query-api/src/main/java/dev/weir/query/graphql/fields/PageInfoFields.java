package dev.weir.query.graphql.fields;

import graphql.schema.DataFetcher;
import graphql.schema.DataFetchingEnvironment;
import org.jspecify.annotations.Nullable;

/** Where a page lies, be it one of a range of documents or of a vertex's edges. */
record PageInfoFields(RangeFields ranges, LinkFields links) {

  DataFetcher<Object> hasNextPage() {
    return field -> {
      LinkPage page = links(field);
      return page == null ? ranges.hasNextPage().get(field) : (Object) page.more();
    };
  }

  /** Of edges, whether the page began behind a cursor. */
  DataFetcher<Object> hasPreviousPage() {
    return field -> {
      LinkPage page = links(field);
      return page == null
          ? ranges.hasPreviousPage().get(field)
          : (Object) (page.wish().after() != null);
    };
  }

  DataFetcher<@Nullable String> startCursor() {
    return field -> cursor(field, true);
  }

  DataFetcher<@Nullable String> endCursor() {
    return field -> cursor(field, false);
  }

  private @Nullable String cursor(DataFetchingEnvironment field, boolean first) throws Exception {
    LinkPage page = links(field);
    if (page != null) {
      return links.cursor(page, first);
    }
    return first ? ranges.startCursor().get(field) : ranges.endCursor().get(field);
  }

  private static @Nullable LinkPage links(DataFetchingEnvironment field) {
    Object source = field.getSource();
    return source instanceof LinkPage page ? page : null;
  }
}
