package dev.weir.query.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Makes the OpenAPI 3.1 document from the route table. */
final class OpenApi {
  private static final String COMPONENTS = "openapi-components.json";
  private static final String PROBLEM = "#/components/schemas/Problem";

  private OpenApi() {}

  /** The whole document, in the order in which the routes are declared. */
  static Map<String, Object> document(RouteTable table) {
    Map<String, Object> paths = new LinkedHashMap<>();
    for (Route route : table.routes()) {
      path(paths, route.path().openApi())
          .put(route.method().toLowerCase(Locale.ROOT), operation(route.spec()));
    }
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("openapi", "3.1.1");
    document.put("jsonSchemaDialect", "https://json-schema.org/draft/2020-12/schema");
    document.put("info", info());
    document.put("servers", List.of(Map.of("url", "/")));
    document.put("paths", paths);
    document.put("components", components());
    return document;
  }

  private static Map<String, Object> info() {
    Map<String, Object> info = new LinkedHashMap<>();
    info.put("title", "Weir");
    info.put("version", "1");
    info.put(
        "description",
        "Kafka topics as a sharded key-value and graph database. Any node answers any request;"
            + " errors are problem documents (RFC 9457) with a stable `type`.");
    Map<String, Object> license = new LinkedHashMap<>();
    license.put("name", "Apache License 2.0");
    license.put("identifier", "Apache-2.0");
    info.put("license", license);
    return info;
  }

  @SuppressWarnings("unchecked") // the maps of this document are all made here
  private static Map<String, Object> path(Map<String, Object> paths, String path) {
    return (Map<String, Object>) paths.computeIfAbsent(path, p -> new LinkedHashMap<>());
  }

  private static Map<String, Object> operation(OperationSpec spec) {
    Map<String, Object> operation = new LinkedHashMap<>();
    operation.put("operationId", spec.id());
    operation.put("tags", List.of(spec.tag()));
    operation.put("summary", spec.summary());
    operation.put("description", spec.description());
    if (!spec.parameters().isEmpty()) {
      operation.put("parameters", spec.parameters().stream().map(p -> parameter(p, spec)).toList());
    }
    if (!spec.requestBodies().isEmpty()) {
      operation.put("requestBody", requestBody(spec));
    }
    operation.put("responses", responses(spec));
    return operation;
  }

  private static Map<String, Object> parameter(Parameter parameter, OperationSpec spec) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", parameter.name());
    json.put("in", parameter.in().name().toLowerCase(Locale.ROOT));
    json.put("required", parameter.required());
    json.put("description", parameter.description());
    json.put("schema", parameter.schema());
    Map<String, Object> examples = new LinkedHashMap<>();
    for (OperationSpec.Example example : spec.examples()) {
      String value = example.parameters().get(parameter.name());
      if (value != null) {
        examples.put(name(example), Map.of("value", typed(value, parameter)));
      }
    }
    if (!examples.isEmpty()) {
      json.put("examples", examples);
    }
    return json;
  }

  private static Object typed(String value, Parameter parameter) {
    Object type = parameter.schema().getOrDefault("type", "string");
    if (type.equals("integer")) {
      return Integer.parseInt(value);
    }
    return type.equals("boolean") ? Boolean.valueOf(value) : value;
  }

  private static Map<String, Object> requestBody(OperationSpec spec) {
    Map<String, Object> content = new LinkedHashMap<>();
    for (OperationSpec.Body body : spec.requestBodies()) {
      Map<String, Object> media = new LinkedHashMap<>();
      media.put("schema", body.schema());
      Map<String, Object> examples = new LinkedHashMap<>();
      for (OperationSpec.Example example : spec.examples()) {
        if (example.contentType().equals(body.mediaType())) {
          examples.put(name(example), Map.of("value", value(example)));
        }
      }
      if (!examples.isEmpty()) {
        media.put("examples", examples);
      }
      content.put(body.mediaType(), media);
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("required", true);
    json.put("content", content);
    return json;
  }

  private static Object value(OperationSpec.Example example) {
    try {
      return Json.parse(example.body().getBytes(StandardCharsets.UTF_8));
    } catch (ProblemException e) {
      return example.body();
    }
  }

  private static String name(OperationSpec.Example example) {
    return example.name().replaceAll("[^a-zA-Z0-9]+", "-");
  }

  private static Map<String, Object> responses(OperationSpec spec) {
    Map<String, Object> responses = new LinkedHashMap<>();
    for (OperationSpec.Response response : spec.responses()) {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("description", response.description());
      Map<String, Object> headers = new LinkedHashMap<>();
      response.headers().forEach(h -> headers.put(h, Map.of("$ref", "#/components/headers/" + h)));
      if (!headers.isEmpty()) {
        json.put("headers", headers);
      }
      Map<String, Object> content = new LinkedHashMap<>();
      response.bodies().forEach(b -> content.put(b.mediaType(), Map.of("schema", b.schema())));
      if (!content.isEmpty()) {
        json.put("content", content);
      }
      responses.put(Integer.toString(response.status()), json);
    }
    problems(spec, responses);
    return responses;
  }

  private static void problems(OperationSpec spec, Map<String, Object> responses) {
    Map<Integer, List<String>> byStatus = new TreeMap<>();
    for (ProblemType type : spec.problems()) {
      byStatus.computeIfAbsent(type.status(), s -> new ArrayList<>()).add("`" + type.slug() + "`");
    }
    byStatus.forEach(
        (status, slugs) ->
            responses.putIfAbsent(
                Integer.toString(status), problem("Problem " + String.join(" or ", slugs) + ".")));
    responses.put("default", problem("Any other problem; see docs/problems.md."));
  }

  private static Map<String, Object> problem(String description) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("description", description);
    json.put("content", Map.of(Problem.CONTENT_TYPE, Map.of("schema", Map.of("$ref", PROBLEM))));
    return json;
  }

  private static JsonNode components() {
    try (InputStream in = OpenApi.class.getResourceAsStream(COMPONENTS)) {
      return Json.parse(in == null ? new byte[0] : in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (ProblemException e) {
      throw new IllegalStateException(COMPONENTS + ": " + e.getMessage(), e);
    }
  }
}
