package dev.weir.store.snapshot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.store.snapshot.ManifestText.Reading;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestTextTest {
  private static final Checksum SUM = Checksum.of(Checksum.Kind.SHA256, new byte[] {1});

  static Manifest manifest() {
    return new Manifest(
        new Manifest.State("shop", 3, SampleShard.position(41), 7),
        Instant.parse("2026-11-21T10:00:00.5Z"),
        List.of(
            new ManifestFile("MANIFEST-000005", 10, SUM),
            new ManifestFile("CURRENT", 16, SUM),
            new ManifestFile("000012.sst", 1000, SUM)));
  }

  @Test
  void readsWhatItWrites() {
    byte[] text = ManifestText.write(manifest());
    assertThat(ManifestText.read(text)).isEqualTo(new Reading.Read(manifest()));
    assertThat(ManifestText.write(manifest())).isEqualTo(text);
  }

  @Test
  void everyFlippedBitIsNoticed() {
    byte[] text = ManifestText.write(manifest());
    for (int at = 0; at < text.length; at++) {
      for (int bit = 0; bit < 8; bit++) {
        byte[] flipped = text.clone();
        flipped[at] ^= (byte) (1 << bit);
        assertThat(ManifestText.read(flipped))
            .as("bit %d of byte %d", bit, at)
            .isInstanceOf(Reading.Refused.class);
      }
    }
  }

  @Test
  void everyTruncationIsNoticed() {
    byte[] text = ManifestText.write(manifest());
    for (int length = 0; length < text.length; length++) {
      assertThat(ManifestText.read(java.util.Arrays.copyOf(text, length)))
          .isInstanceOf(Reading.Refused.class);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../000012.sst",
        "/etc/passwd",
        "a/000012.sst",
        "..",
        "000012.sst/..",
        "LOCK",
        "LOG",
        "weir.lock",
        "000012.sst\\u0000",
        "..\\\\000012.sst",
        "",
        "000012.SST"
      })
  void namesThatAreNotRocksDbsAreRefused(String name) {
    assertThat(refusal("000012.sst", name)).contains("no name of a file of RocksDB");
  }

  @ParameterizedTest
  @CsvSource({
    "'\"size\" : 1000', '\"size\" : -1', a size of -1",
    "'\"size\" : 1000', '\"size\" : 1e3', no possible number",
    "'\"size\" : 1000', '\"size\" : 99999999999999999999', no possible number",
    "'\"size\" : 1000', '\"size\" : \"1000\"', no possible number",
    "'\"size\" : 1000', '\"size\" : 1000, \"size\" : 1', Duplicate field",
    "'\"size\" : 1000', '\"size\" : 1000, \"more\" : 1', members are",
    "000012.sst, CURRENT, named twice",
    "MANIFEST-000005, 000005.log, not those of one database",
    "CURRENT, 000006.log, not those of one database",
    "'\"format\" : 1', '\"format\" : 2', use a newer release",
    "'\"format\" : 1', '\"format\" : 0', no manifest",
    "'\"shard\" : 3', '\"shard\" : -3', below the possible",
    "'\"shard\" : 3', '\"shard\" : 4', was changed",
    "'\"shop\"', '[]', no text",
    "2026-11-21T, 2026-13-21T, is wrong",
    "sha256:, md5:, no checksum",
  })
  void whatIsNotExactlyAManifestIsRefused(String found, String instead, String reason) {
    assertThat(refusal(found, instead)).contains(reason);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "[]", "null", "{\"format\":1}", "PK", "{\"format\":1} {}"})
  void whatIsNoManifestIsRefused(String text) {
    assertThat(ManifestText.read(text.getBytes(UTF_8))).isInstanceOf(Reading.Refused.class);
  }

  @Test
  void aStateOfSomethingElseIsRefused() {
    Manifest.State state = manifest().state();
    assertThat(state.refusal(SampleShard.target())).isEmpty();
    var log = SampleShard.position(-1);
    assertThat(state.refusal(new Manifest.Target("other", log, 3)))
        .hasValue("the snapshot is of application 'shop', wanted is 'other'");
    assertThat(state.refusal(new Manifest.Target("shop", log, 4)))
        .hasValue("the snapshot is of shard 3, wanted is 4");
    assertThat(
            state.refusal(
                new Manifest.Target(
                    "shop",
                    dev.weir.store.Position.start(new org.apache.kafka.common.Uuid(5, 5), 0),
                    3)))
        .hasValueSatisfying(reason -> assertThat(reason).contains("is of log"));
    assertThat(
            state.refusal(
                new Manifest.Target("shop", dev.weir.store.Position.start(SampleShard.LOG, 1), 3)))
        .hasValue("the snapshot is of generation 0, wanted is 1");
  }

  private static String refusal(String found, String instead) {
    String text = new String(ManifestText.write(manifest()), UTF_8);
    assertThat(text).contains(found);
    int at = text.indexOf(found);
    String changed = text.substring(0, at) + instead + text.substring(at + found.length());
    Reading reading = ManifestText.read(changed.getBytes(UTF_8));
    assertThat(reading).isInstanceOf(Reading.Refused.class);
    return ((Reading.Refused) reading).reason();
  }
}
