package dev.weir.query.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What callers need to know of an operation: the OpenAPI document is made from it. Built once, when
 * the routes are declared, and not changed afterwards.
 */
final class OperationSpec {
  private final String id;
  private final String tag;
  private final String summary;
  private String description = "";
  private boolean direct;
  private boolean refusable;
  private boolean rawQuery;
  private boolean flows;
  private Route.@Nullable Quick quick;
  private @Nullable Lane lane;
  private final List<Parameter> parameters = new ArrayList<>();
  private final List<String> queryNames = new ArrayList<>();
  private final List<Body> requestBodies = new ArrayList<>();
  private final List<Response> responses = new ArrayList<>();
  private final List<ProblemType> problems = new ArrayList<>();
  private final List<Example> examples = new ArrayList<>();

  private OperationSpec(String id, String tag, String summary) {
    this.id = id;
    this.tag = tag;
    this.summary = summary;
  }

  /**
   * A body that is taken or given.
   *
   * @param mediaType of the body
   * @param schema JSON Schema; references go to the components of the document
   */
  record Body(String mediaType, Map<String, Object> schema) {
    /** A body described by a component. */
    static Body component(String mediaType, String name) {
      return new Body(mediaType, Map.of("$ref", "#/components/schemas/" + name));
    }
  }

  /**
   * An answer of an operation that went well.
   *
   * @param status HTTP status
   * @param description when it is given
   * @param bodies one per media type; none = no body
   * @param headers names, which are components of the document
   */
  record Response(int status, String description, List<Body> bodies, List<String> headers) {}

  /**
   * A call that works, in this order with the other examples.
   *
   * @param name what it shows
   * @param parameters value by name, not encoded
   * @param contentType of the body; empty = no body
   * @param body text of the body
   * @param status what it is answered with
   */
  record Example(
      String name, Map<String, String> parameters, String contentType, String body, int status) {}

  static OperationSpec of(String id, String tag, String summary) {
    return new OperationSpec(id, tag, summary);
  }

  OperationSpec describe(String text) {
    description = text;
    return this;
  }

  /**
   * Has the handler called on the connection's thread, ahead of the servlet layer: only for
   * handlers that never block and read no body.
   */
  OperationSpec answeredDirectly() {
    direct = true;
    return this;
  }

  /** The same, and refuses it when it has waited too long for the thread. */
  OperationSpec answeredDirectlyIfInTime() {
    refusable = true;
    return answeredDirectly();
  }

  /** Lets a handler answer what it can on the connection's thread, without room in a lane. */
  OperationSpec quickly(Route.Quick handler) {
    quick = handler;
    return this;
  }

  /** Gives it the capacity of a lane, and refuses it when there is none left. */
  OperationSpec lane(Lane kind) {
    lane = kind;
    return mayTakeLong().refuses(ProblemType.OVERLOADED, ProblemType.DEADLINE_EXCEEDED);
  }

  /** Takes the header that says how long the client waits. */
  OperationSpec mayTakeLong() {
    return takes(Client.PARAMETER).refuses(ProblemType.INVALID_HEADER);
  }

  /**
   * Lets the answer be one that goes on, for callers that accept events: it leaves its lane when it
   * begins.
   */
  OperationSpec mayFlow() {
    flows = true;
    return this;
  }

  /** Leaves the query to the handler. */
  OperationSpec queryAsSent() {
    rawQuery = true;
    return this;
  }

  OperationSpec takes(Parameter... more) {
    for (Parameter parameter : more) {
      parameters.add(parameter);
      if (parameter.in() == Parameter.In.QUERY) {
        queryNames.add(parameter.name());
      }
    }
    return this;
  }

  OperationSpec reads(Body... bodies) {
    requestBodies.addAll(List.of(bodies));
    return this;
  }

  OperationSpec answers(int status, String text, List<Body> bodies, String... headers) {
    responses.add(new Response(status, text, bodies, List.of(headers)));
    return this;
  }

  OperationSpec refuses(ProblemType... types) {
    problems.addAll(List.of(types));
    return this;
  }

  OperationSpec example(String name, Map<String, String> values, int status) {
    examples.add(new Example(name, values, "", "", status));
    return this;
  }

  OperationSpec example(
      String name, Map<String, String> values, String contentType, String body, int status) {
    examples.add(new Example(name, values, contentType, body, status));
    return this;
  }

  String id() {
    return id;
  }

  String tag() {
    return tag;
  }

  String summary() {
    return summary;
  }

  String description() {
    return description;
  }

  /** What answers some of its calls at once; null = nothing does. */
  Route.@Nullable Quick quick() {
    return quick;
  }

  boolean direct() {
    return direct;
  }

  /** Whether it is refused when it has waited too long for a thread. */
  boolean refusable() {
    return refusable;
  }

  /** The lane that was declared; null = none. */
  @Nullable Lane lane() {
    return lane;
  }

  /** Whether the answer may be one that goes on. */
  boolean flows() {
    return flows;
  }

  boolean rawQuery() {
    return rawQuery;
  }

  List<Parameter> parameters() {
    return parameters;
  }

  List<String> queryNames() {
    return queryNames;
  }

  List<Body> requestBodies() {
    return requestBodies;
  }

  List<Response> responses() {
    return responses;
  }

  List<ProblemType> problems() {
    return problems;
  }

  List<Example> examples() {
    return examples;
  }
}
