package dev.weir.store.routing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.weir.store.Catalogue;
import dev.weir.store.CatalogueJson;
import dev.weir.store.Role;
import dev.weir.store.UnreadableDefinitionsException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Announcements as records of the routing topic: the key is the node's id, the value JSON.
 *
 * <p>A shard is an array {@code [number, "active"|"standby", serving, offset, catalogue revision,
 * offset of the claim, sending]}, the last two for actives only, and the last one left out if it is
 * false. {@code instances} and {@code awayMillis} are the node's {@link Standing}, left out if
 * there is nothing to say. {@code format} is the lowest version that a reader must know; unknown
 * fields are ignored, so that a newer node may add some.
 */
final class AnnouncementFormat {

  /** Header of the record by which a node leaves by itself; without it others removed the node. */
  static final String LEFT = "left";

  private static final int FORMAT = 1;
  private static final ObjectMapper JSON = new ObjectMapper();

  private AnnouncementFormat() {}

  static byte[] key(String node) {
    return node.getBytes(StandardCharsets.UTF_8);
  }

  static String node(byte[] key) {
    return new String(key, StandardCharsets.UTF_8);
  }

  static byte[] write(Announcement announcement) {
    NodeEntry entry = announcement.entry();
    ObjectNode json =
        JSON.createObjectNode()
            .put("format", FORMAT)
            .put("node", entry.node())
            .put("session", entry.session())
            .put("generation", entry.generation())
            .put("url", entry.url())
            .put("peer", entry.peer())
            .put("rack", entry.rack())
            .put("pid", entry.pid())
            .put("configuration", entry.configuration());
    writeStanding(entry.standing(), json);
    if (announcement.catalogue() != null) {
      json.putRawValue("catalogue", new RawValue(text(announcement.catalogue())));
    }
    ArrayNode shards = json.putArray("shards");
    for (HeldShard shard : entry.shards()) {
      ArrayNode one = shards.addArray();
      one.add(shard.shard()).add(shard.role() == Role.ACTIVE ? "active" : "standby");
      one.add(shard.serving()).add(shard.offset()).add(shard.catalogueRevision());
      if (shard.role() == Role.ACTIVE) {
        one.add(announcement.claims().getOrDefault(shard.shard(), Announcement.HERE));
        if (shard.sending()) {
          one.add(true);
        }
      }
    }
    try {
      return JSON.writeValueAsBytes(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of plain values is always JSON", e);
    }
  }

  /** Reads a value; empty if it is not an announcement of the node, or too new. */
  static Optional<Announcement> read(String node, byte[] value) {
    try {
      JsonNode json = JSON.readTree(value);
      return json.path("format").isInt() && json.get("format").intValue() <= FORMAT
          ? Optional.of(read(json)).filter(a -> a.entry().node().equals(node))
          : Optional.empty();
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Announcement read(JsonNode json) {
    List<HeldShard> shards = new ArrayList<>();
    SortedMap<Integer, Long> claims = new TreeMap<>();
    for (JsonNode one : field(json, "shards")) {
      Role role = role(text(element(one, 1)));
      int number = integer(element(one, 0));
      shards.add(
          new HeldShard(
              number,
              role,
              element(one, 2).asBoolean(),
              number(element(one, 3)),
              integer(element(one, 4)),
              role == Role.ACTIVE && one.path(6).asBoolean()));
      if (role == Role.ACTIVE) {
        claims.put(number, number(element(one, 5)));
      }
    }
    NodeEntry entry =
        new NodeEntry(
            text(field(json, "node")),
            number(field(json, "session")),
            integer(field(json, "generation")),
            text(field(json, "url")),
            text(field(json, "peer")),
            text(field(json, "rack")),
            number(field(json, "pid")),
            text(field(json, "configuration")),
            shards,
            standing(json));
    return new Announcement(entry, claims, catalogue(json.get("catalogue")));
  }

  private static void writeStanding(Standing standing, ObjectNode json) {
    if (!standing.instances().isEmpty()) {
      ArrayNode instances = json.putArray("instances");
      standing.instances().forEach(instances::add);
    }
    if (!standing.away().isZero()) {
      json.put("awayMillis", standing.away().toMillis());
    }
  }

  /** Both fields may be missing: from older releases, and if there is nothing to say. */
  private static Standing standing(JsonNode json) {
    List<String> instances = new ArrayList<>();
    for (JsonNode instance : json.path("instances")) {
      instances.add(text(instance));
    }
    JsonNode away = json.get("awayMillis");
    return new Standing(instances, Duration.ofMillis(away == null ? 0 : number(away)));
  }

  private static String text(Catalogue catalogue) {
    return new String(CatalogueJson.write(catalogue), StandardCharsets.UTF_8);
  }

  private static @Nullable Catalogue catalogue(@Nullable JsonNode json) {
    try {
      return json == null
          ? null
          : CatalogueJson.readCatalogue(json.toString().getBytes(StandardCharsets.UTF_8));
    } catch (UnreadableDefinitionsException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static Role role(String text) {
    return switch (text) {
      case "active" -> Role.ACTIVE;
      case "standby" -> Role.STANDBY;
      default -> throw new IllegalArgumentException(text);
    };
  }

  private static JsonNode field(JsonNode json, String name) {
    return present(json.get(name), name);
  }

  private static JsonNode element(JsonNode array, int index) {
    return present(array.get(index), "[" + index + "]");
  }

  private static JsonNode present(@Nullable JsonNode node, String what) {
    if (node == null) {
      throw new IllegalArgumentException(what);
    }
    return node;
  }

  private static String text(JsonNode node) {
    if (!node.isTextual()) {
      throw new IllegalArgumentException(node.toString());
    }
    return node.textValue();
  }

  private static int integer(JsonNode node) {
    if (!node.isIntegralNumber() || !node.canConvertToInt()) {
      throw new IllegalArgumentException(node.toString());
    }
    return node.intValue();
  }

  private static long number(JsonNode node) {
    if (!node.isIntegralNumber() || !node.canConvertToLong()) {
      throw new IllegalArgumentException(node.toString());
    }
    return node.longValue();
  }
}
