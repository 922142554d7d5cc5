package dev.weir.store.streams;

import dev.weir.store.Catalogue;
import dev.weir.store.Position;
import dev.weir.store.routing.Ownership;
import dev.weir.store.write.FoldEffects;
import dev.weir.store.write.LogRecord.CommandId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Remembers what happened to shards. Thread-safe. */
final class SeenEvents implements ShardListener {
  private final Ownership ownership;

  // All guarded by this.
  private final Map<Integer, Long> reached = new TreeMap<>();
  private final List<Long> openings = new ArrayList<>();
  private final List<String> elsewhere = new ArrayList<>();
  private final List<CommandId> decided = new ArrayList<>();
  private int commitsOfNothing;

  SeenEvents(Ownership ownership) {
    this.ownership = ownership;
  }

  @Override
  public synchronized void opened(int shard) {
    long offset = ownership.offset(shard);
    openings.add(offset);
    long before = reached.getOrDefault(shard, -1L);
    if (offset != before) {
      elsewhere.add("shard " + shard + " was at " + before + ", and opens at " + offset);
    }
  }

  @Override
  public synchronized void applied(int shard, Position position, FoldEffects.Batch effects) {
    reached.put(shard, position.offset());
  }

  @Override
  public synchronized void decided(
      int shard, Position position, List<FoldEffects.Decision> decisions) {
    decisions.forEach(decision -> decided.add(decision.id()));
  }

  synchronized void committedNothing() {
    commitsOfNothing++;
  }

  synchronized int commitsOfNothing() {
    return commitsOfNothing;
  }

  /** How often shards were opened. */
  synchronized int openings() {
    return openings.size();
  }

  /** How often shards were opened that had folded something before. */
  synchronized long openedInside() {
    return openings.stream().filter(offset -> offset >= 0).count();
  }

  /** Openings at another position than the last one reached. */
  synchronized List<String> openedElsewhere() {
    return List.copyOf(elsewhere);
  }

  /** All commands decided, in order. */
  synchronized List<CommandId> decided() {
    return List.copyOf(decided);
  }

  /** Begins anew, for another state. */
  synchronized void forget() {
    reached.clear();
    openings.clear();
    elsewhere.clear();
    decided.clear();
    commitsOfNothing = 0;
  }

  @Override
  public boolean awaited(int shard, long offset) {
    return false;
  }

  @Override
  public void activated(int shard) {}

  @Override
  public void deactivated(int shard) {}

  @Override
  public void closed(int shard) {}

  @Override
  public void defined(int shard, Catalogue catalogue) {}
}
