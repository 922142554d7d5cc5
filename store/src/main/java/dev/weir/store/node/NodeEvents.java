package dev.weir.store.node;

import dev.weir.store.Catalogue;
import dev.weir.store.Position;
import dev.weir.store.command.PendingCommands;
import dev.weir.store.emit.Emitter;
import dev.weir.store.read.Gate;
import dev.weir.store.streams.ShardListener;
import dev.weir.store.write.FoldEffects;
import java.util.List;

/** Passes on what happens to the shards to those parts of the node that act on it. */
final class NodeEvents implements ShardListener {
  private final Emitter emitter;
  private final PendingCommands commands;
  private final KnownDefinitions definitions;
  private final Runnable opened;
  private final Gate gate;

  /**
   * Events of a node.
   *
   * @param opened done when a shard was opened; must be quick
   */
  NodeEvents(
      Emitter emitter,
      PendingCommands commands,
      KnownDefinitions definitions,
      Runnable opened,
      Gate gate) {
    this.emitter = emitter;
    this.commands = commands;
    this.definitions = definitions;
    this.opened = opened;
    this.gate = gate;
  }

  @Override
  public void opened(int shard) {
    opened.run();
  }

  @Override
  public void activated(int shard) {
    emitter.activated(shard);
  }

  @Override
  public void deactivated(int shard) {
    emitter.deactivated(shard);
    commands.moved(shard);
  }

  @Override
  public void closed(int shard) {
    commands.moved(shard);
    gate.closed(shard);
  }

  @Override
  public void defined(int shard, Catalogue catalogue) {
    definitions.seen(catalogue);
  }

  @Override
  public boolean awaited(int shard, long offset) {
    return gate.awaited(shard, offset);
  }

  @Override
  public void decided(int shard, Position position, List<FoldEffects.Decision> decisions) {
    commands.decided(shard, position, decisions);
  }

  @Override
  public void applied(int shard, Position position, FoldEffects.Batch effects) {
    gate.progressed(shard, position.offset());
    if (effects.toSend()) {
      emitter.wake(shard);
    }
  }
}
