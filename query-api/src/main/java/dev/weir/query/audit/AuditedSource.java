package dev.weir.query.audit;

import dev.weir.query.AuditReport;
import dev.weir.store.CollectionDefinition;
import dev.weir.store.ShardMap;
import dev.weir.store.SourceDefinition;
import dev.weir.store.SourceDefinition.Start;
import dev.weir.store.audit.AuditStoppedException;
import dev.weir.store.audit.AuditedTopic;
import dev.weir.store.audit.LetterPlaces;
import dev.weir.store.audit.Meaning;
import dev.weir.store.audit.RecordReading;
import dev.weir.store.audit.SourceRecord;
import dev.weir.store.audit.TopicFacts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import org.apache.kafka.common.Uuid;

/** One source of an audit: how far it is looked at, and what its records were. One thread. */
final class AuditedSource {
  private static final long PAUSE = 50_000_000;

  private final int number;
  private final SourceDefinition definition;
  private final AuditedTopic topic;
  private final RecordReading reading;
  private final ShardMap shards;
  private final LetterPlaces letters = new LetterPlaces();
  private TopicFacts facts;
  private boolean recreated;
  private long[] starts = {};
  private long[] cuts = {};
  private Count[] counts = {};

  /** What the records of a partition were. */
  private static final class Count {
    private final long[] lastTaken;
    private long read;
    private long taken;
    private long filtered;
    private long letters;
    private long before;
    private long applied;
    private long failed;

    Count(int shards) {
      this.lastTaken = new long[shards];
      Arrays.fill(lastTaken, -1);
    }
  }

  /**
   * A source.
   *
   * @param number in the audit
   * @throws IllegalArgumentException if its definition cannot be used
   */
  AuditedSource(
      int number, SourceDefinition definition, CollectionDefinition collection, AuditPorts ports) {
    this.number = number;
    this.definition = definition;
    this.reading = new RecordReading(definition, collection, ports.limits(), letters);
    this.topic = ports.topics().apply(definition);
    this.shards = ports.database().shards();
    this.facts = new TopicFacts(Uuid.ZERO_UUID, false, List.of());
  }

  SourceDefinition definition() {
    return definition;
  }

  int number() {
    return number;
  }

  TopicFacts facts() {
    return facts;
  }

  LetterPlaces letters() {
    return letters;
  }

  /**
   * Decides up to where the source is looked at: what is there now, as far as ingest has it in the
   * log within the patience.
   */
  void cut(AuditPace pace, long patienceNanos) throws AuditStoppedException {
    facts = topic.look();
    List<TopicFacts.Partition> wanted = facts.partitions();
    int partitions = wanted.size();
    long deadline = System.nanoTime() + patienceNanos;
    TopicFacts now = facts;
    while (!isDone(now, wanted) && System.nanoTime() - deadline < 0) {
      pace.pause(PAUSE);
      now = topic.look();
      if (!now.id().equals(facts.id())) {
        throw new AuditStoppedException("the topic " + definition.topic() + " was made anew");
      }
    }
    starts = new long[partitions];
    cuts = new long[partitions];
    counts = new Count[partitions];
    List<TopicFacts.Partition> cut = new ArrayList<>();
    for (int i = 0; i < partitions; i++) {
      TopicFacts.Partition then = wanted.get(i);
      TopicFacts.Partition last = now.partitions().get(i);
      starts[i] = last.start();
      cuts[i] = Math.max(last.start(), Math.min(then.end(), last.done()));
      counts[i] = new Count(shards.shards());
      cut.add(new TopicFacts.Partition(last.start(), then.end(), last.done(), last.begin()));
    }
    facts = new TopicFacts(facts.id(), facts.compacts(), cut);
  }

  private static boolean isDone(TopicFacts now, List<TopicFacts.Partition> wanted) {
    for (int i = 0; i < wanted.size(); i++) {
      if (now.partitions().get(i).done() < wanted.get(i).end()) {
        return false;
      }
    }
    return true;
  }

  /** Whether no document can have come from a record that is not there any more. */
  boolean isWhole() {
    return !facts.compacts()
        && !recreated
        && definition.revision() == 1
        && definition.mapping().start() == Start.EARLIEST
        && Arrays.stream(starts).allMatch(start -> start == 0);
  }

  /** Shards have applied records of another topic of the same name. */
  void wasRecreated() {
    recreated = true;
  }

