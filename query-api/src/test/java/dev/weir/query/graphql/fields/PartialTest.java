package dev.weir.query.graphql.fields;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.query.graphql.Fixture;
import dev.weir.query.graphql.Fixture.Answer;
import dev.weir.store.CollectionDefinition;
import dev.weir.store.CollectionDefinition.Writer;
import dev.weir.store.Key;
import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Answers that lack a shard. */
class PartialTest {
  private static final int LOST = 2;

  private final Fixture weir = new Fixture();

  @BeforeEach
  void fill() {
    CollectionDefinition notes = weir.collection("note", "string", Writer.API, null);
    for (int i = 0; i < 20; i++) {
      weir.store(notes, "k" + i, "{\"n\":" + i + "}");
    }
    weir.log.lose(LOST);
  }

  private String key(boolean lost) {
    return IntStream.range(0, 20)
        .mapToObj(i -> "k" + i)
        .filter(
            key ->
                lost
                    == (weir.data
                            .shards()
                            .shardOf(Key.ofEncoded(key.getBytes(StandardCharsets.UTF_8)))
                        == LOST))
        .findFirst()
        .orElseThrow();
  }

  private void assertNamesTheShard(Answer answer) {
    JsonNode missing = answer.body().at("/extensions/weir/missing");
    assertThat(missing).hasSize(1);
    assertThat(missing.get(0).path("shard").asInt()).isEqualTo(LOST);
    assertThat(missing.get(0).path("code").asText()).isEqualTo("UNAVAILABLE");
  }

  @Test
  void withoutBeingAllowedItIsAnError() {
    Answer answer = weir.ask("{noteRange(first:20){edges{node{key}}}}");
    assertThat(answer.code()).isEqualTo("UNAVAILABLE");
    assertThat(answer.body().at("/extensions/weir/missing").isMissingNode()).isTrue();
  }

  @Test
  void listsLackWhatTheShardHoldsAndSaySo() {
    Answer answer = weir.ask("query @partial{noteRange(first:20){edges{node{key}}}}");
    assertThat(answer.body().has("errors")).as("%s", answer.body()).isFalse();
    assertThat(answer.data().at("/noteRange/edges")).isNotEmpty();
    assertNamesTheShard(answer);
  }

  @Test
  void keysOfTheShardAreNullWithAnErrorEachAndTheOthersAreThere() {
    String query =
        "query @partial{noteByKeys(keys:[\"%s\",\"%s\",\"none-at-all-%s\"]){key}}"
            .formatted(key(false), key(true), key(false));
    Answer answer = weir.ask(query);
    assertThat(answer.data().at("/noteByKeys/0/key").asText()).isEqualTo(key(false));
    assertThat(answer.data().at("/noteByKeys/1").isNull()).isTrue();
    JsonNode error = answer.body().at("/errors/0");
    assertThat(error.at("/extensions/code").asText()).isEqualTo("UNAVAILABLE");
    assertThat(error.path("path")).hasToString("[\"noteByKeys\",1]");
    assertNamesTheShard(answer);
  }

  @Test
  void extensionsMayAllowItToo() {
    String body =
        "{\"query\":\"{noteRange(first:20){edges{node{key}}}}\","
            + "\"extensions\":{\"weir\":{\"partial\":%s}}}";
    assertNamesTheShard(weir.post(body.formatted("true")));
    assertThat(weir.post(body.formatted("false")).code()).isEqualTo("UNAVAILABLE");
    Answer wrong = weir.post(body.formatted("\"yes\""));
    assertThat(wrong.status()).isEqualTo(400);
    assertThat(wrong.code()).isEqualTo("BAD_REQUEST");
  }
}
