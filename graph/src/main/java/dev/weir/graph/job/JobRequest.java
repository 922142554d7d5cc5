package dev.weir.graph.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants to be computed. Immutable.
 *
 * @param algorithm its name
 * @param parameters as text, by name; vertices by their keys, {@code collection:key} if there are
 *     several collections of vertices
 * @param edges types of edges; their ends are the vertices
 * @param undirected whether edges have no direction
 * @param weight field of the edges that holds their weight; null = they have none
 * @param vertexFilter which documents are vertices, as a filter in JSON; null = all
 * @param edgeFilter which edges count; null = all
 * @param result name of the collection that takes the values
 * @param checkpointSeconds how long it computes, at least, before states are kept to go on from
 *     after a loss; null = as usual
 */
public record JobRequest(
    String algorithm,
    Map<String, String> parameters,
    List<Edges> edges,
    boolean undirected,
    @Nullable String weight,
    @Nullable JsonNode vertexFilter,
    @Nullable JsonNode edgeFilter,
    String result,
    @Nullable Integer checkpointSeconds) {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST_SECONDS = 86_400;
  private static final Set<String> FIELDS =
      Set.of(
          "algorithm",
          "parameters",
          "edges",
          "undirected",
          "weight",
          "vertexFilter",
          "edgeFilter",
          "result",
          "checkpointSeconds");

  public JobRequest {
    parameters = Collections.unmodifiableMap(new TreeMap<>(parameters));
    edges = List.copyOf(edges);
  }

  /**
   * An edge type of the graph.
   *
   * @param type its name
   * @param reversed whether its edges lead from their end to their beginning
   */
  public record Edges(String type, boolean reversed) {}

  /** What came of reading a request. */
  public sealed interface Reading {}

  /** It can be understood. */
  public record Good(JobRequest request) implements Reading {}

  /**
   * It cannot.
   *
   * @param faults what is wrong; at least one
   */
  public record Bad(List<String> faults) implements Reading {}

  /** Reads a request from JSON. */
  public static Reading read(JsonNode json) {
    List<String> faults = new ArrayList<>();
    if (!json.isObject()) {
      return new Bad(List.of("a job is a JSON object"));
    }
    json.fieldNames()
        .forEachRemaining(
            name -> {
              if (!FIELDS.contains(name)) {
                faults.add(
                    "a job has no field '" + name + "'; it has " + String.join(", ", names()));
              }
            });
    JobRequest request =
        new JobRequest(
            text(json, "algorithm", faults),
            parameters(json.path("parameters"), faults),
            edges(json.path("edges"), faults),
            flag(json.path("undirected"), "undirected", faults),
            json.hasNonNull("weight") ? text(json, "weight", faults) : null,
            json.hasNonNull("vertexFilter") ? json.get("vertexFilter") : null,
            json.hasNonNull("edgeFilter") ? json.get("edgeFilter") : null,
            text(json, "result", faults),
            seconds(json.path("checkpointSeconds"), faults));
    return faults.isEmpty() ? new Good(request) : new Bad(List.copyOf(faults));
  }

  private static @Nullable Integer seconds(JsonNode value, List<String> faults) {
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    if (!value.isInt() || value.intValue() < 0 || value.intValue() > MOST_SECONDS) {
      faults.add("checkpointSeconds: a whole number from 0 to " + MOST_SECONDS);
    }
    return value.intValue();
  }

  private static List<String> names() {
    return FIELDS.stream().sorted().toList();
  }

  private static String text(JsonNode json, String field, List<String> faults) {
    JsonNode value = json.path(field);
    if (!value.isTextual() || value.textValue().isEmpty()) {
      faults.add(field + ": a text is needed");
      return "";
    }
    return value.textValue();
  }

  private static boolean flag(JsonNode value, String field, List<String> faults) {
    if (!value.isMissingNode() && !value.isBoolean()) {
      faults.add(field + ": true or false");
    }
    return value.booleanValue();
  }

  private static Map<String, String> parameters(JsonNode json, List<String> faults) {
    Map<String, String> parameters = new TreeMap<>();
    if (!json.isMissingNode() && !json.isObject()) {
      faults.add("parameters: an object of names and values");
    }
    for (Map.Entry<String, JsonNode> field : json.properties()) {
      if (field.getValue().isContainerNode()) {
        faults.add("parameters." + field.getKey() + ": a text or a number");
      }
      parameters.put(field.getKey(), field.getValue().asText());
    }
    return parameters;
  }

  private static List<Edges> edges(JsonNode json, List<String> faults) {
    List<Edges> edges = new ArrayList<>();
    if (!json.isArray() || json.isEmpty()) {
      faults.add("edges: a list of edge types is needed, like [\"knows\"]");
    }
    for (JsonNode each : json) {
      if (each.isTextual()) {
        edges.add(new Edges(each.textValue(), false));
      } else {
        edges.add(
            new Edges(text(each, "type", faults), flag(each.path("reversed"), "reversed", faults)));
      }
    }
    return edges;
  }

  /** The request as JSON; {@link #read} reads it back. */
  public ObjectNode json() {
    ObjectNode json = JSON.createObjectNode().put("algorithm", algorithm);
    parameters.forEach(json.putObject("parameters")::put);
    ArrayNode types = json.putArray("edges");
    for (Edges each : edges) {
      if (each.reversed()) {
        types.addObject().put("type", each.type()).put("reversed", true);
      } else {
        types.add(each.type());
      }
    }
    json.put("undirected", undirected);
    if (weight != null) {
      json.put("weight", weight);
    }
    if (vertexFilter != null) {
      json.set("vertexFilter", vertexFilter);
    }
    if (edgeFilter != null) {
      json.set("edgeFilter", edgeFilter);
    }
    if (checkpointSeconds != null) {
      json.put("checkpointSeconds", checkpointSeconds);
    }
    return json.put("result", result);
  }
}
