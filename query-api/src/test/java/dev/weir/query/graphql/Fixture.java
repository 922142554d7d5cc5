package dev.weir.query.graphql;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.query.Cursors;
import dev.weir.query.GraphQlEndpoint;
import dev.weir.query.SharedKey;
import dev.weir.query.graphql.documents.TrustedDocuments;
import dev.weir.query.graphql.transport.GraphQlOverHttp;
import dev.weir.query.testing.InMemoryDatabase;
import dev.weir.store.CollectionDefinition;
import dev.weir.store.CollectionDefinition.Writer;
import dev.weir.store.InvalidKeyException;
import dev.weir.store.KeyCodec;
import dev.weir.store.KeyType;
import dev.weir.store.Operation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A database in memory with a GraphQL endpoint on it. */
public final class Fixture {
  public static final ObjectMapper JSON = new ObjectMapper();
  public static final String RESPONSE = "application/graphql-response+json";

  public final InMemoryDatabase data = new InMemoryDatabase(4);
  public final AskLog log = new AskLog(data);
  public final GraphQlEndpoint endpoint;

  public Fixture() {
    this(GraphQlSettings.defaults());
  }

  public Fixture(GraphQlSettings settings) {
    this(settings, TrustedDocuments.none());
  }

  public Fixture(GraphQlSettings settings, TrustedDocuments trusted) {
    Cursors cursors = new Cursors(SharedKey.of(new byte[32]), 0);
    endpoint = new GraphQlOverHttp(log, cursors, settings, trusted);
  }

  /** Adds a collection of JSON documents. */
  public CollectionDefinition collection(
      String name, String keyType, Writer writer, @Nullable String schema) {
    return data.addCollection(name, KeyType.parse(keyType), "json", writer, schema);
  }

  /** Stores a document as its source would. */
  public void store(CollectionDefinition collection, Object key, String json) {
    try {
      data.ingest(
          new Operation.Put(
              collection.id(),
              KeyCodec.of(collection.keyType()).encode(key),
              json.getBytes(StandardCharsets.UTF_8)));
    } catch (InvalidKeyException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** An answer: status, headers, body. */
  public record Answer(int status, String contentType, Map<String, String> headers, JsonNode body) {
    public JsonNode data() {
      return body.path("data");
    }

    /** Code of the only error. */
    public String code() {
      return body.path("errors").size() == 1
          ? body.path("errors").get(0).path("extensions").path("code").asText()
          : "not one error: " + body.path("errors");
    }
  }

  /** Asks as a modern client does. */
  public Answer ask(String query) {
    return ask(query, Map.of());
  }

  public Answer ask(String query, Map<String, ?> variables) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("query", query);
    body.put("variables", variables);
    try {
      return post(JSON.writeValueAsString(body));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Answer post(String body) {
    return send("POST", null, "application/json", RESPONSE, body);
  }

  public Answer get(String rawQuery) {
    return send("GET", rawQuery, null, RESPONSE, "");
  }

  public Answer send(
      String method,
      @Nullable String rawQuery,
      @Nullable String contentType,
      @Nullable String accept,
      String body) {
    try {
      GraphQlEndpoint.Response response =
          endpoint
              .handle(
                  new GraphQlEndpoint.Request(
                      method, rawQuery, contentType, accept, body.getBytes(StandardCharsets.UTF_8)))
              .get(30, TimeUnit.SECONDS);
      return new Answer(
          response.status(),
          response.contentType(),
          response.headers(),
          JSON.readTree(response.body()));
    } catch (Exception e) {
      throw new AssertionError("no answer", e);
    }
  }
}
