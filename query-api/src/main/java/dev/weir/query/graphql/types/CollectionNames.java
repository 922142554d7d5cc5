package dev.weir.query.graphql.types;

import dev.weir.store.CollectionDefinition;
import dev.weir.store.GraphQuery.Side;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The names a collection has in the schema, all made from one base: {@code order-line} becomes
 * {@code orderLine} and {@code OrderLine}.
 *
 * <p>The schema's own names come first, then collections by id. A collection one of whose names is
 * taken gets {@code _<id>} behind its base: {@code my_thing} with id 7 is {@code myThing_7} if
 * {@code my-thing} is there already. Adding a collection never changes the names of another.
 *
 * @param base in lower camel case; also the field for one key
 * @param typeBase the same with a capital; also the type of a stored document
 * @param edges whether its documents are edges, which have connections of their own
 */
public record CollectionNames(String base, String typeBase, boolean edges) {
  public static final String CONNECTION = "Connection";
  public static final String EDGE = "Edge";
  public static final String ORDER = "Order";
  private static final Set<String> RESERVED =
      Set.of(
          "node",
          "collections",
          "Node",
          "Query",
          "Mutation",
          "Subscription",
          "PageInfo",
          "Collection",
          "KeyOrder",
          "EdgeStep",
          "EdgeSide",
          "StringWhere",
          "IntWhere",
          "LongWhere",
          "FloatWhere",
          "BooleanWhere",
          "ListWhere",
          "DecimalWhere",
          "DateTimeWhere",
          "DateWhere",
          "UUIDWhere",
          "DocumentOrder",
          "SortOrder",
          "DocumentGroup",
          "Reach",
          "Reached",
          "Path",
          "PathEdge",
          "ShortestPath",
          "ChangeKind",
          "WriteAck",
          "WriteOperation",
          "WriteKind",
          "BatchPayload",
          "BatchResult",
          "Writer",
          "JSON",
          "Long",
          "UUID",
          "DateTime",
          "Date",
          "Decimal",
          "Bytes",
          "Tuple",
          "String",
          "Int",
          "Float",
          "Boolean",
          "ID");

  /** The names of each collection of a catalogue, in its order. */
  static List<CollectionNames> of(List<CollectionDefinition> collections) {
    Set<String> taken = new HashSet<>(RESERVED);
    List<CollectionNames> names = new ArrayList<>();
    for (CollectionDefinition collection : collections) {
      String base = camelCase(collection.name());
      boolean edges = collection.edge() != null;
      CollectionNames wanted = new CollectionNames(base, capital(base), edges);
      if (wanted.all().stream().anyMatch(taken::contains)) {
        String other = base + "_" + collection.id();
        wanted = new CollectionNames(other, capital(other), edges);
      }
      taken.addAll(wanted.all());
      names.add(wanted);
    }
    return names;
  }

  /** The names that the schema has by itself. */
  static Set<String> reserved() {
    return RESERVED;
  }

  /** A field name from any text: letters, digits and underscores, not the library's own. */
  static String fieldName(String text) {
    StringBuilder name = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      name.append(isLetter(c) || isDigit(c) ? c : '_');
    }
    if (name.isEmpty() || isDigit(name.charAt(0))) {
      name.insert(0, '_');
    }
    // Names that start with two underscores belong to introspection.
    return name.length() > 1 && name.charAt(0) == '_' && name.charAt(1) == '_'
        ? "x" + name
        : name.toString();
  }

  public String byKeys() {
    return base + "ByKeys";
  }

  public String range() {
    return base + "Range";
  }

  public String aggregate() {
    return base + "Aggregate";
  }

  public String changes() {
    return base + "Changes";
  }

  public String change() {
    return typeBase + "Change";
  }

  public String put() {
    return "put" + typeBase;
  }

  public String patch() {
    return "patch" + typeBase;
  }

  public String delete() {
    return "delete" + typeBase;
  }

  /** The list of a vertex's edges, or one edge in it. */
  public String link(Side side, String what) {
    return typeBase + (side == Side.OUT ? "Out" : "In") + what;
  }

  public String connection() {
    return typeBase + CONNECTION;
  }

  public String edge() {
    return typeBase + EDGE;
  }

  public String document() {
    return typeBase + "Document";
  }

  public String putPayload() {
    return "Put" + typeBase + "Payload";
  }

  public String deletePayload() {
    return "Delete" + typeBase + "Payload";
  }

  /** Fields and types share no name, so one set serves for both. */
  List<String> all() {
    List<String> all =
        new ArrayList<>(
            List.of(
                base,
                typeBase,
                byKeys(),
                range(),
                aggregate(),
                changes(),
                change(),
                put(),
                patch(),
                delete(),
                connection(),
                edge(),
                document(),
                document() + "Where",
                document() + ORDER,
                putPayload(),
                deletePayload()));
    for (Side side : edges ? Side.values() : new Side[0]) {
      all.add(link(side, CONNECTION));
      all.add(link(side, EDGE));
      all.add(link(side, ORDER));
    }
    return all;
  }

  public static String camelCase(String name) {
    StringBuilder camel = new StringBuilder();
    boolean upper = false;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (!isLetter(c) && !isDigit(c)) {
        upper = !camel.isEmpty();
      } else {
        camel.append(upper ? Character.toUpperCase(c) : c);
        upper = false;
      }
    }
    if (camel.isEmpty() || isDigit(camel.charAt(0))) {
      camel.insert(0, "c");
    }
    return camel.toString();
  }

  private static String capital(String base) {
    return base.substring(0, 1).toUpperCase(Locale.ROOT) + base.substring(1);
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
