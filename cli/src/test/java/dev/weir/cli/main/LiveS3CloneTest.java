package dev.weir.cli.main;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.IntNode;
import com.robothy.s3.rest.LocalS3;
import com.robothy.s3.rest.bootstrap.LocalS3Mode;
import dev.weir.kafka.EmbeddedKafka;
import dev.weir.kafka.Options;
import dev.weir.query.server.Weir;
import dev.weir.query.server.WeirCollection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * An application is cloned from one place in S3 into another; the first cluster is gone by then.
 */
@Timeout(300)
class LiveS3CloneTest {
  private static final String BUCKET = "weir-snapshots";
  private static final Map<String, String> CREDENTIALS =
      Map.of("aws.accessKeyId", "key", "aws.secretAccessKey", "secret", "aws.region", "us-east-1");

  @TempDir private static Path directory;
  private static LocalS3 server;
  private static int port;

  @BeforeAll
  static void start() throws Exception {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    server = LocalS3.builder().port(port).mode(LocalS3Mode.IN_MEMORY).build();
    server.start();
    HttpRequest bucket =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/" + BUCKET))
            .PUT(BodyPublishers.noBody())
            .build();
    assertThat(HttpClient.newHttpClient().send(bucket, BodyHandlers.ofString()).statusCode())
        .isEqualTo(200);
    CREDENTIALS.forEach(System::setProperty);
  }

  @AfterAll
  static void stop() {
    CREDENTIALS.keySet().forEach(System::clearProperty);
    server.shutdown();
  }

  private static String place(String application) {
    return "s3://" + BUCKET + "/" + application + "?endpoint=http://127.0.0.1:" + port;
  }

  @Test
  void aCloneFromOnePlaceIntoAnother() throws Exception {
    Map<String, String> notes;
    Map<String, String> people = new TreeMap<>();
    try (EmbeddedKafka here = EmbeddedKafka.start(Options.in(directory.resolve("here")));
        CloneFixture shop =
            new CloneFixture(directory.resolve("shop"), "shop", here, place("shop"));
        Weir node = shop.start()) {
      WeirCollection<String> written = node.collection("note", String.class);
      for (int i = 0; i < 30; i++) {
        written.put("k" + i, IntNode.valueOf(i));
        String mail = "m" + i + "@weir.dev";
        shop.person("id" + i, mail, i);
        people.put(mail, "{\"mail\":\"%s\",\"age\":%d}".formatted(mail, i));
      }
      awaitPeople(node, people);
      notes = CloneFixture.documents(node, "note");
      assertThat(Shell.run("snapshot", "create", "--url", node.url()).err()).isEmpty();
    }
    try (EmbeddedKafka there = EmbeddedKafka.start(Options.in(directory.resolve("there")));
        CloneFixture twin =
            new CloneFixture(directory.resolve("twin"), "twin", there, place("twin"))) {
      assertThat(
              twin.weir("snapshot", "clone", "--from", place("shop"), "--from-application", "shop"))
          .contains("generation 1");
      try (Weir node = twin.start()) {
        assertThat(CloneFixture.documents(node, "note")).isEqualTo(notes);
        awaitPeople(node, people);
        await().atMost(CloneFixture.PATIENCE).until(() -> !ready(node).contains("on their way"));
        assertThat(node.collection("note", String.class).put("k0", IntNode.valueOf(-1)))
            .startsWith("1-");
      }
    }
  }

  private static String ready(Weir node) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create(node.url() + "/healthz/ready")).build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
  }

  private static void awaitPeople(Weir node, Map<String, String> people) {
    await()
        .atMost(CloneFixture.PATIENCE)
        .untilAsserted(() -> assertThat(CloneFixture.documents(node, "person")).isEqualTo(people));
  }
}
