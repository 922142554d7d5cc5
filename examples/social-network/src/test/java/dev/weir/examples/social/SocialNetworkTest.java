package dev.weir.examples.social;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.examples.social.check.DocumentValues;
import dev.weir.examples.social.check.Fact;
import dev.weir.examples.social.check.IndependentReading;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The two readings of the files must agree. */
class SocialNetworkTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<SocialEvent> EVENTS = new ArrayList<>();
  private static final Map<String, Map<Long, JsonNode>> LAST = new HashMap<>();
  private static final IndependentReading EXPECTED = IndependentReading.read();

  @BeforeAll
  static void replay() throws IOException {
    SocialNetwork.replay(EVENTS::add);
    for (SocialEvent event : EVENTS) {
      LAST.computeIfAbsent(event.kind().collection(), c -> new HashMap<>())
          .put(event.id(), JSON.readTree(event.document()));
    }
  }

  @Test
  void hasTheEventsItAnnounces() {
    assertThat(EVENTS).hasSize(SocialNetwork.SNAPSHOT_EVENTS + SocialNetwork.UPDATE_EVENTS);
  }

  @Test
  void isTheSameEachTime() {
    List<SocialEvent> again = new ArrayList<>();
    SocialNetwork.replay(again::add);
    assertThat(digests(again)).isEqualTo(digests(EVENTS));
  }

  @Test
  void leavesAsManyDocumentsAsTheFilesHave() {
    EXPECTED
        .counts()
        .forEach(
            (collection, count) -> assertThat(documents(collection)).hasSize(count.intValue()));
    assertThat(EXPECTED.counts().values().stream().mapToLong(c -> c).sum())
        .isEqualTo(SocialNetwork.SNAPSHOT_EVENTS + 28 + 155 + 1271 + 1296);
  }

  @Test
  void leavesEveryValueThatTheFilesHave() {
    EXPECTED
        .totals()
        .forEach(
            (name, total) -> {
              int dot = name.indexOf('.');
              long found =
                  documents(name.substring(0, dot)).values().stream()
                      .mapToLong(d -> DocumentValues.at(d, name.substring(dot + 1)).size())
                      .sum();
              assertThat(found).as(name).isEqualTo(total).isPositive();
            });
  }

  @Test
  void saysOfEachDocumentWhatTheFilesSay() {
    assertThat(EXPECTED.facts()).hasSizeGreaterThan(100);
    for (Fact fact : EXPECTED.facts()) {
      JsonNode document = documents(fact.collection()).get(fact.id());
      assertThat(document).as(fact.toString()).isNotNull();
      assertThat(DocumentValues.at(document, fact.path()))
          .as(fact.toString())
          .isEqualTo(fact.values());
    }
  }

  @Test
  void noTimestampIsNegative() {
    assertThat(EVENTS).allMatch(event -> event.timestamp() >= 0);
  }

  private static List<Integer> digests(List<SocialEvent> events) {
    return events.stream()
        .map(
            event ->
                Objects.hash(event.kind().topic(), event.id(), Arrays.hashCode(event.document())))
        .toList();
  }

  private static Map<Long, JsonNode> documents(String collection) {
    return LAST.getOrDefault(collection, Map.of());
  }
}
