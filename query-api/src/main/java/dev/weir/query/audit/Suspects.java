package dev.weir.query.audit;

import dev.weir.query.AuditReport.Kind;
import dev.weir.store.Document;
import dev.weir.store.Key;
import dev.weir.store.audit.AuditStoppedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Documents that are not as the records up to the cut leave them. Most of them have been changed
 * since, if the database is in use: each counts only if no newer record explains it, however often
 * it is looked at again until the patience is over. One thread.
 */
final class Suspects {
  private static final int AT_ONCE = 20_000;
  private static final int ROUNDS = 5;

  private final int collection;
  private final boolean isFirst;
  private final List<AuditedSource> sources;
  private final StateSide state;
  private final EdgesEnds ends;
  private final Findings findings;
  private final AuditPace pace;
  private final long patienceNanos;
  private final TreeMap<Key, Seen> suspects = new TreeMap<>();

  /**
   * None yet.
   *
   * @param ends why an edge may be gone
   */
  Suspects(AuditWork work, EdgesEnds ends, Findings findings) {
    this.collection = work.collection().id();
    // Earlier definitions may have let others write.
    this.isFirst = work.collection().revision() == 1;
    this.sources = work.sources();
    this.state = work.state();
    this.pace = work.pace();
    this.patienceNanos = work.patienceNanos();
    this.ends = ends;
    this.findings = findings;
  }

  /**
   * A document that is not as it should be.
   *
   * @param mark as it was seen; null = it was not there
   */
  void add(Key key, @Nullable Long mark, Expected expected) throws AuditStoppedException {
    suspects.put(key, new Seen(mark));
    if (suspects.size() >= AT_ONCE) {
      judge(expected);
    }
  }

  /** Finds out about all of them. */
  void judge(Expected expected) throws AuditStoppedException {
    for (int round = 0; !suspects.isEmpty(); round++) {
      removeExplained(expected);
      if (round == ROUNDS || suspects.isEmpty()) {
        break;
      }
      pace.pause(patienceNanos / ROUNDS);
      lookAgain(expected);
    }
    for (Map.Entry<Key, Seen> each : suspects.entrySet()) {
      find(each.getKey(), each.getValue().mark(), expected.of(each.getKey()));
    }
    suspects.clear();
  }

  private void removeExplained(Expected expected) throws AuditStoppedException {
    Tail tail = new Tail(suspects, expected);
    for (AuditedSource source : sources) {
      source.readOn(source.ends(), tail.consequences(), pace);
    }
    suspects.keySet().removeAll(tail.explained());
  }

  private void lookAgain(Expected expected) throws AuditStoppedException {
    List<Key> keys = new ArrayList<>(suspects.keySet());
    List<Optional<Document>> documents = state.documents(collection, keys);
    for (int i = 0; i < keys.size(); i++) {
      Long mark = StateSide.mark(documents.get(i));
      if (expected.allows(keys.get(i), mark)) {
        suspects.remove(keys.get(i));
      } else {
        suspects.put(keys.get(i), new Seen(mark));
      }
    }
  }

  private void find(Key key, @Nullable Long mark, List<Effect> effects)
      throws AuditStoppedException {
    if (effects.isEmpty()) {
      if (isFirst && sources.stream().allMatch(AuditedSource::isWhole)) {
        findings.differs(Kind.UNEXPECTED, key, "no record of its sources makes this document");
      } else {
        findings.unproved(
            key,
            "no record that is there makes this document: it is of one that is gone, or of an"
                + " earlier mapping");
      }
      return;
    }
    Effect effect = effects.get(effects.size() - 1);
    AuditedSource source = sources.get(effect.source());
    if (effect.counts()) {
      source.countFailed(effect.partition());
    }
    if (mark == null && ends.mayHaveTaken(key, effect.time())) {
      findings.unproved(key, "the edge went with a vertex at one of its ends, or was lost");
      return;
    }
    Kind kind =
        effect.kind() == Effect.Kind.REMOVED
            ? Kind.NOT_REMOVED
            : mark == null ? Kind.MISSING : Kind.OTHER_VALUE;
    findings.differs(
        kind, key, source, effect.partition(), effect.offset(), detail(kind, effects.size()));
  }

  private static String detail(Kind kind, int lanes) {
    String what =
        kind == Kind.NOT_REMOVED
            ? "the record removes the document, which is there"
            : kind == Kind.MISSING
                ? "the document of the record is not there"
                : "the document is not as the record says";
    return lanes == 1 ? what : what + ", nor as any other of " + lanes + " partitions or rows says";
  }
}
