package dev.weir.store.read;

import dev.weir.store.ChangeQuery.Base;
import dev.weir.store.ChangeQuery.Based;
import dev.weir.store.ChangeQuery.Change;
import dev.weir.store.ChangeQuery.Changed;
import dev.weir.store.ChangeQuery.Since;
import dev.weir.store.Document;
import dev.weir.store.GraphQuery;
import dev.weir.store.Key;
import dev.weir.store.Version;
import dev.weir.store.write.ChangeEntry;
import dev.weir.store.write.EdgeTypes.EdgeType;
import dev.weir.store.write.KeptChanges;
import dev.weir.store.write.StateKeys;
import dev.weir.store.write.StateValues;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What those ask who follow a collection, of a state that stands still while it is read. */
final class LocalChanges {
  /** Bytes of values after which an answer ends with the next record. */
  private static final int MOST_BYTES = 1 << 20;

  private LocalChanges() {}

  static Based base(ShardView view, Base query) {
    try (ShardView.Still still = view.still()) {
      KeptChanges kept = kept(still, query.collection());
      byte[] from = LocalReader.lower(query.collection(), query.range());
      byte[] to = LocalReader.upper(query.collection(), query.range());
      List<Document> documents = new ArrayList<>();
      EdgeType type = view.edges().of(query.collection());
      HiddenEdges hidden = type == null ? HiddenEdges.none() : hidden(still, type);
      try (ShardView.Walk walk = still.walk(from, to)) {
        long bytes = 0;
        for (; walk.valid(); walk.next()) {
          if (documents.size() == query.limit() || bytes > MOST_BYTES) {
            return new Based(documents, true, still.position().offset(), from(kept));
          }
          byte[] stored = walk.value();
          Key key = LocalReader.key(walk.key());
          if (type == null || !hidden.hides(type, key, stored)) {
            documents.add(StateValues.document(key, stored));
            bytes += stored.length;
          }
        }
      }
      return new Based(documents, false, still.position().offset(), from(kept));
    }
  }

  static Changed since(ShardView view, Since query) {
    try (ShardView.Still still = view.still()) {
      long end = still.position().offset() + 1;
      KeptChanges kept = kept(still, query.collection());
      if (kept == null || kept.from() > query.from() || query.from() >= end) {
        return new Changed(List.of(), query.from(), false, from(kept));
      }
      int generation = still.position().generation();
      byte[] from = StateKeys.change(query.collection(), kept.since(), query.from(), 0);
      byte[] to = StateKeys.change(query.collection(), kept.since(), Long.MAX_VALUE, 0);
      List<Change> changes = new ArrayList<>();
      long bytes = 0;
      long last = -1;
      try (ShardView.Walk walk = still.walk(from, to)) {
        for (; walk.valid(); walk.next()) {
          long offset = StateKeys.changeOffset(walk.key());
          boolean full = changes.size() >= query.limit() || bytes > MOST_BYTES;
          if (full && offset != last) {
            return new Changed(changes, last + 1, true, kept.from());
          }
          ChangeEntry entry = ChangeEntry.decode(walk.value());
          changes.add(
              new Change(
                  entry.key(), new Version(generation, offset), entry.timestamp(), entry.value()));
          bytes += walk.value().length;
          last = offset;
        }
      }
      return new Changed(changes, end, false, kept.from());
    }
  }

  private static HiddenEdges hidden(ShardView.Still still, EdgeType type) {
    byte[] marks = StateKeys.hidden(type.id(), GraphQuery.Side.OUT);
    try (ShardView.Walk walk = still.walk(marks, StateKeys.hidden(type.id() + 1))) {
      return HiddenEdges.at(walk, marks);
    }
  }

  private static long from(@Nullable KeptChanges kept) {
    return kept == null ? -1 : kept.from();
  }

  private static @Nullable KeptChanges kept(ShardView.Still still, int collection) {
    byte[] key = StateKeys.changesKept(collection);
    try (ShardView.Walk walk = still.walk(key, Arrays.copyOf(key, key.length + 1))) {
      return walk.valid() ? KeptChanges.decode(walk.value()) : null;
    }
  }
}
