package dev.weir.store.read;

import dev.weir.store.Document;
import dev.weir.store.Filter;
import dev.weir.store.GraphQuery;
import dev.weir.store.GraphQuery.Along;
import dev.weir.store.GraphQuery.Neighbours;
import dev.weir.store.GraphQuery.Visited;
import dev.weir.store.GraphQuery.Wanted;
import dev.weir.store.Key;
import dev.weir.store.Query;
import dev.weir.store.filter.FilterMatcher;
import dev.weir.store.filter.Projection;
import dev.weir.store.write.EdgeTypes.EdgeType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Looks up documents by their keys, leaves out those that do not match, and takes their edges. */
final class LocalVisits {
  private static final byte[] NOTHING = {};

  private LocalVisits() {}

  static List<Optional<Document>> select(ShardView view, Query.Select query) {
    Projection projection = query.fields().isEmpty() ? null : Projection.of(query.fields());
    FilterMatcher matcher = matcher(query.filter());
    List<Optional<Document>> selected = new ArrayList<>(query.keys().size());
    for (Optional<Document> found : documents(view, query.collection(), query.keys())) {
      selected.add(
          found
              .filter(document -> matcher == null || matcher.matches(document.value()))
              .map(document -> chosen(document, projection)));
    }
    return selected;
  }

  /** Visits vertices; all edge types are known. */
  static List<Visited> visit(ShardView view, GraphQuery.Visit query) {
    List<Key> vertices = query.vertices();
    FilterMatcher matcher = matcher(query.filter());
    boolean looksUp = matcher != null || query.documents() != Wanted.NOTHING;
    List<Optional<Document>> documents =
        looksUp
            ? documents(view, query.collection(), vertices)
            : Collections.nCopies(vertices.size(), Optional.empty());
    boolean[] matches = new boolean[vertices.size()];
    List<Key> matching = new ArrayList<>(vertices.size());
    for (int i = 0; i < matches.length; i++) {
      Optional<Document> document = documents.get(i);
      matches[i] =
          matcher == null || (document.isPresent() && matcher.matches(document.get().value()));
      if (matches[i]) {
        matching.add(vertices.get(i));
      }
    }
    List<List<Neighbours>> along = along(view, query, matching);
    Projection projection = query.fields().isEmpty() ? null : Projection.of(query.fields());
    List<Visited> visited = new ArrayList<>(vertices.size());
    int next = 0;
    for (int i = 0; i < matches.length; i++) {
      if (!matches[i]) {
        visited.add(new Visited(false, Optional.empty(), List.of()));
        continue;
      }
      List<Neighbours> links = new ArrayList<>(along.size());
      for (List<Neighbours> ofAll : along) {
        links.add(ofAll.get(next));
      }
      next++;
      visited.add(new Visited(true, wanted(documents.get(i), query, projection), links));
    }
    return visited;
  }

  private static List<List<Neighbours>> along(
      ShardView view, GraphQuery.Visit query, List<Key> vertices) {
    List<List<Neighbours>> all = new ArrayList<>(query.along().size());
    int left = query.most();
    for (Along each : query.along()) {
      EdgeType type = view.edges().of(each.collection());
      if (type == null) {
        throw new IllegalArgumentException("no edge type has the id " + each.collection());
      }
      List<Neighbours> found =
          vertices.isEmpty() ? List.of() : LocalEdges.expand(view, type, all(each, vertices), left);
      all.add(found);
      left -= found.stream().mapToInt(neighbours -> neighbours.links().size()).sum();
    }
    return all;
  }

  private static GraphQuery.Expand all(Along along, List<Key> vertices) {
    return new GraphQuery.Expand(
        along.collection(),
        along.side(),
        vertices,
        along.limit(),
        null,
        along.filter(),
        along.values());
  }

  private static Optional<Document> wanted(
      Optional<Document> document, GraphQuery.Visit query, @Nullable Projection projection) {
    return switch (query.documents()) {
      case NOTHING -> Optional.empty();
      case EXISTENCE -> document.map(found -> with(found, NOTHING));
      case FIELDS -> document.map(found -> chosen(found, projection));
    };
  }

  private static Document chosen(Document document, @Nullable Projection projection) {
    return projection == null ? document : with(document, projection.of(document.value()));
  }

  private static Document with(Document document, byte[] value) {
    return new Document(document.key(), value, document.version(), document.timestamp());
  }

  private static List<Optional<Document>> documents(
      ShardView view, int collection, List<Key> keys) {
    return LocalReader.multiGet(view, new Query.MultiGet(collection, keys));
  }

  private static @Nullable FilterMatcher matcher(@Nullable Filter filter) {
    FilterMatcher matcher = filter == null ? null : FilterMatcher.of(filter);
    return matcher == null || matcher.matchesAll() ? null : matcher;
  }
}
