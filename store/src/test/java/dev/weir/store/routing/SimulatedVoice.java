package dev.weir.store.routing;

import dev.weir.store.Role;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** What a node says in the routing topic, for simulations: as {@link Announcer}, without Kafka. */
public final class SimulatedVoice {
  private final NodeEntry self;
  private final Ownership ownership;
  private final Map<Integer, Integer> activations = new HashMap<>();
  private final Map<Integer, Long> since = new HashMap<>();

  public SimulatedVoice(NodeEntry self, Ownership ownership) {
    this.self = self;
    this.ownership = ownership;
  }

  /** The entry as of now, if it becomes the record at this offset. */
  public byte[] speak(long offset, Standing standing) {
    NodeEntry entry = self.holding(ownership.snapshot()).standing(standing);
    TreeMap<Integer, Long> claims = new TreeMap<>();
    for (HeldShard held : entry.shards()) {
      int shard = held.shard();
      if (held.role() != Role.ACTIVE) {
        since.remove(shard);
        continue;
      }
      Integer activation = activations.put(shard, ownership.activation(shard));
      boolean repeated =
          since.containsKey(shard)
              && activation != null
              && activation == ownership.activation(shard);
      claims.put(shard, repeated ? since.get(shard) : (Long) Announcement.HERE);
      since.putIfAbsent(shard, offset);
      if (!repeated) {
        since.put(shard, offset);
      }
    }
    return AnnouncementFormat.write(new Announcement(entry, claims));
  }

  public static byte[] key(String node) {
    return AnnouncementFormat.key(node);
  }
}
