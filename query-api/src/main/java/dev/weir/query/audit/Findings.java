package dev.weir.query.audit;

import dev.weir.query.AuditReport.Difference;
import dev.weir.query.AuditReport.Kind;
import dev.weir.query.AuditReport.Unproved;
import dev.weir.store.Key;
import dev.weir.store.KeyCodec;
import dev.weir.store.KeyType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Names the first differences of an audit and counts the others. One thread. */
final class Findings {
  /** Differences that are named. */
  static final int MOST = 1000;

  private static final int MOST_UNPROVED = 100;

  private final KeyCodec codec;
  private final List<Difference> differences = new ArrayList<>();
  private final List<Unproved> unproved = new ArrayList<>();
  private long unnamed;
  private long unprovedUnnamed;

  Findings(KeyType keys) {
    this.codec = KeyCodec.of(keys);
  }

  /** A difference that no record can be named for. */
  void differs(Kind kind, Key key, String detail) {
    add(new Difference(kind, codec.toText(key), "", -1, -1, detail));
  }

  /**
   * A difference.
   *
   * @param key of the document; null = it is not about one
   */
  void differs(
      Kind kind,
      @Nullable Key key,
      AuditedSource source,
      int partition,
      long offset,
      String detail) {
    String text = key == null ? "" : codec.toText(key);
    add(new Difference(kind, text, source.definition().name(), partition, offset, detail));
  }

  private void add(Difference difference) {
    if (differences.size() < MOST) {
      differences.add(difference);
    } else {
      unnamed++;
    }
  }

  /** Something cannot be proved. */
  void unproved(@Nullable Key key, String why) {
    if (unproved.size() < MOST_UNPROVED) {
      unproved.add(new Unproved(key == null ? "" : codec.toText(key), why));
    } else {
      unprovedUnnamed++;
    }
  }

  List<Difference> differences() {
    return differences;
  }

  long unnamed() {
    return unnamed;
  }

  List<Unproved> unproved() {
    return unproved;
  }

  long unprovedUnnamed() {
    return unprovedUnnamed;
  }
}
