package dev.weir.query.graphql.types;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.query.graphql.Fixture;
import dev.weir.query.graphql.Fixture.Answer;
import dev.weir.store.CollectionDefinition;
import dev.weir.store.CollectionDefinition.Writer;
import graphql.schema.idl.SchemaParser;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Types that have shapes in common. */
class InterfacesTest {
  private static final String POST =
      """
      {"type":"object","x-interfaces":{"Message":["content","tags"],"Dated":["at"]},"properties":{
        "content":{"type":"string","description":"What is said."}, "image":{"type":"string"},
        "tags":{"type":"array","items":{"type":"integer"}},
        "at":{"type":"string","format":"date-time"},
        "place":{"type":"object","x-interfaces":{"Spot":["lat"]},
          "properties":{"lat":{"type":"number"},"name":{"type":"string"}}}}}
      """;
  private static final String COMMENT =
      """
      {"type":"object","x-interfaces":{"Message":["tags","content"]},"properties":{
        "content":{"type":"string"}, "tags":{"type":"array","items":{"type":"integer"}},
        "spots":{"type":"array","items":{"type":"object","x-interfaces":{"Spot":["lat"]},
          "properties":{"lat":{"type":"number"}}}}}}
      """;

  private final Fixture weir = new Fixture();

  private void twoKinds() {
    CollectionDefinition post = weir.collection("post", "long", Writer.API, POST);
    CollectionDefinition comment = weir.collection("comment", "long", Writer.API, COMMENT);
    weir.store(post, 1L, "{\"content\":\"p\",\"tags\":[1],\"place\":{\"lat\":0.5}}");
    weir.store(comment, 1L, "{\"content\":\"c\",\"spots\":[{\"lat\":1.5}]}");
  }

  @Test
  void theSchemaHasThem() {
    twoKinds();
    assertThat(weir.endpoint.schema())
        .contains("interface Message {\n  \"What is said.\"\n  content: String\n  tags: [Long]\n}")
        .contains("interface MessageNode implements Node {")
        .contains("type Post implements DatedNode & MessageNode & Node {")
        .contains("type Comment implements MessageNode & Node {")
        .contains("type PostDocument implements Dated & Message {")
        .contains("type CommentDocument implements Message {")
        .contains("type PostDocument_place implements Spot {")
        .contains("type CommentDocument_spots implements Spot {")
        .doesNotContain("SpotNode");
    assertThat(new SchemaParser().parse(weir.endpoint.schema()).types()).containsKey("Message");
    assertThat(faults()).isEqualTo("[]");
  }

  @Test
  void oneFragmentServesAll() {
    twoKinds();
    JsonNode ids = weir.ask("{post(key:1){id} comment(key:1){id}}").data();
    Answer answer =
        weir.ask(
            """
            {
              post(key: 1) { document { ...M place { ...S } } }
              comment(key: 1) { document { ...M spots { ...S } } }
              a: node(id: "%s") { ...N }
              b: node(id: "%s") { ...N }
            }
            fragment M on Message { content tags }
            fragment S on Spot { lat }
            fragment N on Node { __typename ... on MessageNode { version document { ...M } } }
            """
                .formatted(ids.at("/post/id").asText(), ids.at("/comment/id").asText()));
    assertThat(answer.body().has("errors")).as(answer.body().toString()).isFalse();
    assertThat(answer.data().at("/post/document"))
        .hasToString("{\"content\":\"p\",\"tags\":[\"1\"],\"place\":{\"lat\":0.5}}");
    assertThat(answer.data().at("/comment/document"))
        .hasToString("{\"content\":\"c\",\"tags\":null,\"spots\":[{\"lat\":1.5}]}");
    assertThat(answer.data().at("/a/__typename").asText()).isEqualTo("Post");
    assertThat(answer.data().at("/b/document/content").asText()).isEqualTo("c");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      textBlock =
          """
          "Message":["content"],"x":[]             | its fields were first said to be content, tags
          "Message":["content","tags"]             | its field 'tags' is [String] here, and was [Long]
          "Message":["content","none"]             | it has no field 'none'
          "New":["content","inner"]                | its field 'inner' has objects
          "New":[]                                 | no fields are named
          "New":{}                                 | no fields are named
          "New":"content"                          | no fields are named
          "__New":["content"]                      | this is no name of a type
          "a b":["content"]                        | this is no name of a type
          "":["content"]                           | this is no name of a type
          """)
  void whatDoesNotFitIsToldAndLeftOut(String interfaces, String fault) {
    twoKinds();
    weir.collection(
        "other",
        "long",
        Writer.API,
        """
        {"x-interfaces":{%s},"properties":{"content":{"type":"string"},
          "tags":{"type":"array","items":{"type":"string"}},
          "inner":{"properties":{"a":{"type":"string"}}}}}
        """
            .formatted(interfaces));

    assertThat(faults()).contains("OtherDocument is no").contains(fault);
    assertThat(weir.endpoint.schema())
        .contains("type OtherDocument {\n", "type Other implements Node {");
    assertThat(weir.ask("{post(key:1){document{... on Message{content}}}}").status())
        .isEqualTo(200);
  }

  @Test
  void whatIsNoMapOfInterfacesIsIgnored() {
    for (String interfaces : List.of("7", "\"Message\"", "[\"Message\"]", "null", "true")) {
      Fixture other = new Fixture();
      other.collection(
          "thing",
          "long",
          Writer.API,
          "{\"x-interfaces\":%s,\"properties\":{\"a\":{\"type\":\"string\"}}}"
              .formatted(interfaces));
      assertThat(other.endpoint.schema()).contains("type ThingDocument {");
    }
  }

  @Test
  void anAddedCollectionChangesNoInterfaceAndCollectionsKeepTheirNames() {
    weir.collection("message", "long", Writer.API, null);
    weir.collection("date", "long", Writer.API, null);
    twoKinds();
    int id = weir.data.catalogue().collections().get(2).id();
    assertThat(weir.endpoint.schema())
        .contains("type Message implements Node {")
        .contains("interface Message_" + id + " {", "interface MessageNode implements Node {")
        .contains("type CommentDocument implements Message_" + id + " {");
    weir.collection("dated", "long", Writer.API, null);
    assertThat(weir.endpoint.schema())
        .contains("type Dated implements Node {", "interface Dated_" + id + " {");
  }

  private String faults() {
    StringBuilder faults = new StringBuilder();
    for (JsonNode collection : weir.ask("{collections{faults}}").data().get("collections")) {
      if (!collection.get("faults").isEmpty()) {
        faults.append(collection.get("faults"));
      }
    }
    return faults.isEmpty() ? "[]" : faults.toString();
  }
}
