package dev.weir.query.graphql.documents;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.query.graphql.Fixture;
import dev.weir.query.graphql.Fixture.Answer;
import dev.weir.query.graphql.GraphQlSettings;
import dev.weir.query.graphql.documents.TrustedDocuments.Loaded;
import dev.weir.query.graphql.documents.TrustedDocuments.Mode;
import dev.weir.store.CollectionDefinition;
import dev.weir.store.CollectionDefinition.Writer;
import dev.weir.store.Fault;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Documents that are named instead of being sent. */
class TrustedDocumentsTest {
  private static final String GET = "query Get($key: String!) { note(key: $key) { json } }";
  private static final String PUT = "mutation { putNote(key: \"b\", document: 2) { created } }";

  @TempDir Path directory;

  @Test
  void documentsOfFilesAreNamedByTheirFileAndTheirHash() throws Exception {
    Files.writeString(directory.resolve("getNote.graphql"), GET + "\n");
    Files.writeString(directory.resolve("notes.txt"), "ignored");
    Fixture weir = fixture(Mode.ALLOWED);

    for (String id :
        new String[] {"getNote", "sha256:" + hash(GET), "sha256:" + hash(GET + "\n")}) {
      assertThat(named(weir, id, null).data()).hasToString("{\"note\":{\"json\":1}}");
    }
    assertThat(named(weir, null, hash(GET)).data()).hasToString("{\"note\":{\"json\":1}}");
    assertThat(weir.ask("{note(key:\"a\"){json}}").data()).hasToString("{\"note\":{\"json\":1}}");
  }

  @Test
  void manifestsOfBothFormsAreRead() throws Exception {
    ObjectNode relay = Fixture.JSON.createObjectNode().put("0123456789abcdef", GET);
    Files.writeString(directory.resolve("relay.json"), relay.toString());
    ObjectNode apollo = Fixture.JSON.createObjectNode();
    apollo.put("format", "apollo-persisted-query-manifest").put("version", 1);
    apollo.putArray("operations").addObject().put("id", "own").put("name", "X").put("body", PUT);
    Files.writeString(directory.resolve("apollo.json"), apollo.toString());
    Fixture weir = fixture(Mode.ONLY);

    assertThat(named(weir, "0123456789abcdef", null).data().at("/note/json").asInt()).isEqualTo(1);
    assertThat(named(weir, "sha256:" + hash(GET), null).status()).isEqualTo(200);
    assertThat(named(weir, null, "own").data().at("/putNote/created").asBoolean()).isTrue();
    assertThat(named(weir, "own", null).data().at("/putNote/created").asBoolean()).isFalse();
  }

