package dev.weir.store.write;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.store.Catalogue;
import dev.weir.store.CatalogueJson;
import dev.weir.store.CollectionDefinition;
import dev.weir.store.CollectionDefinition.Edge;
import dev.weir.store.CollectionDefinition.Writer;
import dev.weir.store.DefinitionChange;
import dev.weir.store.DefinitionChange.DropCollection;
import dev.weir.store.DefinitionChange.Mode;
import dev.weir.store.DefinitionChange.PutCollection;
import dev.weir.store.FieldReference;
import dev.weir.store.KeyType;
import dev.weir.store.write.DefinitionRules.Accepted;
import dev.weir.store.write.DefinitionRules.Rejected;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the fold asks of edge types. */
final class EdgeRulesTest {

  private static final Catalogue PEOPLE =
      accept(
          Catalogue.empty(),
          put(vertices("person", "long", "json")),
          put(vertices("blob", "tuple(string,long)", "bytes")),
          put(edges("knows", "person", "person", null)));

  @Test
  void theirKeysFollowFromTheirEnds() {
    assertThat(keys(PEOPLE, "knows")).isEqualTo("tuple(long,long)");
    Catalogue more =
        accept(
            PEOPLE,
            put(
                CollectionDefinition.edges(
                    "has", new Edge("person", "blob", KeyType.Scalar.UUID, null))));
    assertThat(keys(more, "has")).isEqualTo("tuple(long,string,long,uuid)");
  }

  @Test
  void theyAreSeedsLikeOtherCollections() {
    assertThat(accept(PEOPLE, put(edges("knows", "person", "person", null)))).isSameAs(PEOPLE);
    Catalogue later =
        accept(
            PEOPLE,
            put(
                CollectionDefinition.edges(
                    "knows", new Edge("person", "person", null, null, "known-by", null))));
    assertThat(later.collection("knows").orElseThrow().revision()).isEqualTo(2);
    assertThat(keys(later, "knows")).isEqualTo("tuple(long,long)");
  }

  @Test
  void bothEndsMustExistAndAllIsToldAtOnce() {
    assertThat(reject(PEOPLE, put(edges("likes", "persona", "post", null))))
        .contains("edges 'likes': there is no collection 'persona'")
        .contains("edges 'likes': there is no collection 'post': add it before or with the edges");
    assertThat(reject(PEOPLE, put(edges("meta", "knows", "blob", "a.b"))))
        .contains("from: 'knows' are edges themselves");
    assertThat(reject(PEOPLE, put(edges("of", "blob", "person", "a.b"))))
        .contains("the documents of 'blob' are bytes and have no fields");
  }

  @Test
  void endsComeInAnyOrderWithinOneList() {
    Catalogue catalogue =
        accept(
            Catalogue.empty(),
            put(edges("e", "v", "w", null)),
            put(vertices("w", "string", "json")),
            put(vertices("v", "uuid", "json")));
    assertThat(keys(catalogue, "e")).isEqualTo("tuple(uuid,string)");
  }

  @Test
  void aVertexCollectionGoesAfterOrWithItsEdges() {
    assertThat(reject(PEOPLE, new DropCollection("person")))
        .isEqualTo(
            "collection 'person': the edges 'knows' still begin or end there: drop them in the same"
                + " list");
    assertThat(
            reject(PEOPLE, new DropCollection("person"), put(vertices("person", "string", "json"))))
        .contains("still begin or end there");
    assertThat(
            accept(PEOPLE, new DropCollection("person"), new DropCollection("knows")).collections())
        .hasSize(1);
  }

  @Test
  void endsIdAndFieldAreForLife() {
    CollectionDefinition other =
        CollectionDefinition.edges("knows", new Edge("blob", "blob", KeyType.Scalar.LONG, null));
    assertThat(reject(PEOPLE, put(other)))
        .contains("edges 'knows': its from is person for life, not blob")
        .contains("its to is person for life, not blob")
        .contains("its id is none for life, not long");
    assertThat(reject(PEOPLE, put(edges("knows", "person", "person", "friends"))))
        .contains("its field is none for life, not friends");
    assertThat(reject(PEOPLE, put(vertices("knows", "long", "json"))))
        .contains("its kind is edges for life, not a collection of documents");
    assertThat(reject(PEOPLE, put(edges("person", "person", "person", null))))
        .contains("its kind is a collection of documents for life, not edges");
  }

  @Test
  void definitionsThatContradictThemselves() {
    CollectionDefinition field = edges("e", "person", "person", "a..b");
    assertThat(reject(PEOPLE, put(field))).contains("field: an empty field name");
    CollectionDefinition closed =
        new CollectionDefinition(
            0,
            "e",
            CollectionDefinition.UNKNOWN_ENDS,
            "string",
            Writer.API,
            null,
            field.consistency(),
            1,
            new Edge(
                "person", "person", KeyType.Scalar.LONG, FieldReference.parse("a"), "e", null));
    assertThat(reject(PEOPLE, put(closed)))
        .contains("writer: the edges come from a field and from nowhere else")
        .contains("id: edges from a field have none")
        .contains("value: edges from a field have their properties in JSON")
        .contains("inverse: the name of the edges themselves");
    assertThat(
            reject(
                PEOPLE,
                put(
                    new CollectionDefinition(
                        0, "x", KeyType.Scalar.LONG, "json", Writer.FIELD, null, 1))))
        .contains("writer: only edges come from a field");
  }

  @Test
  void keysWithTooManyPartsAreRefused() {
    String nine = "tuple(" + "long,".repeat(8) + "long)";
    assertThat(
            reject(
                Catalogue.empty(),
                put(vertices("v", nine, "json")),
                put(edges("e", "v", "v", null))))
        .contains("edges 'e': the keys of the edges would have 18 parts");
  }

  @Test
  void theCatalogueIsReadBack() throws Exception {
    Catalogue catalogue = accept(PEOPLE, put(edges("likes", "person", "blob", "likes.id")));
    assertThat(CatalogueJson.readCatalogue(CatalogueJson.write(catalogue))).isEqualTo(catalogue);
    assertThat(catalogue.collection("likes").orElseThrow().writer()).isEqualTo(Writer.FIELD);
  }

  private static CollectionDefinition vertices(String name, String keys, String format) {
    return new CollectionDefinition(0, name, KeyType.parse(keys), format, Writer.API, null, 1);
  }

  private static CollectionDefinition edges(
      String name, String from, String to, @Nullable String field) {
    return CollectionDefinition.edges(
        name, new Edge(from, to, null, field == null ? null : FieldReference.parse(field)));
  }

  private static String keys(Catalogue catalogue, String name) {
    return catalogue.collection(name).orElseThrow().keyType().text();
  }

  private static DefinitionChange put(CollectionDefinition definition) {
    return new PutCollection(definition, Mode.APPLY);
  }

  private static Catalogue accept(Catalogue current, DefinitionChange... changes) {
    DefinitionRules.Decision decision = DefinitionRules.decide(current, List.of(changes));
    assertThat(decision).isInstanceOf(Accepted.class);
    return ((Accepted) decision).catalogue();
  }

  private static String reject(Catalogue current, DefinitionChange... changes) {
    DefinitionRules.Decision decision = DefinitionRules.decide(current, List.of(changes));
    assertThat(decision).isInstanceOf(Rejected.class);
    return ((Rejected) decision).detail();
  }
}