  /** From here on the source has taken the records of a partition, by its present mapping. */
  private long begin(int partition) {
    if (definition.mapping().start() == Start.EARLIEST) {
      return 0;
    }
    long begin = facts.partitions().get(partition).begin();
    return begin < 0 ? cuts[partition] : begin;
  }

  /**
   * Reads up to the cut.
   *
   * @param first whether records are counted: they are read again in every pass
   * @param unkept hears of those that were neither taken nor put to the dead letters
   */
  void read(
      Expected expected,
      boolean first,
      AuditPace pace,
      BiConsumer<SourceRecord, Meaning.Unkept> unkept)
      throws AuditStoppedException {
    List<Long> began =
        topic.read(
            list(starts),
            list(cuts),
            record -> {
              pace.record();
              take(record, expected, first, unkept);
            });
    for (int i = 0; i < starts.length; i++) {
      starts[i] = Math.max(starts[i], Math.min(began.get(i), cuts[i]));
    }
  }

  private void take(
      SourceRecord record,
      Expected expected,
      boolean first,
      BiConsumer<SourceRecord, Meaning.Unkept> unkept) {
    Meaning meaning = reading.read(record);
    Count count = counts[record.partition()];
    boolean before = record.offset() < begin(record.partition());
    if (first) {
      count(record, meaning, count, before);
      if (meaning instanceof Meaning.Unkept lost && !before) {
        unkept.accept(record, lost);
      }
    }
    if (meaning instanceof Meaning.Taken taken) {
      expected.take(number, record, taken, before);
    }
  }

  private void count(SourceRecord record, Meaning meaning, Count count, boolean before) {
    count.read++;
    if (before) {
      count.before++;
    } else if (meaning instanceof Meaning.Taken taken) {
      if (taken.filtered()) {
        count.filtered++;
      } else if (taken.maybe()) {
        count.letters++;
      } else {
        count.taken++;
      }
      if (!taken.maybe()) {
        count.lastTaken[shards.shardOf(taken.shardKey())] = record.offset();
      }
    } else if (meaning instanceof Meaning.Kept) {
      count.letters++;
    } else if (meaning instanceof Meaning.Skipped) {
      count.filtered++;
    }
  }

  /** An effect was the last one that its record left behind. */
  void countLast(Effect effect) {
    if (effect.counts() && effect.kind() != Effect.Kind.ANY) {
      counts[effect.partition()].applied++;
    }
  }

  /** A difference was found at a record whose effect was counted. */
  void countFailed(int partition) {
    counts[partition].failed++;
  }

  /** The offset that a shard must at least have applied of a partition; -1 = none. */
  long lastTaken(int partition, int shard) {
    return counts[partition].lastTaken[shard];
  }

  /**
   * The ends of the partitions as they are now.
   *
   * @throws AuditStoppedException if the topic is another one, or has more partitions, whose
   *     records nobody has looked at
   */
  List<Long> ends() throws AuditStoppedException {
    TopicFacts now = topic.look();
    if (!now.id().equals(facts.id()) || now.partitions().size() != cuts.length) {
      throw new AuditStoppedException(
          "the topic " + definition.topic() + " is not the same any more: begin anew");
    }
    return now.partitions().stream().map(TopicFacts.Partition::end).toList();
  }

  /** Reads what came behind the cut. */
  void readOn(List<Long> ends, Consequences consequences, AuditPace pace)
      throws AuditStoppedException {
    List<Long> unused =
        topic.read(
            list(cuts),
            ends,
            record -> {
              pace.record();
              if (reading.read(record) instanceof Meaning.Taken taken) {
                consequences.take(number, record, taken, false);
              }
            });
  }

  private static List<Long> list(long[] numbers) {
    return Arrays.stream(numbers).boxed().toList();
  }

  AuditReport.Source report() {
    List<AuditReport.Partition> partitions = new ArrayList<>();
    for (int i = 0; i < cuts.length; i++) {
      Count count = counts[i];
      partitions.add(
          new AuditReport.Partition(
              i,
              starts[i],
              cuts[i],
              Math.max(0, facts.partitions().get(i).end() - cuts[i]),
              Math.max(0, count.applied - count.failed),
              Math.max(0, count.taken - count.applied),
              count.filtered,
              count.letters,
              count.before,
              Math.max(0, cuts[i] - starts[i] - count.read)));
    }
    return new AuditReport.Source(
        definition.name(), definition.topic(), definition.revision(), facts.compacts(), partitions);
  }

  void close() {
    topic.close();
  }
}
