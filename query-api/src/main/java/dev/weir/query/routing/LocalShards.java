package dev.weir.query.routing;

import dev.weir.query.Arriving;
import dev.weir.store.Catalogue;
import dev.weir.store.Refusal;
import dev.weir.store.ShardGate;
import dev.weir.store.ShardReader;
import dev.weir.store.ShardStatus;
import dev.weir.store.ShardWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * This node's own part of the database.
 *
 * @param node id of this node
 * @param reader answers for the replicas it holds
 * @param gate lets reads through once those are new enough
 * @param writer appends for the shards it is active for
 * @param status what it holds, ordered by shard
 * @param catalogue the definitions as it knows them
 * @param logSilence for how long the log has not answered this node; empty while it does
 * @param arriving shards whose state is on its way to it, ordered by shard
 */
public record LocalShards(
    String node,
    ShardReader reader,
    ShardGate gate,
    ShardWriter writer,
    Supplier<List<ShardStatus>> status,
    Supplier<Catalogue> catalogue,
    Supplier<Optional<Duration>> logSilence,
    Supplier<List<Arriving>> arriving) {

  /** Of a node whose log always answers, and to which no state is on its way. */
  public LocalShards(
      String node,
      ShardReader reader,
      ShardGate gate,
      ShardWriter writer,
      Supplier<List<ShardStatus>> status,
      Supplier<Catalogue> catalogue) {
    this(node, reader, gate, writer, status, catalogue, Optional::empty, List::of);
  }

  /**
   * Why there is no use in waiting for another owner of a shard: while the log does not answer,
   * none can take it over. Empty = there is.
   */
  Optional<Refusal.LogUnreachable> withoutLog(int shard) {
    return logSilence
        .get()
        .map(
            silence ->
                new Refusal.LogUnreachable(
                    String.format(
                        Locale.ROOT,
                        "Kafka has not answered for %d s, and nobody serves shard %d until it does",
                        silence.toSeconds(),
                        shard)));
  }
}
