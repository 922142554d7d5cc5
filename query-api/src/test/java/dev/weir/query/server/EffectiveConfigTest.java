package dev.weir.query.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.store.KeyType;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EffectiveConfigTest {

  @Test
  void whatIsPrintedReadsBackAsTheSame() {
    WeirConfig config =
        WeirConfig.builder()
            .application("shop")
            .bootstrapServers("a:9092")
            .kafka("linger.ms", "5")
            .listen("127.0.0.1:0")
            .stateDirectory(Path.of("/var/lib/weir"))
            .shards(7)
            .set(Setting.RACK, "west-1")
            .set(Setting.QUICK_RESTART, "true")
            .set(Setting.REPLICATION, "3")
            .set(Setting.MEMORY, "100MB")
            .set(Setting.GRAPHQL, "false")
            .set(Setting.LANES_GET, "2s")
            .set(Setting.LANES_SCAN, "7/0/1500ms")
            .set(Setting.SNAPSHOTS_REPOSITORY, "/mnt/snapshots")
            .set(Setting.SNAPSHOTS_EVERY, "90m")
            .set(Setting.SNAPSHOTS_KEEP_FOR, "7d")
            .set(Setting.ACCEPT_LOST_RECORDS, "order,other")
            .collection("note", KeyType.Scalar.STRING)
            .collectionFrom("shop.orders", "order", KeyType.Scalar.LONG)
            .build();

    String yaml = EffectiveConfig.yaml(config);

    assertThat(ConfigFile.parse(yaml, "printed", Path.of("/"), Overrides.none())).isEqualTo(config);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sasl.jaas.config",
        "ssl.key.password",
        "ssl.keystore.password",
        "ssl.keystore.key",
        "sasl.oauthbearer.client.credentials.client.secret",
        "sasl.login.token",
      })
  void givesNoSecretAway(String property) {
    WeirConfig config =
        WeirConfig.builder()
            .application("shop")
            .bootstrapServers("a:9092")
            .kafka(property, "hidden-value")
            .kafka("security.protocol", "SASL_SSL")
            .set(Setting.PEER_SECRET, "hidden-value-of-peers")
            .build();

    assertThat(EffectiveConfig.yaml(config))
        .doesNotContain("hidden-value")
        .contains(property + ": ")
        .contains("SASL_SSL");
    assertThat(config.toString()).doesNotContain("hidden-value");
  }
}
