package dev.weir.store.read;

import dev.weir.store.Document;
import dev.weir.store.GraphQuery;
import dev.weir.store.GraphQuery.Miscount;
import dev.weir.store.GraphQuery.Side;
import dev.weir.store.GraphQuery.Tallied;
import dev.weir.store.GraphQuery.Trace;
import dev.weir.store.Key;
import dev.weir.store.KeyRange;
import dev.weir.store.Version;
import dev.weir.store.write.EdgeTypes.EdgeType;
import dev.weir.store.write.Hidden;
import dev.weir.store.write.InEntry;
import dev.weir.store.write.StateKeys;
import dev.weir.store.write.StateValues;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Adds up the edges of one side of a shard, and counts those of each vertex beside its degree. One
 * walk sees edges, degrees and marks as of one time. Used once, by one thread.
 */
final class LocalTally {
  private static final long FNV_BASE = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  private final EdgeType type;
  private final GraphQuery.Tally query;
  private final boolean out;
  private final long[] sums = new long[GraphQuery.Tally.BUCKETS];
  private final List<Trace> traces = new ArrayList<>();
  private final SortedMap<byte[], Long> found = new TreeMap<>(Arrays::compareUnsigned);
  private long edges;

  LocalTally(EdgeType type, GraphQuery.Tally query) {
    this.type = type;
    this.query = query;
    this.out = query.side() == Side.OUT;
  }

  Tallied of(ShardView view) {
    byte[] end = out ? StateKeys.documents(type.id() + 1) : StateKeys.incoming(type.id() + 1);
    try (ShardView.Walk walk = view.visit(StateKeys.degrees(type.id()), end)) {
      byte[] marks = StateKeys.hidden(type.id(), query.side());
      walk.seek(marks);
      HiddenEdges hidden = HiddenEdges.at(walk, marks);
      Key after = query.after();
      byte[] all = edgeKey(new byte[0]);
      walk.seek(after == null ? all : above(edgeKey(after.bytes())));
      byte[] last = count(walk, all, hidden);
      List<Miscount> miscounts = miscounts(walk, last);
      return new Tallied(
          edges,
          Arrays.stream(sums).boxed().toList(),
          traces,
          miscounts,
          last == null ? null : Key.ofEncoded(last));
    }
  }

  /** Counts vertex by vertex; the last one, or null if there is none behind it. */
  private byte @Nullable [] count(ShardView.Walk walk, byte[] all, HiddenEdges hidden) {
    byte[] vertex = null;
    Version mark = null;
    for (; walk.valid() && startsWith(walk.key(), all); walk.next()) {
      byte[] key = LocalReader.key(walk.key()).bytes();
      if (vertex == null || !startsWith(key, vertex)) {
        if (edges >= query.limit()) {
          return vertex;
        }
        vertex = vertex(Key.ofEncoded(key));
        mark = hidden.mark(vertex);
      }
      byte[] stored = walk.value();
      if (out ? Hidden.hidesEdge(mark, stored) : Hidden.hidesEntry(mark, stored)) {
        continue;
      }
      edges++;
      found.merge(vertex, 1L, Long::sum);
      add(Key.ofEncoded(key), out ? stored : InEntry.edge(stored));
    }
    return null;
  }

  private void add(Key key, byte[] stored) {
    Key edge = out ? key : type.keys().restored(key);
    Document document = StateValues.document(edge, stored);
    long ofKey = hash(FNV_BASE, edge.bytes());
    int bucket = (int) (mixed(ofKey) & (GraphQuery.Tally.BUCKETS - 1));
    long trace = hash(ofKey, document.value());
    trace = trace * FNV_PRIME + document.version().generation();
    trace = trace * FNV_PRIME + document.version().offset();
    trace = mixed(trace * FNV_PRIME + document.timestamp());
    sums[bucket] += trace;
    if (bucket == query.bucket()) {
      traces.add(new Trace(edge, trace));
    }
  }

  private List<Miscount> miscounts(ShardView.Walk walk, byte @Nullable [] last) {
    List<Miscount> miscounts = new ArrayList<>();
    byte[] all = StateKeys.degree(type.id(), query.side(), new byte[0]);
    Key after = query.after();
    walk.seek(
        after == null ? all : above(StateKeys.degree(type.id(), query.side(), after.bytes())));
    for (; walk.valid() && startsWith(walk.key(), all); walk.next()) {
      byte[] vertex = Arrays.copyOfRange(walk.key(), all.length, walk.key().length);
      if (last != null && Arrays.compareUnsigned(vertex, last) > 0) {
        break;
      }
      Long count = found.remove(vertex);
      long degree = StateValues.number(walk.value(), 0);
      if (count == null || count != degree) {
        miscounts.add(new Miscount(Key.ofEncoded(vertex), degree, count == null ? 0 : count));
      }
    }
    found.forEach((vertex, count) -> miscounts.add(new Miscount(Key.ofEncoded(vertex), 0, count)));
    return miscounts;
  }

  private byte[] vertex(Key key) {
    Key edge = out ? key : type.keys().restored(key);
    return out
        ? type.keys().outPrefix(type.keys().from(edge))
        : type.keys().inPrefix(type.keys().to(edge));
  }

  private byte[] edgeKey(byte[] key) {
    return out ? StateKeys.document(type.id(), key) : StateKeys.incoming(type.id(), key);
  }

  private static byte[] above(byte[] prefix) {
    return Objects.requireNonNull(KeyRange.successor(prefix));
  }

  private static long hash(long begin, byte[] bytes) {
    long hash = begin;
    for (byte b : bytes) {
      hash = (hash ^ (b & 0xff)) * FNV_PRIME;
    }
    return hash * FNV_PRIME + bytes.length;
  }

  private static long mixed(long hash) {
    long mixed = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
    mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return mixed ^ (mixed >>> 33);
  }

  private static boolean startsWith(byte[] key, byte[] prefix) {
    return key.length >= prefix.length
        && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
  }
}
