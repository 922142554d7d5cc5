package dev.weir.query.server;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.query.graphql.GraphQlSettings;
import dev.weir.query.http.Lane;
import dev.weir.store.CatalogueJson;
import java.util.Objects;

/** A configuration as a {@code weir.yaml} that says everything and gives no secret away. */
public final class EffectiveConfig {

  private EffectiveConfig() {}

  /** YAML text; the values of secret Kafka properties are masked. */
  public static String yaml(WeirConfig config) {
    ObjectNode tree = JsonNodeFactory.instance.objectNode();
    for (Setting setting : Setting.values()) {
      put(tree, setting, value(config, setting));
    }
    ObjectNode kafka = tree.putObject("kafka");
    config
        .kafka()
        .forEach((name, value) -> kafka.put(name, Secrets.isSecret(name) ? Secrets.MASK : value));
    ArrayNode collections = tree.putArray("collections");
    ArrayNode edges = tree.putArray("edges");
    config
        .definitions()
        .collections()
        .forEach(
            c ->
                (c.edge() == null ? collections : edges)
                    .add(CatalogueJson.toJson(c, config.definitions().indexes(c.name()))));
    ArrayNode sources = tree.putArray("sources");
    config.definitions().sources().forEach(s -> sources.add(CatalogueJson.toJson(s)));
    return Yaml.write(tree);
  }

  private static String value(WeirConfig config, Setting setting) {
    WeirConfig.Node node = config.node();
    WeirConfig.Storage storage = config.storage();
    WeirConfig.Api api = config.api();
    GraphQlSettings graphQl = api.graphQl().settings();
    WeirConfig.Ingest ingest = config.definitions().ingest();
    return switch (setting) {
      case APPLICATION -> config.application();
      case LISTEN -> node.listen().toString();
      case ADVERTISED -> node.url();
      case NODE -> node.id();
      case RACK -> node.rack();
      case QUICK_RESTART -> Boolean.toString(node.quickRestart());
      case PEER_LISTEN -> node.peer().listen().toString();
      case PEER_ADVERTISED -> node.peer().advertised();
      case PEER_SECRET -> node.peer().secret().isEmpty() ? "" : Secrets.MASK;
      case STATE_DIRECTORY -> storage.stateDirectory().toString();
      case SHARDS -> Integer.toString(storage.shards());
      case REPLICAS -> Integer.toString(storage.copies().replicas());
      case PLACEMENT -> PlacementSetting.mode(storage.copies().placement());
      case SEPARATE -> PlacementSetting.separation(storage.copies().placement());
      case THREADS -> Integer.toString(storage.threads());
      case MEMORY -> ByteSize.format(storage.memoryBytes());
      case REPLICATION ->
          storage.topicReplication().isPresent()
              ? Integer.toString(storage.topicReplication().getAsInt())
              : "";
      case ACCEPT_LOST_RECORDS -> String.join(", ", ingest.acceptLostRecords());
      case INGEST_THREADS -> Integer.toString(ingest.pace().threadsPerSource());
      case INGEST_LAG -> Long.toString(ingest.pace().pauseAboveLag());
      case INGEST_RECORDS -> Long.toString(ingest.pace().maxInFlightRecords());
      case INGEST_BYTES -> ByteSize.format(ingest.pace().maxInFlightBytes());
      case LIMITS_DOCUMENT -> ByteSize.format(api.documentBytes());
      case LIMITS_REQUEST -> ByteSize.format(api.requestBytes());
      case LIMITS_PAGE -> Integer.toString(api.pageItems());
      case LIMITS_BATCH -> Integer.toString(api.batchKeys());
      case LIMITS_SUBSCRIPTIONS -> Integer.toString(api.subscriptions());
      case QUERIES_SCANS -> api.searches().scans() ? "allow" : "forbid";
      case QUERIES_ROWS -> Integer.toString(api.searches().rows());
      case LANES_GET -> LaneText.text(api.lanes().getPatience());
      case LANES_BATCH -> lane(api, Lane.BATCH);
      case LANES_SCAN -> lane(api, Lane.SCATTER);
      case LANES_GRAPHQL -> lane(api, Lane.GRAPHQL);
      case LANES_WRITE -> lane(api, Lane.WRITE);
      case LANES_OTHER -> lane(api, Lane.OTHER);
      case SNAPSHOTS_REPOSITORY -> config.snapshots().repository();
      case SNAPSHOTS_EVERY -> config.snapshots().every().map(TimeSpan::format).orElse("");
      case SNAPSHOTS_KEEP -> Integer.toString(config.snapshots().keep());
      case SNAPSHOTS_KEEP_FOR -> TimeSpan.format(config.snapshots().keepFor());
      case BOOTSTRAP -> Boolean.toString(config.snapshots().bootstrap());
      case BOOTSTRAP_LEAST_RECORDS -> Long.toString(config.snapshots().leastRecords());
      case BOOTSTRAP_RATE -> ByteSize.format(config.snapshots().bytesPerSecond());
      case TRUNCATION_EVERY -> config.truncation().every().map(TimeSpan::format).orElse("");
      case TRUNCATION_MARGIN -> Long.toString(config.truncation().margin());
      case TRUNCATION_FORGET -> TimeSpan.format(config.truncation().forgetAfter());
      case GRAPHQL -> Boolean.toString(api.graphQl().enabled());
      case GRAPHQL_INTROSPECTION -> Boolean.toString(graphQl.introspection());
      case GRAPHQL_COST -> Integer.toString(graphQl.work().maxCost());
      case GRAPHQL_COLLECTION_WEIGHTS -> WeightText.text(graphQl.weights().collections());
      case GRAPHQL_FIELD_WEIGHTS -> WeightText.kindText(graphQl.weights().kinds());
      case GRAPHQL_DEPTH -> Integer.toString(graphQl.shape().maxDepth());
      case GRAPHQL_FIELDS -> Integer.toString(graphQl.shape().maxFields());
      case GRAPHQL_PAGE -> Integer.toString(graphQl.work().maxPage());
      case GRAPHQL_KEYS -> Integer.toString(graphQl.work().maxKeys());
      case GRAPHQL_TIME -> TimeSpan.format(graphQl.work().deadline());
      case GRAPHQL_DOCUMENTS -> GraphQlReader.text(api.graphQl().mode());
      case GRAPHQL_DOCUMENTS_FROM -> api.graphQl().documentsFrom();
    };
  }

  private static String lane(WeirConfig.Api api, Lane lane) {
    return LaneText.text(Objects.requireNonNull(api.lanes().queues().get(lane)));
  }

  /** Numbers and flags are written bare, as a person would. */
  private static void put(ObjectNode tree, Setting setting, String value) {
    ObjectNode node = tree;
    for (String step : setting.steps().subList(0, setting.steps().size() - 1)) {
      node = node.withObjectProperty(step);
    }
    String name = setting.steps().get(setting.steps().size() - 1);
    if (value.matches("[0-9]{1,9}")) {
      node.put(name, Integer.parseInt(value));
    } else if (value.equals("true") || value.equals("false")) {
      node.put(name, value.equals("true"));
    } else {
      node.put(name, value);
    }
  }
}
