package dev.weir.query.graphql.fields;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.query.graphql.Fixture;
import dev.weir.query.graphql.Fixture.Answer;
import dev.weir.query.graphql.GraphQlSettings;
import dev.weir.query.graphql.GraphQlSettings.Kind;
import dev.weir.query.graphql.GraphQlSettings.Weights;
import dev.weir.store.CollectionDefinition;
import dev.weir.store.CollectionDefinition.Edge;
import dev.weir.store.CollectionDefinition.Writer;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What requests cost where documents and fields have weights. */
class WeightsTest {
  private static final Weights WEIGHTS =
      new Weights(
          new TreeMap<>(Map.of("photo", 20, "free", 0)),
          new TreeMap<>(
              Map.of(Kind.FIND, 3, Kind.AGGREGATE, 5, Kind.WRITE, 7, Kind.EDGES, 2, Kind.WALK, 4)));

  private final Fixture weir = new Fixture(GraphQlSettings.defaults().withWeights(WEIGHTS));

  @BeforeEach
  void collections() {
    weir.collection("photo", "long", Writer.API, null);
    weir.collection("note", "long", Writer.API, null);
    weir.collection("free", "long", Writer.API, null);
    weir.data.add(CollectionDefinition.edges("shows", new Edge("note", "photo", null, null)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      textBlock =
          """
          {note(key:1){key}}                                             | 1
          {photo(key:1){key}}                                            | 20
          {free(key:1){key}}                                             | 0
          {photoByKeys(keys:[1,2,3]){key}}                               | 60
          {photoRange(first:10){edges{node{key}}}}                       | 200
          {photoRange(first:10,where:{a:1}){edges{node{key}}}}           | 600
          {noteRange(first:10,orderBy:[{field:"a"}]){edges{node{key}}}}  | 30
          {noteAggregate{count}}                                         | 500
          {freeRange(first:10){edges{node{key}}}}                        | 0
          {note(key:1){shows(first:10){edges{node{key}}}}}               | 221
          {note(key:1){shows(first:10,whereNode:{a:1},within:30){edges{nodeKey}}}} | 81
          {note(key:1){reach(along:[{edges:"shows"}],first:10,within:30){cut}}} | 161
          mutation{putNote(key:1,document:1){created}}                   | 7
          mutation{putPhoto(key:1,document:1){node{key}}}                | 160
          """)
  void theCostIsInTheAnswer(String query, long cost) {
    Answer answer = weir.ask(query);
    assertThat(answer.body().at("/extensions/cost/requested").asLong(-1))
        .as(answer.body().toString())
        .isEqualTo(cost);
  }

  @Test
  void aRequestThatCostsTooMuchIsRefusedBeforeItIsExecuted() {
    weir.log.forget();
    Answer answer = weir.ask("{photoRange(first:1000){edges{node{key}}}}");
    assertThat(answer.code()).isEqualTo("LIMIT_EXCEEDED");
    assertThat(answer.body().at("/errors/0/extensions/cost/requested").asInt()).isEqualTo(20_000);
    assertThat(weir.log.questions()).isEmpty();
  }
}
