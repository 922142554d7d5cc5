package dev.weir.query.audit;

import dev.weir.query.AuditReport;
import dev.weir.query.AuditReport.Kind;
import dev.weir.store.AuditQuery;
import dev.weir.store.AuditQuery.Reached;
import dev.weir.store.Key;
import dev.weir.store.audit.AuditStoppedException;
import dev.weir.store.audit.Meaning;
import dev.weir.store.audit.SourceRecord;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Compares a collection with all its sources (decision 30). The state is added up by buckets of
 * keys; the records are read as ingest reads them, in as many passes as memory asks for; documents
 * are named only in buckets whose sums differ. Used once, by one thread.
 */
final class CollectionAudit {
  private final AuditWork work;
  private final AuditPorts ports;
  private final Findings findings;
  private final Suspects suspects;

  CollectionAudit(AuditWork work, AuditPorts ports) {
    this.work = work;
    this.ports = ports;
    this.findings = new Findings(work.collection().keyType());
    EdgesEnds ends = new EdgesEnds(ports.database().catalogue(), work.collection(), work.state());
    this.suspects = new Suspects(work, ends, findings);
  }

  AuditReport run() throws AuditStoppedException {
    work.pace().enter("waiting until ingest has copied what is there");
    for (AuditedSource source : work.sources()) {
      source.cut(work.pace(), work.patienceNanos());
      letters(source);
      formerTopics(source);
    }
    work.pace().enter("adding up the documents");
    StateSide.Sums state = work.state().sums(work.collection().id());
    int low = 0;
    int width = AuditQuery.BUCKETS;
    for (int pass = 1; low < AuditQuery.BUCKETS; pass++) {
      work.pace().enter("reading the sources, pass " + pass);
      int high = Math.min(AuditQuery.BUCKETS, low + width);
      Expected expected = new Expected(low, high, ports.memoryBytes());
      read(expected, pass == 1);
      work.pace().enter("comparing, pass " + pass);
      compare(expected, state, low);
      width = expected.high() - low;
      low = expected.high();
    }
    work.pace().enter("comparing offsets");
    for (AuditedSource source : work.sources()) {
      compareOffsets(source);
    }
    return new AuditReport(
        work.collection().name(),
        state.documents(),
        work.sources().stream().map(AuditedSource::report).toList(),
        findings.differences(),
        findings.unnamed(),
        findings.unproved(),
        findings.unprovedUnnamed());
  }

  // After the cut: what ingest has put aside below it is there by now.
  private void letters(AuditedSource source) throws AuditStoppedException {
    try {
      ports.letters().tell(source.definition(), source.letters());
    } catch (IOException e) {
      throw new AuditStoppedException(String.valueOf(e.getMessage()), e);
    }
  }

  private void formerTopics(AuditedSource source) throws AuditStoppedException {
    for (int shard = 0; shard < work.state().shards(); shard++) {
      for (Reached each : work.state().origins(source.definition().id(), shard)) {
        if (!each.topicId().equals(source.facts().id())) {
          source.wasRecreated();
        }
      }
    }
  }

  private void read(Expected expected, boolean first) throws AuditStoppedException {
    for (AuditedSource source : work.sources()) {
      source.read(expected, first, work.pace(), (record, lost) -> lost(source, record, lost));
      if (expected.isOverflowing()) {
        throw new AuditStoppedException(
            "there are more keys than fit into the memory of an audit: "
                + ports.memoryBytes()
                + " bytes hold less than one bucket of "
                + AuditQuery.BUCKETS);
      }
    }
    for (List<Effect> last : expected.last()) {
      last.forEach(effect -> work.sources().get(effect.source()).countLast(effect));
    }
  }

  private void lost(AuditedSource source, SourceRecord record, Meaning.Unkept lost) {
    if (source.letters().isWhole()) {
      findings.differs(
          Kind.NOT_KEPT,
          null,
          source,
          record.partition(),
          record.offset(),
          "neither taken nor among the dead letters: " + lost.why());
    } else {
      findings.unproved(
          null,
          "the record at offset %d of partition %d of %s cannot be taken, and the first dead letters"
                  .formatted(record.offset(), record.partition(), source.definition().name())
              + " are gone");
    }
  }

  private void compare(Expected expected, StateSide.Sums state, int low)
      throws AuditStoppedException {
    long[] sums = expected.sums();
    SortedSet<Integer> differing = new TreeSet<>();
    for (int bucket = low; bucket < expected.high(); bucket++) {
      if (sums[bucket] != state.sums()[bucket]) {
        differing.add(bucket);
      }
    }
    Set<Key> seen = new HashSet<>();
    work.state()
        .marks(
            work.collection().id(),
            differing,
            mark -> {
              if (!expected.of(mark.key()).isEmpty()) {
                seen.add(mark.key());
              }
              if (!expected.allows(mark.key(), mark.mark())) {
                suspects.add(mark.key(), mark.mark(), expected);
              }
            });
    for (Key key : expected.keys()) {
      if (differing.contains(AuditQuery.bucket(key))
          && !seen.contains(key)
          && !expected.allows(key, null)) {
        suspects.add(key, null, expected);
      }
    }
    suspects.judge(expected);
  }

  /** What every shard says it has applied last, with what the source has for it. */
  private void compareOffsets(AuditedSource source) throws AuditStoppedException {
    for (int shard = 0; shard < work.state().shards(); shard++) {
      List<Reached> reached = work.state().origins(source.definition().id(), shard);
      List<Long> ends = source.ends();
      for (int partition = 0; partition < ends.size(); partition++) {
        long applied = applied(source, partition, reached);
        long last = source.lastTaken(partition, shard);
        if (applied < last) {
          findings.differs(
              Kind.NOT_REACHED,
              null,
              source,
              partition,
              last,
              "shard %d has applied records up to offset %d only".formatted(shard, applied));
        } else if (applied >= ends.get(partition)) {
          findings.differs(
              Kind.TOPIC_LOST_ITS_END,
              null,
              source,
              partition,
              applied,
              "shard %d has applied this record, and the topic ends at offset %d"
                  .formatted(shard, ends.get(partition)));
        }
      }
    }
  }

  private static long applied(AuditedSource source, int partition, List<Reached> reached) {
    for (Reached each : reached) {
      if (each.topicId().equals(source.facts().id())
          && each.partition() == partition
          && each.revision() == source.definition().revision()) {
        return each.seq();
      }
    }
    return -1;
  }
}
