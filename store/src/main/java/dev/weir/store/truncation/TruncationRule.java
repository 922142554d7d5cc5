package dev.weir.store.truncation;

import dev.weir.store.log.LogFacts;
import dev.weir.store.truncation.TruncationStep.Hold;
import dev.weir.store.truncation.TruncationStep.Truncate;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * Decides how much of a shard's log can go. A record may go once it is in a snapshot that was read
 * back and found sound, in the state of every replica that is alive, and behind what the group has
 * committed; and of those the last {@code margin} stay all the same. Pure.
 *
 * <p>The record at the position of a snapshot or a replica always stays: whoever goes on from there
 * compares its leader epoch with the log.
 *
 * @param margin records that stay though nobody needs them; not negative
 * @param forgetAfter how long a replica that is not heard of any more is waited for; it then gets
 *     its state from a snapshot if it returns; positive
 */
public record TruncationRule(long margin, Duration forgetAfter) {
  public TruncationRule {
    if (margin < 0 || forgetAfter.isNegative() || forgetAfter.isZero()) {
      throw new IllegalArgumentException("a margin of 0 or more records and a positive time");
    }
  }

  /**
   * Decides.
   *
   * @param log what Kafka says of the shard's log
   * @param snapshot offset of the last record in the newest sound snapshot; empty if there is none
   * @param replicas who has the shard, as far as known; those heard of too long ago do not count
   */
  public TruncationStep decide(
      LogFacts.Shard log, OptionalLong snapshot, List<ReplicaPosition> replicas, Instant now) {
    int shard = log.shard();
    if (snapshot.isEmpty()) {
      return new Hold(shard, "no sound snapshot of it is in the repository");
    }
    List<ReplicaPosition> counted =
        replicas.stream().filter(r -> r.seen().plus(forgetAfter).isAfter(now)).toList();
    if (counted.stream().noneMatch(ReplicaPosition::active)) {
      return new Hold(shard, "no node is its active: start one that can hold it");
    }
    if (log.groupOffset().isEmpty()) {
      return new Hold(shard, "the group has not committed an offset yet");
    }
    Optional<String> impossible = impossible(log, snapshot.getAsLong(), counted);
    if (impossible.isPresent()) {
      return new Hold(shard, impossible.get());
    }
    Bound bound = bound(snapshot.getAsLong(), counted, log.groupOffset().getAsLong());
    long before = Math.max(0, bound.offset()) - Math.min(margin, Math.max(0, bound.offset()));
    return before > log.start()
        ? new Truncate(shard, log.start(), before)
        : new Hold(
            shard,
            "all from %d on is needed: %s at %d, and %d records stay behind that"
                .formatted(log.start(), bound.what(), bound.offset(), margin));
  }

  /** What needs the earliest record, and which. */
  private record Bound(String what, long offset) {}

  private static Bound bound(long snapshot, List<ReplicaPosition> replicas, long group) {
    Stream<Bound> others =
        Stream.of(
            new Bound("the newest sound snapshot ends", snapshot),
            new Bound("the group has committed", group));
    return Stream.concat(
            others, replicas.stream().map(r -> new Bound("node " + r.node() + " is", r.offset())))
        .min(Comparator.comparingLong(Bound::offset))
        .orElseThrow();
  }

  private static Optional<String> impossible(
      LogFacts.Shard log, long snapshot, List<ReplicaPosition> replicas) {
    if (snapshot >= log.end()) {
      return Optional.of(
          "the snapshot has offset %d, but the log ends at %d: one of them is another log's"
              .formatted(snapshot, log.end()));
    }
    if (snapshot + 1 < log.start()) {
      return Optional.of(
          "the newest sound snapshot ends at %d, but the log begins at %d: make a snapshot now"
              .formatted(snapshot, log.start()));
    }
    return replicas.stream()
        .filter(replica -> replica.offset() >= log.end())
        .findFirst()
        .map(
            replica ->
                "node %s has folded offset %d, but the log ends at %d: do not truncate before this is"
                        .formatted(replica.node(), replica.offset(), log.end())
                    + " explained");
  }
}
