package dev.weir.graph.traverse;

import dev.weir.graph.traverse.Cut.Why;
import dev.weir.graph.traverse.Routes.Route;
import dev.weir.store.Filter;
import dev.weir.store.GraphQuery;
import dev.weir.store.GraphQuery.Along;
import dev.weir.store.GraphQuery.Link;
import dev.weir.store.GraphQuery.Neighbours;
import dev.weir.store.GraphQuery.Visited;
import dev.weir.store.GraphQuery.Wanted;
import dev.weir.store.Key;
import dev.weir.store.Query;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Visits vertices where they are stored, all of a hop together, within a budget. Used by one
 * thread.
 */
final class Walker {
  private final GraphReads reads;
  private final Budget budget;
  private final long deadline;
  private final Cuts cuts = new Cuts();
  private int rounds;
  private long vertices;
  private long edges;

  Walker(GraphReads reads, Budget budget) {
    this.reads = reads;
    this.budget = budget;
    this.deadline = reads.nanoTime() + budget.time().toNanos();
  }

  /**
   * What a visit is to find out.
   *
   * @param filter which vertices match; null = all
   * @param documents how much of their documents is wanted
   * @param fields of the documents; empty = all
   * @param steps which edges are wanted of those that match
   * @param values whether the edges' values are wanted
   */
  record Wish(
      @Nullable Filter filter,
      Wanted documents,
      List<String> fields,
      List<Step> steps,
      boolean values) {
    boolean isNothing() {
      return filter == null && documents == Wanted.NOTHING && steps.isEmpty();
    }
  }

  Cuts cuts() {
    return cuts;
  }

  Effort effort() {
    return new Effort(rounds, vertices, edges);
  }

  Budget budget() {
    return budget;
  }

  GraphReads reads() {
    return reads;
  }

  /** Whether there is time for another hop; notes it if not. */
  boolean timeLeft(int distance) {
    boolean left = reads.nanoTime() - deadline < 0;
    if (!left) {
      cuts.note(Why.TIME, distance);
    }
    return left;
  }

  /** Whether more edges may be looked at; notes it if not. */
  boolean edgesLeft(int distance) {
    boolean left = edges < budget.edges();
    if (!left) {
      cuts.note(Why.EDGES, distance);
    }
    return left;
  }

  /**
   * Visits vertices.
   *
   * @param distance of the vertices from the start, for the notes on cuts
   * @return what is there, ordered by vertex
   */
  List<Seen> visit(List<VertexId> at, Wish wish, int distance) throws RefusedException {
    List<Party> parties = parties(at, wish);
    List<Query<?>> questions = new ArrayList<>();
    parties.forEach(party -> questions.add(party.question));
    List<Object> answers = ask(questions);
    List<Seen> seen = new ArrayList<>(at.size());
    List<Unread> unread = new ArrayList<>();
    for (int p = 0; p < parties.size(); p++) {
      take(parties.get(p), (List<?>) answers.get(p), seen, unread, distance);
    }
    page(unread, wish, distance);
    return seen;
  }

  private List<Object> ask(List<Query<?>> questions) throws RefusedException {
    if (questions.isEmpty()) {
      return List.of();
    }
    rounds++;
    return reads.ask(questions);
  }

  /** Vertices of one collection. */
  private record Party(List<Key> keys, List<Route> routes, GraphQuery.Visit question) {}

  private List<Party> parties(List<VertexId> at, Wish wish) {
    SortedMap<Integer, List<Key>> byCollection = new TreeMap<>();
    for (VertexId vertex : at) {
      byCollection.computeIfAbsent(vertex.collection(), c -> new ArrayList<>()).add(vertex.key());
    }
    int most = (int) Math.min(Integer.MAX_VALUE, Math.max(1, budget.edges() - edges));
    List<Party> parties = new ArrayList<>();
    byCollection.forEach(
        (collection, keys) -> {
          keys.sort(null); // neighbours in the store are read together
          List<Route> routes = Routes.of(wish.steps, collection, reads.catalogue());
          List<Along> along = new ArrayList<>();
          for (Route route : routes) {
            Step step = route.step();
            along.add(
                new Along(step.edges(), route.side(), step.filter(), budget.fanOut(), wish.values));
          }
          parties.add(
              new Party(
                  keys,
                  routes,
                  new GraphQuery.Visit(
                      collection, keys, wish.documents, wish.filter, wish.fields, along, most)));
        });
    return parties;
  }

