package dev.weir.query;

import dev.weir.store.Catalogue;
import dev.weir.store.Key;
import dev.weir.store.Operation;
import dev.weir.store.Operation.When;
import dev.weir.store.ShardMap;
import dev.weir.store.log.TopicPlan;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** What must hold of a batch of writes, whichever way it comes, before it is appended. */
public final class BatchRules {
  /** Most bytes of a batch; leaves room for what is around them in a record of the log. */
  public static final int MOST_BYTES = TopicPlan.MAX_MESSAGE_BYTES / 4 * 3;

  private static final int AROUND_A_CHANGE = 32;

  private BatchRules() {}

  /** Why a batch cannot be appended. */
  public sealed interface Fault {

    /**
     * A document is in it twice.
     *
     * @param index of the second change of it, from 0
     */
    record Twice(int index) implements Fault {}

    /**
     * Its documents are in several shards.
     *
     * @param shards the places of their changes, from 0, by shard
     */
    record AcrossShards(SortedMap<Integer, List<Integer>> shards) implements Fault {
      public AcrossShards {
        shards = Collections.unmodifiableSortedMap(new TreeMap<>(shards));
      }
    }

    /**
     * It does not fit into a record.
     *
     * @param bytes that it takes
     */
    record TooLarge(long bytes) implements Fault {}
  }

  private record Place(int collection, Key key) {}

  /** The first rule that changes break; empty = none. */
  public static Optional<Fault> check(List<When> changes, Catalogue catalogue, ShardMap shards) {
    Set<Place> met = new HashSet<>();
    SortedMap<Integer, List<Integer>> byShard = new TreeMap<>();
    long bytes = 0;
    for (int i = 0; i < changes.size(); i++) {
      Operation.Change change = changes.get(i).change();
      if (!met.add(new Place(change.collection(), change.key()))) {
        return Optional.of(new Fault.Twice(i));
      }
      byShard
          .computeIfAbsent(
              shards.shardOf(catalogue, change.collection(), change.key()), s -> new ArrayList<>())
          .add(i);
      bytes += size(change);
    }
    if (byShard.size() > 1) {
      return Optional.of(new Fault.AcrossShards(byShard));
    }
    return bytes > MOST_BYTES ? Optional.of(new Fault.TooLarge(bytes)) : Optional.empty();
  }

  private static long size(Operation.Change change) {
    long size = (long) AROUND_A_CHANGE + change.key().bytes().length;
    if (change instanceof Operation.Put put) {
      return size + put.value().length;
    }
    return change instanceof Operation.Patch patch ? size + patch.patch().length : size;
  }
}
