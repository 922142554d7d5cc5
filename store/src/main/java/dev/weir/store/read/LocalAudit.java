package dev.weir.store.read;

import dev.weir.store.AuditQuery;
import dev.weir.store.AuditQuery.Counted;
import dev.weir.store.AuditQuery.Mark;
import dev.weir.store.AuditQuery.Reached;
import dev.weir.store.Document;
import dev.weir.store.GraphQuery;
import dev.weir.store.Key;
import dev.weir.store.write.EdgeTypes.EdgeType;
import dev.weir.store.write.StateKeys;
import dev.weir.store.write.Watermark;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Counts the documents of a page and adds up their marks. Used once, by one thread. */
final class LocalAudit {

  /** After so many bytes of documents a page ends: whoever closes the shard waits for it. */
  private static final long PAGE_BYTES = 16 << 20;

  /** After so many bytes of named keys. */
  private static final long NAMED_BYTES = 1 << 20;

  private final AuditQuery.Documents query;
  private final long[] sums = new long[AuditQuery.BUCKETS];
  private final List<Mark> marks = new ArrayList<>();
  private long documents;
  private long bytes;
  private long namedBytes;

  LocalAudit(AuditQuery.Documents query) {
    this.query = query;
  }

  Counted of(ShardView view) {
    int collection = query.collection();
    Key after = query.after();
    byte[] lower =
        after == null
            ? StateKeys.documents(collection)
            : behind(StateKeys.document(collection, after.bytes()));
    byte[] upper = StateKeys.documents(collection + 1);
    EdgeType type = view.edges().of(collection);
    byte[] hiding = StateKeys.hidden(collection, GraphQuery.Side.OUT);
    // Marks that hide edges and the edges are seen as of one time, because one walk sees them.
    try (ShardView.Walk walk = view.walk(type == null ? lower : hiding, upper, false)) {
      HiddenEdges hidden = HiddenEdges.none();
      if (type != null) {
        hidden = HiddenEdges.at(walk, hiding);
        walk.seek(lower);
      }
      Key next = count(walk, type, hidden);
      return new Counted(documents, Arrays.stream(sums).boxed().toList(), marks, next);
    }
  }

  /** Counts until the page is full; the last key then, or null if there is nothing behind it. */
  private @Nullable Key count(ShardView.Walk walk, @Nullable EdgeType type, HiddenEdges hidden) {
    Key last = null;
    for (; walk.valid(); walk.next()) {
      if (last != null && isFull()) {
        return last;
      }
      byte[] stored = walk.value();
      last = LocalReader.key(walk.key());
      if (type == null || !hidden.hides(type, last, stored)) {
        add(LocalReader.document(walk.key(), stored));
      }
    }
    return null;
  }

  private boolean isFull() {
    return documents >= query.limit() || bytes > PAGE_BYTES || namedBytes > NAMED_BYTES;
  }

  private void add(Document document) {
    Key key = document.key();
    int bucket = AuditQuery.bucket(key);
    long mark = AuditQuery.mark(key, document.timestamp(), document.value());
    documents++;
    bytes += document.value().length;
    sums[bucket] += mark;
    if (query.named().contains(bucket)) {
      marks.add(new Mark(key, mark));
      namedBytes += key.bytes().length;
    }
  }

  /** How far the shard has got with every partition of a source. */
  static List<Reached> origins(ShardView view, AuditQuery.Origins query) {
    byte[] all = StateKeys.watermarks(query.source());
    byte[] end = StateKeys.watermarks(query.source() + 1);
    List<Reached> reached = new ArrayList<>();
    try (ShardView.Walk walk = view.walk(all, end, false)) {
      for (; walk.valid(); walk.next()) {
        Watermark watermark = Watermark.read(walk.value());
        reached.add(
            new Reached(
                StateKeys.watermarkTopic(walk.key()),
                StateKeys.watermarkPartition(walk.key()),
                watermark.revision(),
                watermark.seq()));
      }
    }
    return reached;
  }

  private static byte[] behind(byte[] key) {
    return Arrays.copyOf(key, key.length + 1);
  }
}
