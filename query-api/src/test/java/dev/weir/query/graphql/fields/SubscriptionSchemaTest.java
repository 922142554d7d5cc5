package dev.weir.query.graphql.fields;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.query.graphql.Fixture;
import dev.weir.store.CollectionDefinition;
import dev.weir.store.CollectionDefinition.Writer;
import dev.weir.store.KeyType;
import org.junit.jupiter.api.Test;

/** What the schema says of following, and what plain requests for it are answered. */
class SubscriptionSchemaTest {
  private final Fixture fixture = new Fixture();

  @Test
  void onlyWhatKeepsItsChangesCanBeFollowed() {
    fixture.collection("plain", "string", Writer.API, null);
    assertThat(fixture.endpoint.schema()).doesNotContain("Subscription");
    assertThat(fixture.ask("subscription { plainChanges { kind } }").code())
        .isEqualTo("GRAPHQL_VALIDATION_FAILED");
    fixture.data.add(
        new CollectionDefinition(0, "kept", KeyType.Scalar.LONG, "json", Writer.API, null, 1)
            .keeping(5));
    assertThat(fixture.endpoint.schema())
        .contains("type Subscription", "keptChanges(", "type KeptChange {", "enum ChangeKind")
        .doesNotContain("plainChanges(");
  }

  @Test
  void aPlainRequestIsToldHowToFollow() {
    fixture.data.add(
        new CollectionDefinition(0, "kept", KeyType.Scalar.LONG, "json", Writer.API, null, 1)
            .keeping(5));
    Fixture.Answer answer = fixture.ask("subscription { keptChanges { kind } }");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.code()).isEqualTo("NOT_ACCEPTABLE");
    assertThat(answer.body().toString()).contains("text/event-stream", "graphql-transport-ws");
  }
}
