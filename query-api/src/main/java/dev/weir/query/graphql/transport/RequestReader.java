package dev.weir.query.graphql.transport;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.weir.query.GraphQlEndpoint;
import dev.weir.query.graphql.DocumentName;
import dev.weir.query.graphql.ErrorCode;
import dev.weir.query.graphql.Freshness;
import dev.weir.query.graphql.GraphQlRequest;
import dev.weir.query.graphql.GraphQlSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a request by either method into one form. Safe from any thread. */
final class RequestReader {
  private static final TypeReference<Map<String, @Nullable Object>> VARIABLES =
      new TypeReference<>() {};

  private static final String DOCUMENT_ID = "documentId";

  private final ObjectMapper json;

  RequestReader(GraphQlSettings.Text bounds) {
    StreamReadConstraints constraints =
        StreamReadConstraints.builder().maxNestingDepth(bounds.maxJsonDepth()).build();
    this.json =
        JsonMapper.builder(
                JsonFactory.builder()
                    .streamReadConstraints(constraints)
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();
  }

  GraphQlRequest read(GraphQlEndpoint.Request request) throws HttpFault {
    if (request.method().equals("GET")) {
      return readQuery(UrlParameters.parse(request.rawQuery()));
    }
    if (!request.method().equals("POST")) {
      throw new HttpFault(
          405,
          ErrorCode.METHOD_NOT_ALLOWED,
          "GraphQL is asked by GET or POST.",
          Map.of("Allow", "GET, POST"));
    }
    requireJson(request.contentType());
    return readBody(parse(request.body(), "The body"));
  }

  /** Another type could be sent by a foreign page's form without the browser asking first. */
  private static void requireJson(@Nullable String contentType) throws HttpFault {
    String[] parts = (contentType == null ? "" : contentType).split(";", -1);
    boolean fits = parts[0].trim().toLowerCase(Locale.ROOT).equals("application/json");
    for (int i = 1; i < parts.length && fits; i++) {
      String part = parts[i].replace("\"", "").trim().toLowerCase(Locale.ROOT);
      fits = !part.startsWith("charset=") || part.equals("charset=utf-8");
    }
    if (!fits) {
      throw new HttpFault(
          415,
          ErrorCode.UNSUPPORTED_MEDIA_TYPE,
          "Send the request as Content-Type: application/json in UTF-8.",
          Map.of("Accept-Post", "application/json"));
    }
  }

  /** Reads a message that is JSON, any text. */
  JsonNode message(String text) throws HttpFault {
    return parse(text.getBytes(StandardCharsets.UTF_8), "The message");
  }

  /** Reads a request that came as part of a message. */
  GraphQlRequest payload(JsonNode payload) throws HttpFault {
    return readBody(payload);
  }

  private GraphQlRequest readBody(JsonNode body) throws HttpFault {
    if (body.isArray()) {
      throw HttpFault.badRequest(
          "Several requests in one array are not accepted; send them one by one.");
    }
    if (!body.isObject()) {
      throw HttpFault.badRequest("The body must be a JSON object with a member 'query'.");
    }
    JsonNode extensions = body.path("extensions");
    Freshness wish = wish(extensions);
    return request(
        text(body.path("query"), "query"),
        name(text(body.path(DOCUMENT_ID), DOCUMENT_ID), extensions),
        text(body.path("operationName"), "operationName"),
        body.path("variables"),
        wish,
        false);
  }

  private GraphQlRequest readQuery(Map<String, String> parameters) throws HttpFault {
    JsonNode extensions = parameter(parameters, "extensions");
    Freshness wish = wish(extensions);
    return request(
        parameters.get("query"),
        name(parameters.get(DOCUMENT_ID), extensions),
        parameters.get("operationName"),
        parameter(parameters, "variables"),
        wish,
        true);
  }

  private GraphQlRequest request(
      @Nullable String query,
      DocumentName name,
      @Nullable String operationName,
      JsonNode variables,
      Freshness wish,
      boolean readOnly)
      throws HttpFault {
    String text = query == null || query.isBlank() ? "" : query;
    if (text.isEmpty() && name.isNone()) {
      throw HttpFault.badRequest("The request needs a GraphQL document in 'query'.");
    }
    requireObject(variables, "variables");
    Map<String, @Nullable Object> values =
        variables.isObject() ? json.convertValue(variables, VARIABLES) : Map.of();
    boolean named = operationName != null && !operationName.isEmpty();
    return new GraphQlRequest(text, name, named ? operationName : null, values, wish, readOnly);
  }

  private static DocumentName name(@Nullable String id, JsonNode extensions) throws HttpFault {
    JsonNode persisted = extensions.path("persistedQuery");
    requireObject(persisted, "extensions.persistedQuery");
    String hash = text(persisted.path("sha256Hash"), "extensions.persistedQuery.sha256Hash");
    if (hash != null && persisted.path("version").asInt(1) != 1) {
      throw HttpFault.badRequest("'extensions.persistedQuery' must be of version 1.");
    }
    if ((id != null && !DocumentName.isId(id)) || (hash != null && !DocumentName.isId(hash))) {
      throw HttpFault.badRequest("The name of the document is not one that documents have.");
    }
    return id == null && hash == null ? DocumentName.NONE : new DocumentName(id, hash);
  }

  private static Freshness wish(JsonNode extensions) throws HttpFault {
    requireObject(extensions, "extensions");
    JsonNode own = extensions.path("weir");
    requireObject(own, "extensions.weir");
    return new Freshness(
        text(own.path("consistency"), "extensions.weir.consistency"),
        text(own.path("position"), "extensions.weir.position"),
        flag(own.path("partial"), "extensions.weir.partial"));
  }

  private static boolean flag(JsonNode value, String name) throws HttpFault {
    if (!value.isMissingNode() && !value.isNull() && !value.isBoolean()) {
      throw HttpFault.badRequest("'" + name + "' must be true or false.");
    }
    return value.asBoolean(false);
  }

  private JsonNode parameter(Map<String, String> parameters, String name) throws HttpFault {
    String text = parameters.get(name);
    return text == null || text.isEmpty()
        ? json.missingNode()
        : parse(text.getBytes(StandardCharsets.UTF_8), "The parameter '" + name + "'");
  }

  private JsonNode parse(byte[] bytes, String what) throws HttpFault {
    try {
      JsonNode parsed = json.readTree(bytes);
      if (parsed == null || parsed.isMissingNode()) {
        throw HttpFault.badRequest(what + " is empty; it must be JSON.");
      }
      return parsed;
    } catch (StreamConstraintsException e) {
      throw new HttpFault(
          400, ErrorCode.LIMIT_EXCEEDED, what + " is nested too deeply or holds a huge number.");
    } catch (JsonProcessingException e) {
      throw HttpFault.badRequest(what + " is not valid JSON in UTF-8.");
    } catch (IOException e) {
      throw HttpFault.badRequest(what + " is not valid JSON in UTF-8.");
    }
  }

  private static void requireObject(JsonNode value, String name) throws HttpFault {
    if (!value.isMissingNode() && !value.isNull() && !value.isObject()) {
      throw HttpFault.badRequest("'" + name + "' must be a JSON object.");
    }
  }

  private static @Nullable String text(JsonNode value, String name) throws HttpFault {
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    if (!value.isTextual()) {
      throw HttpFault.badRequest("'" + name + "' must be a JSON string.");
    }
    return value.textValue();
  }
}
