package dev.weir.query.check;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.query.check.EdgeReport.Difference;
import dev.weir.query.check.EdgeReport.Miscounted;
import dev.weir.query.testing.InMemoryDatabase;
import dev.weir.store.CollectionDefinition;
import dev.weir.store.CollectionDefinition.Edge;
import dev.weir.store.CollectionDefinition.Writer;
import dev.weir.store.EdgeKeys;
import dev.weir.store.Key;
import dev.weir.store.KeyType;
import dev.weir.store.Operation;
import dev.weir.store.Refusal;
import dev.weir.store.Version;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class EdgeCheckTest {
  private final InMemoryDatabase database = new InMemoryDatabase(1);
  private final EdgeCheck check = new EdgeCheck(database, Duration.ofMillis(20));

  @Test
  void findsNothingWhereNothingIsWrong() throws Exception {
    InMemoryDatabase several = new InMemoryDatabase(3);
    CollectionDefinition knows = define(several);
    for (int i = 0; i < 200; i++) {
      several
          .submit(new Operation.Put(knows.id(), edge(knows, i % 17, i % 23), bytes("{}")))
          .join();
    }
    EdgeReport report = new EdgeCheck(several, Duration.ofSeconds(30)).check(knows);
    assertThat(report.sound()).isTrue();
    assertThat(report.counted()).isEqualTo(200);
  }

  @Test
  void namesWhatOneEndHasAndTheOtherHasNot() throws Exception {
    CollectionDefinition knows = define(database);
    EdgeKeys keys = EdgeKeys.of(knows);
    for (int i = 1; i <= 9; i++) {
      database.submit(new Operation.Put(knows.id(), edge(knows, i, i), bytes("{}"))).join();
    }
    Version newest = new Version(0, 1_000_000);
    // As if shards had told each other what is not so.
    Key gone = edge(knows, 3, 3);
    database.ingest(new Operation.UnlinkIn(knows.id(), keys.reversed(gone), head(keys, 3), newest));
    Key made = edge(knows, 20, 21);
    database.ingest(
        new Operation.LinkIn(knows.id(), keys.reversed(made), head(keys, 21), newest, bytes("{}")));
    Key changed = edge(knows, 5, 5);
    database.ingest(
        new Operation.LinkIn(
            knows.id(), keys.reversed(changed), head(keys, 5), newest, bytes("{\"x\":1}")));

    EdgeReport report = check.check(knows);
    assertThat(report.differences())
        .containsExactlyInAnyOrder(
            new Difference("[\"p3\",\"p3\"]", "missing where it ends"),
            new Difference("[\"p20\",\"p21\"]", "missing where it begins"),
            new Difference("[\"p5\",\"p5\"]", "not the same at both ends"));
    assertThat(report.miscounts()).isEmpty();
    assertThat(report.sound()).isFalse();
  }

  @Test
  void namesWrongDegrees() throws Exception {
    CollectionDefinition knows = define(database);
    EdgeKeys keys = EdgeKeys.of(knows);
    database.submit(new Operation.Put(knows.id(), edge(knows, 1, 2), bytes("{}"))).join();
    Key edge = edge(knows, 1, 3);
    // Counted at another vertex than it is kept at.
    database.ingest(
        new Operation.LinkIn(
            knows.id(), keys.reversed(edge), head(keys, 3) - 3, new Version(0, 9), bytes("{}")));
    EdgeReport report = check.check(knows);
    assertThat(report.miscounts()).contains(new Miscounted("p3", "in", 0, 1)).hasSize(2);
  }

  @Test
  void saysWhenAShardCannotBeAsked() {
    CollectionDefinition knows = define(database);
    database.refuse(new Refusal.Rebalancing(0, ""));
    assertThatThrownBy(() -> check.check(knows)).isInstanceOf(RefusedCheckException.class);
  }

  private static CollectionDefinition define(InMemoryDatabase in) {
    in.addCollection("person", KeyType.Scalar.STRING, "json", Writer.API, null);
    return in.add(CollectionDefinition.edges("knows", new Edge("person", "person", null, null)));
  }

  private static Key edge(CollectionDefinition knows, int from, int to) throws Exception {
    return EdgeKeys.of(knows).edge(person(from), person(to), null);
  }

  private static int head(EdgeKeys keys, int to) {
    return keys.inPrefix(person(to)).length;
  }

  private static Key person(int number) {
    return Key.ofEncoded(bytes("p" + number));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
