package dev.weir.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.store.snapshot.DirectoryStore;
import dev.weir.store.snapshot.ObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every store must do, asked of both: a directory, and a server that speaks S3. */
class ObjectStoreContractTest {
  @TempDir static Path directory;
  private static TestS3 server;
  private static ObjectStore bucket;

  @BeforeAll
  static void start() {
    server = new TestS3("snapshots");
    bucket = server.store("some/prefix");
  }

  @AfterAll
  static void stop() {
    bucket.close();
    server.close();
  }

  static Stream<ObjectStore> stores() {
    return Stream.of(new DirectoryStore(directory.resolve("objects")), bucket);
  }

  @ParameterizedTest
  @MethodSource("stores")
  void anObjectIsReadAsItWasPut(ObjectStore store) throws IOException {
    byte[] bytes = new byte[3_000_000];
    new Random(7).nextBytes(bytes);
    Path file = Files.write(directory.resolve("file"), bytes);
    store.put("a/b/file", file);
    assertThat(read(store, "a/b/file", 0)).isEqualTo(bytes);
    assertThat(read(store, "a/b/file", 1_000_001))
        .isEqualTo(Arrays.copyOfRange(bytes, 1_000_001, bytes.length));
    assertThat(read(store, "a/b/file", bytes.length)).isEmpty();
    store.put("a/b/file", "short".getBytes(UTF_8));
    assertThat(read(store, "a/b/file", 0)).isEqualTo("short".getBytes(UTF_8));
    store.put("a/empty", new byte[0]);
    assertThat(read(store, "a/empty", 0)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("stores")
  void whatIsNotThereIsNotFound(ObjectStore store) throws IOException {
    assertThat(store.open("never/put", 0)).isEmpty();
    assertThat(store.list("never/")).isEmpty();
    store.delete("never/put");
    store.put("gone", new byte[] {1});
    store.delete("gone");
    assertThat(store.open("gone", 0)).isEmpty();
    store.delete("gone");
  }

  @ParameterizedTest
  @MethodSource("stores")
  void listsInOrderWhatBeginsWithAPrefix(ObjectStore store) throws IOException {
    Instant before = Instant.now().minus(Duration.ofMinutes(1));
    for (int i = 1100; i > 0; i--) {
      store.put("list/n" + i, new byte[i % 7]);
    }
    store.put("listed", new byte[1]);
    assertThat(store.list("list/"))
        .hasSize(1100)
        .isSortedAccordingTo((a, b) -> a.name().compareTo(b.name()))
        .allSatisfy(
            entry -> {
              assertThat(entry.name()).startsWith("list/n");
              assertThat(entry.size()).isEqualTo(Integer.parseInt(entry.name().substring(6)) % 7);
              assertThat(entry.modified()).isBetween(before, Instant.now().plusSeconds(60));
            });
    assertThat(store.list("list/n10")).hasSize(1 + 10 + 100);
    assertThat(store.list("lis")).hasSize(1101);
  }

  @ParameterizedTest
  @MethodSource("stores")
  void namesThatLeadElsewhereAreRefused(ObjectStore store) {
    for (String name : new String[] {"../x", "/x", "a/../x", "", "a//b", ".drafts/x", "a\\b"}) {
      assertThatThrownBy(() -> store.put(name, new byte[1]))
          .as(name)
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> store.open(name, 0)).isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> store.delete(name)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"no-such-bucket"})
  void aBucketThatIsMissingIsTold(String name) {
    try (ObjectStore missing =
        new S3Store(
            new S3Place(
                name, "", java.util.Optional.of(server.endpoint()), java.util.Optional.empty()),
            TestS3.CREDENTIALS)) {
      assertThatThrownBy(() -> missing.put("a", new byte[1]))
          .isInstanceOf(IOException.class)
          .hasMessageContaining(name);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "s3:///prefix",
        "s3://UPPER/x",
        "s3://bucket/../x",
        "s3://bucket/x?endpoint=ftp://a",
        "s3://bucket/x?more=1"
      })
  void placesThatAreNoneAreRefused(String place) {
    assertThatThrownBy(() -> S3Place.parse(URI.create(place)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("write s3://bucket/prefix");
  }

  private static byte[] read(ObjectStore store, String name, long from) throws IOException {
    try (InputStream in = store.open(name, from).orElseThrow()) {
      return in.readAllBytes();
    }
  }
}
