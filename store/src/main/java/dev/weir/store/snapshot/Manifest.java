package dev.weir.store.snapshot;

import dev.weir.store.Position;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What a snapshot of a shard is and of which files it consists.
 *
 * @param state which state it is
 * @param created when it was made, to the second
 * @param files ordered by name, each name once; with exactly one {@code CURRENT} and one {@code
 *     MANIFEST-…}
 */
public record Manifest(State state, Instant created, List<ManifestFile> files) {
  /** The format this release writes, and the newest it reads. */
  public static final int FORMAT = 1;

  /** More files than any shard has. */
  static final int MOST_FILES = 100_000;

  public Manifest {
    created = created.truncatedTo(ChronoUnit.SECONDS);
    files = files.stream().sorted(Comparator.comparing(ManifestFile::name)).toList();
    if (files.size() > MOST_FILES) {
      throw new IllegalArgumentException(files.size() + " files are too many");
    }
    Set<String> names = new HashSet<>();
    for (ManifestFile file : files) {
      if (!names.add(file.name())) {
        throw new IllegalArgumentException("the file " + file.name() + " is named twice");
      }
    }
    long roots = names.stream().filter(name -> name.startsWith("MANIFEST-")).count();
    if (roots != 1 || !names.contains("CURRENT")) {
      throw new IllegalArgumentException(
          "the files are not those of one database: CURRENT and one MANIFEST are needed");
    }
  }

  /**
   * Which state a snapshot holds.
   *
   * @param application name of the application
   * @param shard number of the shard, from 0
   * @param position how far the state has got; its offset is -1 if nothing was folded
   * @param definitions revision of the definitions in it
   */
  public record State(String application, int shard, Position position, int definitions) {
    public State {
      if (shard < 0 || definitions < 0 || position.offset() < -1 || position.generation() < 0) {
        throw new IllegalArgumentException("numbers below the possible ones");
      }
    }

    /** Why this cannot go on as a shard of a log; empty if it can. */
    public Optional<String> refusal(Target wanted) {
      if (!application.equals(wanted.application)) {
        return Optional.of(
            differs("application", "'" + application + "'", "'" + wanted.application + "'"));
      }
      if (shard != wanted.shard) {
        return Optional.of(differs("shard", shard, wanted.shard));
      }
      if (position.generation() != wanted.log.generation()) {
        return Optional.of(differs("generation", position.generation(), wanted.log.generation()));
      }
      if (!position.logId().equals(wanted.log.logId())) {
        return Optional.of(differs("log", position.logId(), wanted.log.logId()));
      }
      return Optional.empty();
    }

    private static String differs(String what, Object found, Object wanted) {
      return String.format(
          Locale.ROOT, "the snapshot is of %s %s, wanted is %s", what, found, wanted);
    }
  }

  /**
   * What a snapshot is wanted for.
   *
   * @param application name of the application
   * @param log any position in the log; its offset does not count
   * @param shard number of the shard
   */
  public record Target(String application, Position log, int shard) {}

  /** Bytes of all files. */
  public long size() {
    return files.stream().mapToLong(ManifestFile::size).sum();
  }
}
