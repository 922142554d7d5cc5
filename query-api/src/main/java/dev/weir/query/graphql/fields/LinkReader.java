package dev.weir.query.graphql.fields;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.weir.query.Result;
import dev.weir.query.graphql.fields.LinkPage.Placed;
import dev.weir.query.graphql.types.StoredValues;
import dev.weir.store.Document;
import dev.weir.store.GraphQuery;
import dev.weir.store.GraphQuery.Link;
import dev.weir.store.GraphQuery.Neighbours;
import dev.weir.store.Key;
import dev.weir.store.Query;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Reads the edges of the vertices of one level: all of them with one question, and with a second
 * one the documents at the other ends if they decide which edges make the page.
 */
final class LinkReader {
  private final RequestScope scope;
  private final LinkWish wish;

  LinkReader(RequestScope scope, LinkWish wish) {
    this.scope = scope;
    this.wish = wish;
  }

  /** The page of each vertex, in their order. */
  CompletableFuture<List<Result<LinkPage>>> read(List<Key> vertices) {
    LinkWish.After after = wish.after();
    GraphQuery.Expand expand =
        new GraphQuery.Expand(
            wish.edge().edges().id(),
            wish.side(),
            vertices,
            wish.limit(),
            after == null || !wish.order().isEmpty() ? null : after.edge(),
            wish.where(),
            wish.values());
    return scope
        .askEach(expand, wish.edge().vertices(wish.side()).id(), vertices)
        .thenCompose(
            found ->
                wish.needsNodes()
                    ? nodes(found).thenApply(nodes -> pages(vertices, found, nodes))
                    : CompletableFuture.completedFuture(
                        pages(
                            vertices,
                            found,
                            new Result.Success<Map<Key, Document>>(Map.of(), List.of()))));
  }

  /** The documents at the other ends that match, as far as they are needed. */
  private CompletableFuture<Result<Map<Key, Document>>> nodes(List<Result<Neighbours>> found) {
    Set<Key> others = new LinkedHashSet<>();
    for (Result<Neighbours> result : found) {
      if (result instanceof Result.Success<Neighbours> success) {
        success.value().links().forEach(link -> others.add(link.other()));
      }
    }
    if (others.isEmpty()) {
      return CompletableFuture.completedFuture(new Result.Success<>(Map.of(), List.of()));
    }
    int collection = wish.edge().others(wish.side()).id();
    boolean whole = wish.whereNode() != null;
    List<String> fields = whole ? List.of() : LinkOrder.nodePaths(wish.order());
    return scope
        .ask(new Query.Select(collection, List.copyOf(others), wish.whereNode(), fields))
        .thenApply(
            result -> {
              if (result instanceof Result.Failure<List<Optional<Document>>> failure) {
                return new Result.Failure<>(failure.refusal());
              }
              Map<Key, Document> nodes = new HashMap<>();
              ((Result.Success<List<Optional<Document>>>) result)
                  .value()
                  .forEach(answer -> answer.ifPresent(node -> nodes.put(node.key(), node)));
              if (whole) {
                nodes.values().forEach(node -> scope.know(collection, node));
              }
              return new Result.Success<>(nodes, List.of());
            });
  }

  private List<Result<LinkPage>> pages(
      List<Key> vertices, List<Result<Neighbours>> found, Result<Map<Key, Document>> nodes) {
    List<Result<LinkPage>> pages = new ArrayList<>(vertices.size());
    for (int i = 0; i < vertices.size(); i++) {
      if (found.get(i) instanceof Result.Failure<Neighbours> failure) {
        pages.add(new Result.Failure<>(failure.refusal()));
      } else if (nodes instanceof Result.Failure<Map<Key, Document>> failure) {
        pages.add(new Result.Failure<>(failure.refusal()));
      } else {
        Neighbours neighbours = ((Result.Success<Neighbours>) found.get(i)).value();
        Map<Key, Document> known = ((Result.Success<Map<Key, Document>>) nodes).value();
        pages.add(new Result.Success<>(page(vertices.get(i), neighbours, known), List.of()));
      }
    }
    return pages;
  }

  private LinkPage page(Key vertex, Neighbours neighbours, Map<Key, Document> nodes) {
    boolean ordered = !wish.order().isEmpty();
    if (ordered && neighbours.more()) {
      return new LinkPage(vertex, wish, List.of(), null, true, true);
    }
    Map<Key, JsonNode> trees = ordered ? trees(nodes.values()) : Map.of();
    List<Placed> placed = new ArrayList<>();
    for (Link link : neighbours.links()) {
      if (wish.whereNode() == null || nodes.containsKey(link.other())) {
        placed.add(new Placed(link, ordered ? values(link, trees.get(link.other())) : List.of()));
      }
    }
    if (ordered) {
      placed.sort(LinkPlace.order(wish.order()));
      placed.removeIf(LinkPlace.notBehind(wish));
    }
    List<Placed> page = placed.subList(0, Math.min(wish.size(), placed.size()));
    boolean cut = placed.size() > page.size();
    Placed end = page.isEmpty() ? null : page.get(page.size() - 1);
    if (!cut && neighbours.more() && wish.size() > 0) {
      List<Link> looked = neighbours.links();
      end = new Placed(looked.get(looked.size() - 1), List.of());
    }
    return new LinkPage(vertex, wish, page, end, cut || neighbours.more(), false);
  }

  private Map<Key, JsonNode> trees(Collection<Document> nodes) {
    Map<Key, JsonNode> trees = new HashMap<>();
    var definition = wish.edge().others(wish.side()).definition();
    nodes.forEach(node -> trees.put(node.key(), StoredValues.tree(definition, node.value())));
    return trees;
  }

  private List<JsonNode> values(Link link, @Nullable JsonNode node) {
    JsonNode properties =
        wish.values()
            ? StoredValues.tree(wish.edge().edges().definition(), link.value())
            : MissingNode.getInstance();
    List<JsonNode> values = new ArrayList<>();
    for (LinkOrder order : wish.order()) {
      String property = order.property();
      String path = order.node();
      if (property != null) {
        values.add(LinkOrder.at(properties, property));
      } else if (path != null && node != null) {
        values.add(LinkOrder.at(node, path));
      } else {
        values.add(MissingNode.getInstance());
      }
    }
    return values;
  }
}
