package dev.weir.query.server;

import dev.weir.query.SharedKey;
import dev.weir.query.http.HttpSettings;
import dev.weir.store.DefinitionChange;
import dev.weir.store.DefinitionReader;
import dev.weir.store.bootstrap.BootstrapSettings;
import dev.weir.store.node.StoreConfig;
import dev.weir.store.snapshot.Retention;
import dev.weir.store.snapshot.SnapshotSettings;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.Uuid;

/** Says to each part what the configuration means for it. */
final class Settings {

  private Settings() {}

  static StoreConfig store(WeirConfig config, Addressing addressing, MeterRegistry meters) {
    WeirConfig.Storage storage = config.storage();
    String id = config.node().id();
    return new StoreConfig(
        config.application(),
        config.kafkaClient(),
        storage.shards(),
        storage.copies().replicas(),
        storage.topicReplication(),
        new StoreConfig.Local(
            storage.stateDirectory(),
            id.isEmpty() ? Optional.empty() : Optional.of(id),
            config.node().rack(),
            addressing.url(),
            addressing.peerAdvertised(),
            storage.threads(),
            storage.memoryBytes()),
        seeds(config.definitions()),
        meters,
        storage.copies().placement());
  }

  private static List<DefinitionChange> seeds(WeirConfig.Definitions definitions) {
    return new DefinitionReader.Definitions(
            definitions.collections(), definitions.sources(), definitions.indexes())
        .changes(DefinitionChange.Mode.SEED);
  }

  static HttpSettings http(WeirConfig config, HostPort listen) {
    HttpSettings defaults = HttpSettings.defaults(listen.host(), listen.port());
    HttpSettings.Limits limits = defaults.limits();
    WeirConfig.Api api = config.api();
    return new HttpSettings(
        defaults.host(),
        defaults.port(),
        new HttpSettings.Limits(
            api.documentBytes(),
            api.requestBytes(),
            limits.keyBytes(),
            limits.urlBytes(),
            limits.headBytes(),
            api.pageItems(),
            api.batchKeys()),
        defaults.timeouts(),
        defaults.capacity().with(api.lanes().getPatience()).with(api.lanes().queues()));
  }

  /** How snapshots are made; empty = not at all. */
  static Optional<SnapshotSettings> snapshots(WeirConfig.Snapshots config) {
    if (config.repository().isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new SnapshotSettings(
              config.open(), config.every(), new Retention(config.keep(), config.keepFor())));
    } catch (IllegalArgumentException e) {
      throw new WeirStartException(Setting.SNAPSHOTS_REPOSITORY.path() + ": " + e.getMessage(), e);
    }
  }

  /** Where shards without state get it. */
  static BootstrapSettings bootstrap(WeirConfig config) {
    if (!config.snapshots().bootstrap()) {
      return BootstrapSettings.off();
    }
    try {
      return new BootstrapSettings(
          true,
          config.snapshots().repository().isEmpty()
              ? Optional.empty()
              : Optional.of(config.snapshots().open()),
          config.snapshots().leastRecords(),
          config.snapshots().bytesPerSecond());
    } catch (IllegalArgumentException e) {
      throw new WeirStartException(Setting.SNAPSHOTS_REPOSITORY.path() + ": " + e.getMessage(), e);
    }
  }

  /**
   * What the nodes know each other and their cursors by. Without a configured secret it follows
   * from the log, so that cursors hold at every node; that is no protection, and therefore only
   * accepted where no other machine can connect.
   */
  static SharedKey sharedKey(WeirConfig config, Uuid logId) {
    String secret = config.node().peer().secret();
    String text = secret.isEmpty() ? config.application() + "/" + logId + "/unprotected" : secret;
    return SharedKey.of(text.getBytes(StandardCharsets.UTF_8));
  }
}
