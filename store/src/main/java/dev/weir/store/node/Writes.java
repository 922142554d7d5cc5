package dev.weir.store.node;

import dev.weir.store.Position;
import dev.weir.store.ShardWriter;
import dev.weir.store.command.LocalWriter;
import dev.weir.store.command.PendingCommands;
import dev.weir.store.command.ReachableLog;
import dev.weir.store.command.SchemaCheck;
import dev.weir.store.log.KafkaReach;
import dev.weir.store.log.LogProducer;
import dev.weir.store.read.OpenShards;
import dev.weir.store.routing.Ownership;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executor;

/** Puts together what takes commands for the shards of a node. */
final class Writes {
  private static final Duration COMMAND_TIMEOUT = Duration.ofSeconds(10);
  private static final int MAX_PENDING_COMMANDS = 20_000;

  private Writes() {}

  /**
   * The shards that commands are for.
   *
   * @param start the position of an empty state
   * @param session random number of this start of the node
   */
  record Shards(Ownership ownership, OpenShards open, Position start, long session) {}

  /**
   * Takes commands.
   *
   * @param completions answers those whose commands nobody will decide
   */
  static ShardWriter to(
      Shards shards,
      LogProducer log,
      PendingCommands pending,
      KafkaReach kafka,
      Executor completions) {
    return new ReachableLog(
        new LocalWriter(
            shards.ownership(),
            log,
            pending,
            new SchemaCheck(shards.open()),
            new LocalWriter.Settings(
                shards.start(),
                shards.session(),
                MAX_PENDING_COMMANDS,
                COMMAND_TIMEOUT,
                Clock.systemUTC())),
        shards.ownership(),
        kafka,
        completions);
  }
}
