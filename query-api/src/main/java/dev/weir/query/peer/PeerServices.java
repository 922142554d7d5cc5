package dev.weir.query.peer;

import dev.weir.query.Arriving;
import dev.weir.store.ShardGate;
import dev.weir.store.ShardReader;
import dev.weir.store.ShardStatus;
import dev.weir.store.ShardWriter;
import dev.weir.store.liveness.Sight;
import dev.weir.store.snapshot.Lender;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What a node does for its peers, out of its own shards only. All of it is called from many
 * threads.
 *
 * @param reader answers point reads on a network thread, everything else on a pool
 * @param gate lets reads through once the replicas here are new enough; never blocks
 * @param writer called on a pool
 * @param status what the node holds, ordered by shard
 * @param routingVersion version of the node's routing table
 * @param sights what the node sees of a session of another one; answers at once
 * @param files what goes from node to node in files
 */
public record PeerServices(
    ShardReader reader,
    ShardGate gate,
    ShardWriter writer,
    Supplier<List<ShardStatus>> status,
    LongSupplier routingVersion,
    Sights sights,
    Optional<Files> files) {

  /**
   * What goes from node to node in files.
   *
   * @param lender gives those of the shards here; called on a pool
   * @param arriving what is on its way to this node, ordered by shard; answers at once
   */
  public record Files(Lender lender, Supplier<List<Arriving>> arriving) {}

  /** What a node sees of the others. */
  @FunctionalInterface
  public interface Sights {

    /** What the node can say of a session of another one. */
    Sight of(String node, long session);
  }

  /** Of a node that gives no files. */
  public PeerServices(
      ShardReader reader,
      ShardGate gate,
      ShardWriter writer,
      Supplier<List<ShardStatus>> status,
      LongSupplier routingVersion,
      Sights sights) {
    this(reader, gate, writer, status, routingVersion, sights, Optional.empty());
  }

  /** Of a node that watches nobody. */
  public PeerServices(
      ShardReader reader,
      ShardGate gate,
      ShardWriter writer,
      Supplier<List<ShardStatus>> status,
      LongSupplier routingVersion) {
    this(
        reader,
        gate,
        writer,
        status,
        routingVersion,
        (node, session) -> Sight.UNSURE,
        Optional.empty());
  }
}
