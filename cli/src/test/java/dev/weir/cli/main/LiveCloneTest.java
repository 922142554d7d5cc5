package dev.weir.cli.main;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.IntNode;
import dev.weir.kafka.EmbeddedKafka;
import dev.weir.kafka.Options;
import dev.weir.query.server.ConfigFile;
import dev.weir.query.server.Weir;
import dev.weir.query.server.WeirCollection;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * An application is cloned into another cluster while it goes on, and the clone lives by itself.
 */
@Timeout(300)
class LiveCloneTest {
  private static final int PEOPLE = 60;
  private static final Pattern SNAPSHOT = Pattern.compile("shard \\d+: \\d{8}T\\d{6}Z-\\w+");

  @TempDir private static Path directory;
  private static EmbeddedKafka here;
  private static EmbeddedKafka there;

  /** What the topics say: mail address by person, document by mail address, price by product. */
  private final Map<String, String> mails = new HashMap<>();

  private final Map<String, String> people = new TreeMap<>();
  private final Map<String, String> products = new TreeMap<>();

  /** After the first snapshots and before the second ones. */
  private Instant between = Instant.EPOCH;

  /** The notes of that time. */
  private Map<String, String> notesThen = Map.of();

  @BeforeAll
  static void start() {
    here = EmbeddedKafka.start(Options.in(directory.resolve("here")));
    there = EmbeddedKafka.start(Options.in(directory.resolve("there")));
  }

  @AfterAll
  static void stop() {
    here.close();
    there.close();
  }

  @Test
  void aCloneIsTheApplicationAndThenItsOwn() throws Exception {
    try (CloneFixture shop = new CloneFixture(directory.resolve("shop"), "shop", here);
        CloneFixture twin = new CloneFixture(directory.resolve("twin"), "twin", there)) {
      Map<String, String> notes;
      String token;
      try (Weir node = shop.start()) {
        token = fill(node, shop, twin);
        notes = CloneFixture.documents(node, "note");
        // A second one of each shard, made while rows move from shard to shard.
        await().until(() -> Instant.now().getEpochSecond() > between.getEpochSecond());
        Shell.run("snapshot", "create", "--url", node.url());
        churn(shop, twin, 2);
        String cloned = clone(shop, twin);
        asItWas(shop, twin, cloned);
        assertThat(cloned).contains("generation 1");
        assertThat(clone(shop, twin)).as("begun again").contains("generation 1");
        node.collection("note", String.class).put("k0", IntNode.valueOf(-1));
        churn(shop, twin, 3);
        awaitPeople(node);
      }
      String second = live(twin, notes, token);
      Shell.Outcome used =
          Shell.run(
              "snapshot",
              "clone",
              "-c",
              twin.configFile(),
              "--from",
              shop.file("snapshots").toString(),
              "--from-application",
              "shop");
      assertThat(used.err()).contains("twin.log.g1 exists already");
      restarted(twin, notes, second);
    }
  }

  /** Documents of every kind; returns the position of a read. */
  private String fill(Weir node, CloneFixture shop, CloneFixture twin) throws Exception {
    WeirCollection<String> notes = node.collection("note", String.class);
    for (int i = 0; i < 40; i++) {
      notes.put("k" + i, IntNode.valueOf(i));
      product(shop, twin, "p" + i, i);
    }
    churn(shop, twin, 0);
    awaitPeople(node);
    Shell.run("snapshot", "create", "--url", node.url());
    between = Instant.now();
    notesThen = CloneFixture.documents(node, "note");
    notes.put("k0", IntNode.valueOf(1000));
    notes.put("since", IntNode.valueOf(1));
    churn(shop, twin, 1);
    return get(node, "k1", "").headers().firstValue("Weir-Position").orElseThrow();
  }

  /** Gives every person another address, and with it most of them another shard. */
  private void churn(CloneFixture shop, CloneFixture twin, int round) {
    for (int i = 0; i < PEOPLE; i++) {
      String id = "id" + i;
      String mail = "m" + i + "-" + (round + i % 2) + "@weir.dev";
      shop.person(id, mail, round);
      twin.person(id, mail, round);
      String before = mails.put(id, mail);
      if (before != null) {
        people.remove(before);
      }
      people.put(mail, "{\"mail\":\"%s\",\"age\":%d}".formatted(mail, round));
    }
  }

  private void product(CloneFixture shop, CloneFixture twin, String id, int price) {
    shop.product(id, price);
    twin.product(id, price);
    products.put(id, Integer.toString(price));
  }

