package dev.weir.store.rebase;

import dev.weir.store.snapshot.Manifest;
import dev.weir.store.snapshot.ManifestText.Reading;
import dev.weir.store.snapshot.Snapshot;
import dev.weir.store.snapshot.SnapshotRepository;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * One snapshot of every shard of an application, made at about the same time.
 *
 * @param members ordered by shard
 */
record SnapshotSet(List<Member> members) {

  /** A snapshot and what its manifest says. */
  record Member(Snapshot snapshot, Manifest manifest) {}

  /**
   * The newest of every shard.
   *
   * @param shards how many there are
   * @param at none that is younger than this; empty = whatever there is
   */
  static SnapshotSet choose(SnapshotRepository repository, int shards, Optional<Instant> at)
      throws IOException, CloneRefusedException {
    List<Integer> found = repository.shards();
    List<Integer> wanted = IntStream.range(0, shards).boxed().toList();
    if (!found.equals(wanted)) {
      throw new CloneRefusedException(
          ("there are snapshots of the shards %s in %s, and %d shards are configured: configure as"
                  + " many as the application has and make a snapshot of each, or choose another"
                  + " log of it with --log")
              .formatted(found, repository.place(), shards));
    }
    List<Member> members = new ArrayList<>();
    for (int shard : wanted) {
      members.add(member(repository, shard, at));
    }
    return new SnapshotSet(List.copyOf(members));
  }

  private static Member member(SnapshotRepository repository, int shard, Optional<Instant> at)
      throws IOException, CloneRefusedException {
    List<String> refused = new ArrayList<>();
    for (Snapshot snapshot : repository.list(shard)) {
      if (at.isPresent() && snapshot.created().isAfter(at.get())) {
        continue;
      }
      Reading reading = repository.manifest(snapshot);
      if (reading instanceof Reading.Read read) {
        return new Member(snapshot, read.manifest());
      }
      refused.add(snapshot.id() + ": " + ((Reading.Refused) reading).reason());
    }
    throw new CloneRefusedException(
        "shard %d has no snapshot%s that can be used %s"
            .formatted(shard, at.map(time -> " up to " + time).orElse(""), refused));
  }

  /** The one with the newest definitions. */
  Member newestDefinitions() {
    return members.stream()
        .max(Comparator.comparingInt(member -> member.manifest().state().definitions()))
        .orElseThrow();
  }
}