  private void take(
      Party party, List<?> answers, List<Seen> seen, List<Unread> unread, int distance) {
    int collection = party.question.collection();
    for (int i = 0; i < answers.size(); i++) {
      Visited visited = (Visited) answers.get(i);
      VertexId vertex = new VertexId(collection, party.keys.get(i));
      List<Arc> arcs = new ArrayList<>();
      vertices++;
      for (int r = 0; r < visited.along().size(); r++) {
        Neighbours found = visited.along().get(r);
        Route route = party.routes.get(r);
        add(vertex, route, found.links(), arcs, distance);
        int had = found.links().size();
        if (found.more() && had < budget.fanOut()) {
          unread.add(new Unread(vertex, route, had, had == 0 ? null : last(found), arcs));
        } else if (found.more()) {
          cuts.note(Why.FAN_OUT, distance, vertex);
        }
      }
      seen.add(new Seen(vertex, visited.matches(), visited.document(), arcs));
    }
  }

  private void add(VertexId vertex, Route route, List<Link> links, List<Arc> arcs, int distance) {
    boolean forward = route.side() == GraphQuery.Side.OUT;
    for (Link link : links) {
      if (edges >= budget.edges()) {
        cuts.note(Why.EDGES, distance, vertex);
        return;
      }
      edges++;
      VertexId other = new VertexId(route.target(), link.other());
      arcs.add(
          new Arc(
              route.step().edges(),
              forward ? vertex : other,
              forward ? other : vertex,
              forward,
              link));
    }
  }

  private static Key last(Neighbours found) {
    return found.links().get(found.links().size() - 1).edge();
  }

  /**
   * Edges that did not fit into an answer.
   *
   * @param had how many did
   * @param after the last of them
   * @param arcs where they are added
   */
  private record Unread(
      VertexId vertex, Route route, int had, @Nullable Key after, List<Arc> arcs) {}

  /** Reads the rest of what did not fit, page by page, as long as the budget lasts. */
  private void page(List<Unread> unread, Wish wish, int distance) throws RefusedException {
    List<Unread> left = unread;
    while (!left.isEmpty()) {
      if (!timeLeft(distance) || !edgesLeft(distance)) {
        return;
      }
      List<Query<?>> questions = new ArrayList<>();
      long share = Math.max(1, (budget.edges() - edges) / left.size());
      for (Unread each : left) {
        Step step = each.route.step();
        questions.add(
            new GraphQuery.Expand(
                step.edges(),
                each.route.side(),
                List.of(each.vertex.key()),
                (int) Math.min(share, budget.fanOut() - each.had),
                each.after,
                step.filter(),
                wish.values));
      }
      List<Object> answers = ask(questions);
      List<Unread> next = new ArrayList<>();
      for (int i = 0; i < left.size(); i++) {
        Neighbours found = (Neighbours) ((List<?>) answers.get(i)).get(0);
        rest(left.get(i), found, next, distance);
      }
      left = next;
    }
  }

  private void rest(Unread each, Neighbours found, List<Unread> next, int distance) {
    add(each.vertex, each.route, found.links(), each.arcs, distance);
    int had = each.had + found.links().size();
    if (!found.more()) {
      return;
    }
    if (had >= budget.fanOut() || found.links().isEmpty()) {
      cuts.note(Why.FAN_OUT, distance, each.vertex);
    } else {
      next.add(new Unread(each.vertex, each.route, had, last(found), each.arcs));
    }
  }

  /** Whether documents exist, in the order of the vertices. */
  List<Boolean> exist(List<VertexId> ends) throws RefusedException {
    List<Query<?>> questions = new ArrayList<>();
    for (VertexId end : ends) {
      questions.add(
          new GraphQuery.Visit(
              end.collection(),
              List.of(end.key()),
              Wanted.EXISTENCE,
              null,
              List.of(),
              List.of(),
              1));
    }
    List<Boolean> exist = new ArrayList<>();
    for (Object answer : ask(questions)) {
      Optional<?> document = ((Visited) ((List<?>) answer).get(0)).document();
      exist.add(document.isPresent());
    }
    return exist;
  }
}
