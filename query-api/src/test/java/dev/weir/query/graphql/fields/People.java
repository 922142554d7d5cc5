package dev.weir.query.graphql.fields;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.query.graphql.Fixture;
import dev.weir.query.graphql.Fixture.Answer;
import dev.weir.store.CollectionDefinition;
import dev.weir.store.CollectionDefinition.Edge;
import dev.weir.store.CollectionDefinition.Writer;
import dev.weir.store.Consistency;
import java.util.List;

/** Persons 1 to 6, of whom 1 knows all others and 7, who does not exist; 2 and 3 know 1. */
final class People {
  final Fixture weir = new Fixture();
  final CollectionDefinition person;
  final CollectionDefinition knows;

  People() {
    person =
        weir.collection(
            "person",
            "long",
            Writer.SOURCE,
            "{\"properties\":{\"name\":{\"type\":\"string\"},\"age\":{\"type\":\"integer\"}}}");
    knows =
        weir.data.add(
            new CollectionDefinition(
                0,
                "knows",
                CollectionDefinition.UNKNOWN_ENDS,
                "json",
                Writer.API,
                "{\"properties\":{\"since\":{\"type\":\"integer\"}}}",
                Consistency.SESSION,
                1,
                new Edge("person", "person", null, null, "known-by", null)));
    for (long key = 1; key <= 6; key++) {
      weir.store(person, key, "{\"name\":\"p%d\",\"age\":%d}".formatted(key, key * 10));
    }
    for (long to = 2; to <= 7; to++) {
      weir.store(knows, List.of(1L, to), "{\"since\":%d}".formatted(2010 - to % 3));
    }
    weir.store(knows, List.of(2L, 1L), "{\"since\":1999}");
    weir.store(knows, List.of(3L, 1L), "{\"since\":1998}");
    weir.log.forget();
  }

  /** What is answered; there must be no errors. */
  JsonNode ask(String query) {
    Answer answer = weir.ask(query);
    assertThat(answer.body().path("errors").toString()).isEmpty();
    return answer.data();
  }
}
