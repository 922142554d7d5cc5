package dev.weir.cli.canary;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.weir.client.ProblemException;
import dev.weir.client.Receipt;
import dev.weir.client.StoredDocument;
import dev.weir.client.Terms;
import dev.weir.client.UnreachableException;
import dev.weir.client.WeirClient;
import dev.weir.client.WeirClientException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Writes numbers that count upwards under a few keys, through one node after the other, and reads
 * them at every level from one node after the other. One thread.
 *
 * <p>Each write names the version before it, so that one whose answer was lost can never take
 * effect behind a later one.
 */
final class Canary {
  private static final int CONFIRMATIONS = 5;

  private final Nodes nodes;
  private final Plan plan;
  private final CanaryMeters meters;
  private final Consumer<String> told;
  private final List<Cell> cells = new ArrayList<>();
  private Tally tally = new Tally();
  private String position = "";
  private long violations;

  /**
   * What a canary does.
   *
   * @param collection that it writes to
   * @param prefix what its keys begin with
   * @param keys how many
   * @param bound how stale bounded reads may be
   */
  record Plan(String collection, String prefix, int keys, Duration bound) {}

  /** A key and the version of its document. */
  private static final class Cell {
    private final String key;
    private final KeyHistory history;
    private String version = "";

    Cell(String key, KeyHistory history) {
      this.key = key;
      this.history = history;
    }
  }

  /**
   * A canary that has done nothing.
   *
   * @param told gets a line about each violation
   */
  Canary(Nodes nodes, Plan plan, CanaryMeters meters, Consumer<String> told) {
    this.nodes = nodes;
    this.plan = plan;
    this.meters = meters;
    this.told = told;
    for (int i = 0; i < plan.keys(); i++) {
      cells.add(new Cell(plan.prefix() + i, new KeyHistory(plan.bound().toNanos())));
    }
  }

  /** A level as it is asked for. */
  private String wish(Level level) {
    return level == Level.BOUNDED
        ? "bounded;max-age=" + plan.bound().toMillis() + "ms"
        : level.text();
  }

  /** Violations so far. */
  long violations() {
    return violations;
  }

  /** What happened since this was asked last. */
  String line() {
    String line = tally.line(nodes.all().size());
    tally = new Tally();
    return line;
  }

  /** Looks who is there. */
  void refresh() {
    boolean unused = nodes.refresh();
  }

  /** One write, and one read at every level; every pair of nodes and keys has its turn. */
  void round(long number) {
    meters.nodes(nodes.all().size());
    Cell cell = cells.get((int) (number % cells.size()));
    write(cell, nodes.at(number));
    long turn = number + 1 + number / nodes.all().size();
    for (Level level : Level.values()) {
      read(cell, nodes.at(turn++), level);
    }
  }

  private void write(Cell cell, Nodes.Node node) {
    long number = cell.history.attempt();
    Terms asked =
        cell.version.isEmpty() ? Terms.none().ifAbsent() : Terms.none().ifVersion(cell.version);
    WeirClient client = node.client().from(position);
    byte[] body =
        JsonNodeFactory.instance
            .objectNode()
            .put("n", number)
            .toString()
            .getBytes(StandardCharsets.UTF_8);
    long began = System.nanoTime();
    try {
      Receipt receipt = client.put(plan.collection(), cell.key, body, "application/json", asked);
      long now = System.nanoTime();
      cell.version = receipt.version();
      cell.history.acknowledged(number, now);
      position = client.position();
      meters.answered("write", now - began);
      tally.wrote(now - began);
    } catch (ProblemException.Conflict e) {
      // An earlier one, whose answer was lost, took effect: a strong read tells the version.
      refreshVersion(cell);
    } catch (WeirClientException e) {
      failed("write", node, e);
    }
  }

  private void refreshVersion(Cell cell) {
    for (Nodes.Node node : nodes.all()) {
      if (read(cell, node, Level.STRONG).isPresent()) {
        return;
      }
    }
  }

  /** Reads and judges; the number that was read, or empty if there was no answer. */
  private Optional<Long> read(Cell cell, Nodes.Node node, Level level) {
    boolean inSession = level == Level.STRONG || level == Level.SESSION;
    WeirClient client = node.client().from(inSession ? position : "").reading(wish(level));
    long began = System.nanoTime();
    try {
      Optional<StoredDocument> document = client.get(plan.collection(), cell.key);
      long now = System.nanoTime();
      long number = document.map(found -> found.json().path("n").asLong(-1)).orElse(0L);
      if (inSession) {
        position = client.position();
      }
      if (level == Level.STRONG) {
        cell.version = document.map(StoredDocument::version).orElse("");
      }
      meters.answered(level.text(), now - began);
      judge(cell, node, level, number, new Span(began, now));
      return Optional.of(number);
    } catch (WeirClientException e) {
      failed(level.text(), node, e);
      return Optional.empty();
    }
  }

  /** When a request was sent, and when it was answered. */
  private record Span(long began, long ended) {}

  private void judge(Cell cell, Nodes.Node node, Level level, long number, Span span) {
    long stale = cell.history.staleness(number, span.began());
    meters.stale(level, stale);
    tally.read(span.ended() - span.began(), stale);
    long floor = cell.history.floor();
    Optional<Violation> violation =
        number < 0
            ? Optional.of(Violation.UNKNOWN_VALUE)
            : cell.history.read(level, number, span.began(), span.ended());
    violation.ifPresent(
        broken -> {
          violated(
              broken,
              "%s at %s, level %s: %d is there, %d is known"
                  .formatted(cell.key, node.name(), level.text(), number, floor));
          if (broken == Violation.STALE_STRONG_READ) {
            confirm(cell, floor);
          }
        });
  }

  /** Is what a strong read lacked lost for good? */
  private void confirm(Cell cell, long floor) {
    long highest = -1;
    for (int i = 0; i < CONFIRMATIONS && highest < floor; i++) {
      WeirClient client = nodes.at(i).client().from(position).reading(wish(Level.STRONG));
      try {
        Optional<StoredDocument> document = client.get(plan.collection(), cell.key);
        long number = document.map(found -> found.json().path("n").asLong(0)).orElse(0L);
        highest = Math.max(highest, number);
      } catch (WeirClientException e) {
        failed(Level.STRONG.text(), nodes.at(i), e);
      }
    }
    if (highest >= 0 && highest < floor) {
      violated(
          Violation.LOST_WRITE,
          "%s: %d was acknowledged, %d is there".formatted(cell.key, floor, highest));
      cell.history.lost(highest);
    }
  }

  private void violated(Violation violation, String what) {
    violations++;
    tally.violated();
    meters.violated(violation);
    told.accept(violation.text() + ": " + what);
  }

  private void failed(String operation, Nodes.Node node, WeirClientException e) {
    tally.failed();
    meters.failed(operation, node.name());
    if (e instanceof UnreachableException) {
      boolean unused = nodes.refresh();
    } else if (e instanceof ProblemException problem
        && problem.problem().kind().endsWith("-position")
        && !(e instanceof ProblemException.Unavailable)) {
      // Another log has taken the place of the one it knew.
      position = "";
    }
  }

  /** Removes what it has written, as far as somebody takes that. */
  void leave() {
    for (int i = 0; i < cells.size(); i++) {
      try {
        Receipt unused = nodes.at(i).client().delete(plan.collection(), cells.get(i).key);
      } catch (WeirClientException e) {
        failed("write", nodes.at(i), e);
      }
    }
  }
}
