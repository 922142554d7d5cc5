package dev.weir.store.write;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.store.Catalogue;
import dev.weir.store.CatalogueJson;
import dev.weir.store.CollectionDefinition;
import dev.weir.store.CollectionDefinition.Writer;
import dev.weir.store.DefinitionChange;
import dev.weir.store.DefinitionChange.DropCollection;
import dev.weir.store.DefinitionChange.DropIndex;
import dev.weir.store.DefinitionChange.Mode;
import dev.weir.store.DefinitionChange.PutCollection;
import dev.weir.store.DefinitionChange.PutIndex;
import dev.weir.store.Filter;
import dev.weir.store.IndexDefinition;
import dev.weir.store.KeyType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class IndexRulesTest {

  @Test
  void anIndexIsAddedWithAnIdOfItsOwn() throws Exception {
    Catalogue catalogue = filled();
    assertThat(catalogue.indexes()).hasSize(1);
    IndexDefinition index = catalogue.indexes().get(0);
    assertThat(index.id()).isEqualTo(3);
    assertThat(index.collection()).isEqualTo(1);
    assertThat(catalogue.nextId()).isEqualTo(4);
    assertThat(CatalogueJson.readCatalogue(CatalogueJson.write(catalogue))).isEqualTo(catalogue);
    assertThat(CatalogueJson.toJson(catalogue).at("/collections/0/indexes").toString())
        .isEqualTo("[{\"name\":\"byCity\",\"on\":[\"address.city\",\"age\"]}]");
  }

  @Test
  void anIndexNeverChanges() {
    Catalogue catalogue = filled();
    IndexDefinition other = IndexDefinition.on("byCity", List.of("age"));
    assertThat(accept(catalogue, put("person", byCity()))).isSameAs(catalogue);
    assertThat(accept(catalogue, new PutIndex("person", other, Mode.SEED))).isSameAs(catalogue);
    assertThat(reject(catalogue, put("person", other)))
        .contains("index 'person.byCity': an index never changes");
    Catalogue anew = accept(catalogue, new DropIndex("person", "byCity"), put("person", other));
    assertThat(anew.indexes()).containsExactly(other.numbered(4, 1));
  }

  @Test
  void anIndexGoesWithItsCollection() {
    Catalogue without = accept(filled(), new DropCollection("person"));
    assertThat(without.indexes()).isEmpty();
    Catalogue again = accept(without, person(), put("person", byCity()));
    assertThat(again.indexes()).containsExactly(byCity().numbered(5, 4));
  }

  @Test
  void whatMakesNoSenseIsRefused() {
    assertThat(reject(filled(), put("nobody", byCity()))).contains("no collection 'nobody'");
    assertThat(reject(filled(), put("raw", byCity()))).contains("have no fields");
    assertThat(reject(filled(), new DropIndex("person", "x"))).contains("none to drop");
    assertThat(reject(filled(), put("person", IndexDefinition.on("1", List.of("a")))))
        .contains("not a name");
    assertThat(reject(filled(), put("person", IndexDefinition.on("i", List.of()))))
        .contains("name 1 to 6 fields");
    assertThat(reject(filled(), put("person", IndexDefinition.on("i", List.of("a", "a")))))
        .contains("twice");
    assertThat(reject(filled(), put("person", IndexDefinition.on("i", List.of("a..b")))))
        .contains("a field without a name");
    assertThat(reject(filled(), put("person", byAge()), put("person", byAge())))
        .contains("defined twice");
    DefinitionChange[] many =
        IntStream.range(0, IndexDefinition.MOST_INDEXES)
            .mapToObj(i -> put("person", IndexDefinition.on("i" + i, List.of("f" + i))))
            .toArray(DefinitionChange[]::new);
    assertThat(reject(filled(), many)).contains("32 indexes already");
  }

  @Test
  void theConditionIsKept() throws Exception {
    Filter where = new Filter.Exists(Filter.Field.of("email"), true);
    IndexDefinition partial =
        new IndexDefinition(0, "p", 0, List.of(Filter.Field.of("a\\.b")), where, true);
    Catalogue catalogue = accept(filled(), put("person", partial));
    assertThat(CatalogueJson.readCatalogue(CatalogueJson.write(catalogue))).isEqualTo(catalogue);
    List<DefinitionChange> changes = List.of(put("person", partial));
    assertThat(CatalogueJson.readChanges(CatalogueJson.write(changes))).isEqualTo(changes);
  }

  private static Catalogue filled() {
    CollectionDefinition raw =
        new CollectionDefinition(0, "raw", KeyType.Scalar.STRING, "bytes", Writer.API, null, 1);
    return accept(
        Catalogue.empty(), person(), new PutCollection(raw, Mode.APPLY), put("person", byCity()));
  }

  private static DefinitionChange person() {
    return new PutCollection(
        new CollectionDefinition(0, "person", KeyType.Scalar.STRING, "json", Writer.API, null, 1),
        Mode.APPLY);
  }

  private static IndexDefinition byCity() {
    return IndexDefinition.on("byCity", List.of("address.city", "age"));
  }

  private static IndexDefinition byAge() {
    return IndexDefinition.on("byAge", List.of("age"));
  }

  private static PutIndex put(String collection, IndexDefinition index) {
    return new PutIndex(collection, index, Mode.APPLY);
  }

  private static Catalogue accept(Catalogue catalogue, DefinitionChange... changes) {
    DefinitionRules.Decision decision =
        DefinitionRules.decide(catalogue, new ArrayList<>(List.of(changes)));
    assertThat(decision).isInstanceOf(DefinitionRules.Accepted.class);
    return ((DefinitionRules.Accepted) decision).catalogue();
  }

  private static String reject(Catalogue catalogue, DefinitionChange... changes) {
    DefinitionRules.Decision decision =
        DefinitionRules.decide(catalogue, new ArrayList<>(List.of(changes)));
    assertThat(decision).isInstanceOf(DefinitionRules.Rejected.class);
    return ((DefinitionRules.Rejected) decision).detail();
  }
}