  @Test
  void onlyTrustedDocumentsAreExecutedIfSoConfigured() throws Exception {
    Files.writeString(directory.resolve("get.graphql"), GET);
    Fixture weir = fixture(Mode.ONLY);

    assertThat(named(weir, "get", null).status()).isEqualTo(200);
    assertThat(sent(weir, GET, null).data().at("/note/json").asInt()).isEqualTo(1);
    Answer refused = sent(weir, GET.replace("json", "json id"), null);
    assertThat(refused.code()).isEqualTo("DOCUMENT_NOT_TRUSTED");
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.body().has("data")).isFalse();
    String other = "{__typename}";
    assertThat(sent(weir, other, hash(other)).code()).isEqualTo("DOCUMENT_NOT_TRUSTED");
    assertThat(named(weir, null, hash(other)).code()).isEqualTo("PERSISTED_QUERY_NOT_FOUND");
    assertThat(weir.ask("{__schema{queryType{name}}}").code()).isEqualTo("DOCUMENT_NOT_TRUSTED");
  }

  @Test
  void whereAnyDocumentMayBeSentClientsHaveTheirsRemembered() {
    Fixture weir = new Fixture(GraphQlSettings.defaults(), TrustedDocuments.allowed());
    store(weir);

    Answer unknown = named(weir, null, hash(GET));
    assertThat(unknown.code()).isEqualTo("PERSISTED_QUERY_NOT_FOUND");
    assertThat(unknown.body().at("/errors/0/message").asText()).isEqualTo("PersistedQueryNotFound");
    assertThat(sent(weir, GET, hash("other")).code()).isEqualTo("BAD_REQUEST");
    assertThat(sent(weir, GET, hash(GET)).status()).isEqualTo(200);
    assertThat(named(weir, null, hash(GET)).data().at("/note/json").asInt()).isEqualTo(1);
  }

  @Test
  void namesMeanNothingUnlessConfigured() {
    Fixture weir = new Fixture();
    store(weir);

    Answer named = named(weir, "sha256:" + hash(GET), null);
    assertThat(named.code()).isEqualTo("PERSISTED_QUERY_NOT_SUPPORTED");
    assertThat(named.body().at("/errors/0/message").asText())
        .isEqualTo("PersistedQueryNotSupported");
    assertThat(sent(weir, GET, hash("whatever")).status()).isEqualTo(200);
  }

  @Test
  void gettingIsForQueriesOnly() throws Exception {
    Files.writeString(directory.resolve("get.graphql"), GET);
    Files.writeString(directory.resolve("put.graphql"), PUT);
    Fixture weir = fixture(Mode.ONLY);

    Answer got = weir.get("documentId=get&variables=" + encoded("{\"key\":\"a\"}"));
    assertThat(got.data().at("/note/json").asInt()).isEqualTo(1);
    Answer hashed =
        weir.get(
            "variables="
                + encoded("{\"key\":\"a\"}")
                + "&extensions="
                + encoded(
                    "{\"persistedQuery\":{\"version\":1,\"sha256Hash\":\"" + hash(GET) + "\"}}"));
    assertThat(hashed.data().at("/note/json").asInt()).isEqualTo(1);
    assertThat(weir.get("documentId=put").status()).isEqualTo(405);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      textBlock =
          """
          {"documentId":""}
          {"documentId":7}
          {"documentId":"a:b:c"}
          {"documentId":"a b"}
          {"documentId":"get","query":"{__typename}"}
          {"extensions":{"persistedQuery":7}}
          {"extensions":{"persistedQuery":{"version":1,"sha256Hash":7}}}
          {"extensions":{"persistedQuery":{"version":2,"sha256Hash":"ab"}}}
          {"documentId":"get","extensions":{"persistedQuery":{"version":1,"sha256Hash":"ab"}}}
          """)
  void malformedNamesAreTold(String body) throws Exception {
    Files.writeString(directory.resolve("get.graphql"), GET);
    assertThat(fixture(Mode.ALLOWED).post(body).code()).isEqualTo("BAD_REQUEST");
  }

  @Test
  void allFaultsOfTheFilesAreTold() throws Exception {
    Files.writeString(directory.resolve("a.graphql"), "query {");
    Files.writeString(directory.resolve("b c.gql"), GET);
    Files.writeString(directory.resolve("d.json"), "[]");
    Files.writeString(directory.resolve("e.json"), "{\"x\":7,\"y\":\"\",\"x\":\"\"}");
    Files.writeString(directory.resolve("f.json"), "{\"x\":7}");
    Files.writeString(directory.resolve("g.json"), "{\"twice\":\"{__typename}\"}");
    Files.writeString(directory.resolve("twice.graphql"), GET);
    Files.write(directory.resolve("z.graphql"), new byte[] {(byte) 0xff});

    Loaded loaded = TrustedDocuments.load(Mode.ONLY, directory);

    assertThat(loaded.faults())
        .extracting(fault -> directory.relativize(Path.of(fault.path())).toString(), Fault::problem)
        .hasSize(7)
        .anySatisfy(f -> assertThat(f.toString()).contains("a.graphql", "at line 1, column"))
        .anySatisfy(f -> assertThat(f.toString()).contains("b c.gql", "no identifier"))
        .anySatisfy(f -> assertThat(f.toString()).contains("d.json", "no manifest"))
        .anySatisfy(f -> assertThat(f.toString()).contains("e.json", "not JSON"))
        .anySatisfy(f -> assertThat(f.toString()).contains("f.json", "has no document"))
        .anySatisfy(f -> assertThat(f.toString()).contains("twice.graphql", "another document"))
        .anySatisfy(f -> assertThat(f.toString()).contains("z.graphql", "not UTF-8"));
    Path nowhere = directory.resolve("nowhere.json");
    assertThat(TrustedDocuments.load(Mode.ONLY, nowhere).faults()).hasSize(1);
    Path empty = Files.createDirectory(directory.resolve("empty"));
    assertThat(TrustedDocuments.load(Mode.ONLY, empty).faults().toString())
        .contains("holds no documents");
    assertThat(TrustedDocuments.load(Mode.OFF, nowhere).faults()).isEmpty();
  }

  private Fixture fixture(Mode mode) {
    Loaded loaded = TrustedDocuments.load(mode, directory);
    assertThat(loaded.faults()).isEmpty();
    Fixture weir = new Fixture(GraphQlSettings.defaults(), loaded.documents());
    store(weir);
    return weir;
  }

  private static void store(Fixture weir) {
    CollectionDefinition note = weir.collection("note", "string", Writer.API, null);
    weir.store(note, "a", "1");
  }

  private static Answer named(Fixture weir, @Nullable String id, @Nullable String hash) {
    ObjectNode body = body(hash);
    if (id != null) {
      body.put("documentId", id);
    }
    return weir.post(body.toString());
  }

  private static Answer sent(Fixture weir, String text, @Nullable String hash) {
    return weir.post(body(hash).put("query", text).toString());
  }

  private static ObjectNode body(@Nullable String hash) {
    ObjectNode body = Fixture.JSON.createObjectNode();
    body.putObject("variables").put("key", "a");
    if (hash != null) {
      body.putObject("extensions")
          .putObject("persistedQuery")
          .put("version", 1)
          .put("sha256Hash", hash);
    }
    return body;
  }

  private static String hash(String text) {
    return TrustedDocuments.sha256(text);
  }

  private static String encoded(String text) throws IOException {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
