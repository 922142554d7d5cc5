package dev.weir.query.graphql;

import java.time.Duration;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the GraphQL endpoint permits; {@link #defaults} suit a database on an internal network.
 *
 * @param introspection whether {@code __schema} and {@code __type} are answered; true by default
 * @param statusCodes which reading of GraphQL over HTTP the statuses follow; {@link
 *     StatusCodes#AUDITED} by default
 * @param text bounds on a request as text
 * @param shape bounds on the form of a document, checked before it is validated
 * @param work bounds on what a request may cause, checked before or while it is executed
 * @param weights what documents cost
 */
public record GraphQlSettings(
    boolean introspection,
    StatusCodes statusCodes,
    Text text,
    Shape shape,
    Work work,
    Weights weights) {

  /** The settings a node has if nothing else is said. */
  public static GraphQlSettings defaults() {
    return new GraphQlSettings(
        true,
        StatusCodes.AUDITED,
        Text.defaults(),
        Shape.defaults(),
        Work.defaults(),
        Weights.EVEN);
  }

  /** These settings, with introspection on or off. */
  public GraphQlSettings withIntrospection(boolean on) {
    return new GraphQlSettings(on, statusCodes, text, shape, work, weights);
  }

  /** These settings, with other statuses. */
  public GraphQlSettings withStatusCodes(StatusCodes codes) {
    return new GraphQlSettings(introspection, codes, text, shape, work, weights);
  }

  /** These settings, with other bounds on the form of a document. */
  public GraphQlSettings withShape(Shape bounds) {
    return new GraphQlSettings(introspection, statusCodes, text, bounds, work, weights);
  }

  /** These settings, with other bounds on work. */
  public GraphQlSettings withWork(Work bounds) {
    return new GraphQlSettings(introspection, statusCodes, text, shape, bounds, weights);
  }

  /** These settings, with other weights. */
  public GraphQlSettings withWeights(Weights other) {
    return new GraphQlSettings(introspection, statusCodes, text, shape, work, other);
  }

  /** Statuses of answers in {@code application/graphql-response+json}. */
  public enum StatusCodes {
    /** 400 for everything refused before execution: what the published audits ask for. */
    AUDITED,
    /** The draft's finer ones: 422 for refused documents, 294 for data with errors. */
    DRAFT
  }

  /**
   * Bounds on a request as text.
   *
   * @param maxCharacters of a document, default 131,072; at least 1
   * @param maxTokens of a document, default 15,000; at least 1
   * @param maxJsonDepth nesting of the JSON around and inside variables, default 100; at least 2
   */
  public record Text(int maxCharacters, int maxTokens, int maxJsonDepth) {
    public Text {
      atLeast(1, "maxCharacters", maxCharacters);
      atLeast(1, "maxTokens", maxTokens);
      atLeast(2, "maxJsonDepth", maxJsonDepth);
    }

    static Text defaults() {
      return new Text(131_072, 15_000, 100);
    }
  }

  /**
   * Bounds on the form of a document; fragments count as often as they are spread.
   *
   * @param maxDepth nesting of fields, not counting introspection, default 15; at least 1
   * @param maxFields fields in all, default 1,000; at least 1
   * @param maxAliases fields with an alias, default 30; at least 0
   * @param maxRepeats how often one selection set may ask for one response name, default 20; at
   *     least 1
   * @param maxDirectives directives in all, default 50; at least 0
   * @param maxDefinitions operations and fragments together, default 100; at least 1
   */
  public record Shape(
      int maxDepth,
      int maxFields,
      int maxAliases,
      int maxRepeats,
      int maxDirectives,
      int maxDefinitions) {
    public Shape {
      atLeast(1, "maxDepth", maxDepth);
      atLeast(1, "maxFields", maxFields);
      atLeast(0, "maxAliases", maxAliases);
      atLeast(1, "maxRepeats", maxRepeats);
      atLeast(0, "maxDirectives", maxDirectives);
      atLeast(1, "maxDefinitions", maxDefinitions);
    }

    static Shape defaults() {
      return new Shape(15, 1_000, 30, 20, 50, 100);
    }
  }

  /**
   * Bounds on what a request may cause.
   *
   * @param maxCost of the documents it may read or write, by its arguments and the weights, default
   *     10,000; at least 1
   * @param defaultPage size of a page that names neither {@code first} nor {@code last}, default
   *     100; at least 1
   * @param maxPage largest {@code first} or {@code last}, default 1,000; at least {@code
   *     defaultPage}
   * @param maxKeys most keys of one field, default 1,000; at least 1
   * @param maxKeyBytes longest key in its encoded form, default 32,768; at least 1
   * @param deadline after which an unfinished execution is given up, default 10 s; positive
   */
  public record Work(
      int maxCost, int defaultPage, int maxPage, int maxKeys, int maxKeyBytes, Duration deadline) {
    public Work {
      atLeast(1, "maxCost", maxCost);
      atLeast(1, "defaultPage", defaultPage);
      atLeast(defaultPage, "maxPage", maxPage);
      atLeast(1, "maxKeys", maxKeys);
      atLeast(1, "maxKeyBytes", maxKeyBytes);
      atLeast(1, "deadline in milliseconds", deadline.toMillis());
    }

    static Work defaults() {
      return new Work(10_000, 100, 1_000, 1_000, 32_768, Duration.ofSeconds(10));
    }
  }

  /** What a field does with documents, which decides what each of them costs. */
  public enum Kind {
    /** Reads documents by key. */
    GET,
    /** Reads a range of keys. */
    LIST,
    /** Chooses or orders documents by their contents. */
    FIND,
    /** Counts, sums and groups. */
    AGGREGATE,
    /** Follows the edges of documents. */
    EDGES,
    /** Walks over several hops. */
    WALK,
    /** Writes documents. */
    WRITE
  }

  /**
   * What a document costs: the weight of its collection times that of the field's kind.
   *
   * @param collections by name; 1 where none is given
   * @param kinds 1 where none is given
   */
  public record Weights(SortedMap<String, Integer> collections, SortedMap<Kind, Integer> kinds) {
    /** Every document costs 1. */
    public static final Weights EVEN = new Weights(new TreeMap<>(), new TreeMap<>());

    public Weights {
      collections = Collections.unmodifiableSortedMap(new TreeMap<>(collections));
      kinds = Collections.unmodifiableSortedMap(new TreeMap<>(kinds));
      collections.forEach((name, weight) -> atLeast(0, "weight of " + name, weight));
      kinds.forEach((kind, weight) -> atLeast(0, "weight of " + kind, weight));
    }

    public int of(String collection) {
      return collections.getOrDefault(collection, 1);
    }

    public int of(Kind kind) {
      return kinds.getOrDefault(kind, 1);
    }
  }

  private static void atLeast(long least, String name, long value) {
    if (value < least) {
      throw new IllegalArgumentException(name + " must be at least " + least + ", not " + value);
    }
  }
}
