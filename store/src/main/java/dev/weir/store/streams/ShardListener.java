package dev.weir.store.streams;

import dev.weir.store.Catalogue;
import dev.weir.store.Position;
import dev.weir.store.write.FoldEffects;
import java.util.List;

/** Told what happens to the shards of a node, on the folding threads: must be quick. */
public interface ShardListener {

  /** The shard's state was opened here. */
  void opened(int shard);

  /** The node became the shard's active. */
  void activated(int shard);

  /** The node is no longer the shard's active. */
  void deactivated(int shard);

  /** The shard's state was closed here. */
  void closed(int shard);

  /** The shard holds these definitions, at opening or from now on. */
  void defined(int shard, Catalogue catalogue);

  /**
   * Whether somebody waits for the shard to have applied this offset: what is folded so far is then
   * applied at once, and not with a larger stretch later. Asked for every record.
   */
  boolean awaited(int shard, long offset);

  /**
   * Commands were decided, and what they did can be read; called before the shard's position shows
   * it, so that whoever sees the position finds the outcomes.
   */
  void decided(int shard, Position position, List<FoldEffects.Decision> decisions);

  /** A stretch of the log has become applied state. */
  void applied(int shard, Position position, FoldEffects.Batch effects);
}