  /** Of each shard the snapshot is taken that was the newest at a time. */
  private void asItWas(CloneFixture shop, CloneFixture twin, String newest) throws IOException {
    Path config =
        Files.writeString(
            Files.createDirectories(directory.resolve("past")).resolve("weir.yaml"),
            Files.readString(Path.of(twin.configFile()))
                .replace("application: twin", "application: past"));
    Shell.Outcome past =
        Shell.run(
            "snapshot",
            "clone",
            "-c",
            config.toString(),
            "--from",
            shop.file("snapshots").toString(),
            "--from-application",
            "shop",
            "--at",
            between.toString());
    assertThat(past.err()).isEmpty();
    assertThat(ids(past.out())).hasSize(CloneFixture.SHARDS);
    assertThat(ids(newest))
        .hasSize(CloneFixture.SHARDS)
        .doesNotContainAnyElementsOf(ids(past.out()));
    try (Weir node = Weir.start(ConfigFile.read(config, Map.of(), Map.of()))) {
      node.awaitReady(CloneFixture.PATIENCE);
      assertThat(CloneFixture.documents(node, "note")).isEqualTo(notesThen);
    }
  }

  private static List<String> ids(String out) {
    return SNAPSHOT.matcher(out).results().map(MatchResult::group).toList();
  }

  private String clone(CloneFixture shop, CloneFixture twin) {
    return twin.weir(
        "snapshot",
        "clone",
        "--from",
        shop.file("snapshots").toString(),
        "--from-application",
        "shop");
  }

  private void awaitPeople(Weir node) {
    await()
        .atMost(CloneFixture.PATIENCE)
        .untilAsserted(
            () -> {
              assertThat(CloneFixture.documents(node, "person")).isEqualTo(people);
              assertThat(CloneFixture.documents(node, "product")).isEqualTo(products);
            });
    assertThat(node.collection("person", String.class).count()).isEqualTo(people.size());
  }

  /** The first life of the clone; returns the position of a write. */
  private String live(CloneFixture twin, Map<String, String> notes, String oldToken)
      throws Exception {
    try (Weir node = twin.start()) {
      assertThat(CloneFixture.documents(node, "note")).isEqualTo(notes);
      awaitPeople(node);
      assertThat(get(node, "k1", oldToken).body()).contains("foreign-position");
      WeirCollection<String> mine = node.collection("note", String.class);
      String kept = mine.get("k2").orElseThrow().version();
      assertThat(kept).startsWith("0-");
      assertThat(mine.replace("k2", IntNode.valueOf(2002), kept)).get().asString().startsWith("1-");
      notes.put("k2", "2002");
      String token = get(node, "k2", "").headers().firstValue("Weir-Position").orElseThrow();
      assertThat(get(node, "k2", token).statusCode()).isEqualTo(200);
      assertThat(Shell.run("snapshot", "create", "--url", node.url()).err()).isEmpty();
      mine.put("late", IntNode.valueOf(7));
      notes.put("late", "7");
      return token;
    }
  }

  /** A disk is lost; then all of it becomes the generation after. */
  private void restarted(CloneFixture twin, Map<String, String> notes, String token)
      throws Exception {
    twin.deleteState();
    try (Weir node = twin.start()) {
      assertThat(CloneFixture.documents(node, "note")).isEqualTo(notes);
      awaitPeople(node);
      assertThat(Shell.run("snapshot", "create", "--url", node.url()).err()).isEmpty();
    }
    assertThat(twin.weir("snapshot", "clone")).contains("generation 2");
    try (Weir node = twin.start()) {
      assertThat(CloneFixture.documents(node, "note")).isEqualTo(notes);
      awaitPeople(node);
      assertThat(get(node, "k2", token).body()).contains("foreign-position");
      assertThat(node.collection("note", String.class).put("k3", IntNode.valueOf(3)))
          .startsWith("2-");
    }
    Shell.Outcome early =
        Shell.run("snapshot", "clone", "-c", twin.configFile(), "--at", "2020-01-01T00:00:00Z");
    assertThat(early.code()).isNotZero();
    assertThat(early.err()).contains("no snapshot up to 2020-01-01T00:00:00Z");
  }

  private static HttpResponse<String> get(Weir node, String key, String token) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(node.url() + "/v1/collections/note/documents/" + key));
    if (!token.isEmpty()) {
      request.header("Weir-Position", token);
    }
    return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
  }
}
