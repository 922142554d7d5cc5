package dev.weir.query.graphql.fields;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.examples.social.ShortReadAnswers;
import dev.weir.examples.social.ShortReadQueries;
import dev.weir.examples.social.SocialEvent;
import dev.weir.examples.social.SocialNetwork;
import dev.weir.examples.social.check.ShortReads;
import dev.weir.query.graphql.Fixture;
import dev.weir.query.graphql.Fixture.Answer;
import dev.weir.query.server.ConfigFile;
import dev.weir.store.CollectionDefinition;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * LDBC SNB's short reads and its shortest path on the demo's network, compared with a computation
 * from the rows of the files: on the snapshot, in the midst of the updates, and after them.
 */
class ShortReadsTest {
  private static final Path DEMO = Path.of("..", "examples", "social-network", "weir.yaml");
  private static final int ROUNDS = 8;

  private final Fixture weir = new Fixture();
  private final Map<String, CollectionDefinition> collections = new HashMap<>();
  private final ShortReads expected = ShortReads.ofSnapshot();
  private final Random random = new Random(13);
  private long longest;

  @Test
  void answersAreThoseOfTheFilesWhileUpdatesComeIn() {
    ConfigFile.definitions(DEMO)
        .collections()
        .forEach(c -> collections.put(c.name(), weir.data.add(c)));
    List<SocialEvent> events = new ArrayList<>();
    SocialNetwork.replay(events::add);
    int next = SocialNetwork.SNAPSHOT_EVENTS;
    events.subList(0, next).forEach(this::publish);
    check(20);

    List<List<String>> updates = ShortReads.updates();
    for (int i = 0; i < updates.size(); i++) {
      for (int touched = ShortReads.touched(updates.get(i)); touched > 0; touched--) {
        publish(events.get(next++));
      }
      expected.update(updates.get(i));
      if (i % (updates.size() / ROUNDS) == 0) {
        check(12);
      }
    }
    assertThat(next).isEqualTo(events.size());
    check(60);
    assertThat(longest).as("paths of several friendships were met").isGreaterThan(2);
  }

  private void publish(SocialEvent event) {
    CollectionDefinition collection = collections.get(event.kind().collection());
    weir.store(collection, event.id(), new String(event.document(), UTF_8));
  }

  private void check(int samples) {
    List<Long> persons = expected.persons();
    List<Long> messages = expected.messages();
    for (int i = 0; i < samples; i++) {
      long person = pick(persons);
      for (String query : ShortReadQueries.OF_PERSONS) {
        compare(query, "person", person);
      }
      long message = pick(messages);
      for (String query : ShortReadQueries.OF_MESSAGES) {
        compare(query, "message", message);
      }
      distance(person, i == 0 ? person : pick(persons));
    }
  }

  private void compare(String query, String variable, long id) {
    JsonNode data = ask(query, Map.of(variable, id));
    assertThat(ShortReadAnswers.rows(query, data))
        .as("%s of %d", query, id)
        .isEqualTo(expected.rows(query, id));
  }

  private void distance(long one, long other) {
    long distance = expected.distance(one, other);
    JsonNode data = ask(ShortReadQueries.OF_TWO_PERSONS, Map.of("one", one, "other", other));
    assertThat(ShortReadAnswers.rows(ShortReadQueries.OF_TWO_PERSONS, data))
        .as("from %d to %d", one, other)
        .containsExactly(Long.toString(distance));
    longest = Math.max(longest, distance);
  }

  private JsonNode ask(String query, Map<String, ?> variables) {
    Answer answer = weir.ask(ShortReadQueries.text(query), variables);
    assertThat(answer.body().path("errors").toString()).as(query).isEmpty();
    return answer.data();
  }

  private long pick(List<Long> ids) {
    return ids.get(random.nextInt(ids.size()));
  }
}
