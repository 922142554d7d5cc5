package dev.weir.store.snapshot;

import dev.weir.store.Position;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The snapshots of one log of an application. A file is named by its checksum and stored once,
 * however many snapshots it belongs to; a snapshot exists as soon as its manifest does, which is
 * stored last and only when all its files are there. Safe from any thread; calls block.
 */
public final class SnapshotRepository {
  private static final Logger LOG = LoggerFactory.getLogger(SnapshotRepository.class);
  private static final int MOST_MANIFEST_BYTES = 32 << 20;

  private final ObjectStore store;
  private final RepositoryLayout layout;

  /**
   * The snapshots of a log.
   *
   * @param store where they are; not closed with this
   * @param application name of the application
   * @param log any position in the log; its offset does not count
   */
  public SnapshotRepository(ObjectStore store, String application, Position log) {
    this.store = store;
    this.layout = new RepositoryLayout(ObjectNames.check(application), log);
  }

  /** The logs of an application that have snapshots in a storage; positions without an offset. */
  public static List<Position> logs(ObjectStore store, String application) throws IOException {
    Set<Position> found = new LinkedHashSet<>();
    for (ObjectStore.Entry entry : store.list(ObjectNames.check(application) + "/")) {
      RepositoryLayout.log(entry.name()).ifPresent(found::add);
    }
    return List.copyOf(found);
  }

  /**
   * What storing a snapshot came to.
   *
   * @param snapshot as it is called now
   * @param bytes that were stored for it; the others were there
   * @param files that were stored for it
   */
  public record Stored(Snapshot snapshot, long bytes, int files) {}

  /**
   * Stores what is missing of a snapshot, looks whether all of it is there, and stores its
   * manifest.
   *
   * @param manifest with SHA-256 checksums
   * @param directory with its files
   */
  public Stored store(Manifest manifest, Path directory) throws IOException {
    int shard = manifest.state().shard();
    Map<String, Long> present = sizes(shard);
    Marks.Damaged damaged = marks().damaged(shard);
    long bytes = 0;
    int files = 0;
    for (ManifestFile file : manifest.files()) {
      if (file.checksum().kind() != Checksum.Kind.SHA256) {
        throw new IllegalArgumentException("files are stored by their SHA-256");
      }
      String name = layout.file(shard, file);
      Long size = present.put(name, file.size());
      if (damaged.has(file)) {
        mend(shard, file, directory.resolve(file.name()));
        bytes += file.size();
        files++;
      } else if (size == null || size != file.size()) {
        store.put(name, directory.resolve(file.name()));
        bytes += file.size();
        files++;
      }
    }
    // What was there before may have been collected meanwhile, and what was stored may be cut off.
    Optional<ManifestFile> missing = missing(manifest);
    if (missing.isPresent()) {
      throw new IOException(
          "the file %s is not in the repository as it was stored".formatted(missing.get().name()));
    }
    Snapshot snapshot = Snapshot.of(manifest);
    store.put(layout.manifest(snapshot), ManifestText.write(manifest));
    return new Stored(snapshot, bytes, files);
  }

  /** Stores a file that is there and is damaged; it may be this node's copy that was. */
  private void mend(int shard, ManifestFile file, Path good) throws IOException {
    if (!Checksum.of(Checksum.Kind.SHA256, good).equals(file.checksum())) {
      throw new IOException(
          "the file %s has changed on this node's disk: replace the state of shard %d, and the disk"
              .formatted(good, shard));
    }
    store.put(layout.file(shard, file), good);
    marks().mended(shard, file);
    LOG.info(
        "The file {} of shard {} was damaged in {} and is stored anew",
        file.name(),
        shard,
        place());
  }

  /**
   * Whether a snapshot is there with all its files, as far as their sizes tell, and none of them
   * was found damaged.
   */
  boolean isWhole(Snapshot snapshot) throws IOException {
    return manifest(snapshot) instanceof ManifestText.Reading.Read read
        && missing(read.manifest()).isEmpty()
        && !marks().damaged(snapshot.shard()).has(read.manifest());
  }

  /** A file that is not there, or has another size. */
  Optional<ManifestFile> missing(Manifest manifest) throws IOException {
    int shard = manifest.state().shard();
    Map<String, Long> sizes = sizes(shard);
    return manifest.files().stream()
        .filter(file -> sizes.getOrDefault(layout.file(shard, file), -1L) != file.size())
        .findFirst();
  }

  Marks marks() {
    return new Marks(store, layout);
  }

  private Map<String, Long> sizes(int shard) throws IOException {
    Map<String, Long> sizes = new HashMap<>();
    for (ObjectStore.Entry entry : store.list(layout.files(shard))) {
      sizes.put(entry.name(), entry.size());
    }
    return sizes;
  }

  /** The shards that have snapshots, ascending. */
  public List<Integer> shards() throws IOException {
    TreeSet<Integer> found = new TreeSet<>();
    for (ObjectStore.Entry entry : store.list(layout.root())) {
      layout.shardOfManifest(entry.name()).ifPresent(found::add);
    }
    return List.copyOf(found);
  }

  /** The log whose snapshots these are; a position without an offset. */
  public Position log() {
    return layout.log();
  }

  /** The snapshots of a shard, newest first. */
  public List<Snapshot> list(int shard) throws IOException {
    List<Snapshot> found = new ArrayList<>();
    for (ObjectStore.Entry entry : store.list(layout.manifests(shard))) {
      RepositoryLayout.snapshot(shard, entry.name()).ifPresent(found::add);
    }
    found.sort(Comparator.comparing(Snapshot::created).thenComparing(Snapshot::offset).reversed());
    return found;
  }

  /** A snapshot's manifest, or why there is none that can be used. */
  public ManifestText.Reading manifest(Snapshot snapshot) throws IOException {
    Optional<InputStream> found = store.open(layout.manifest(snapshot), 0);
    if (found.isEmpty()) {
      return new ManifestText.Reading.Refused("there is no snapshot " + snapshot.id());
    }
    ManifestText.Reading reading;
    try (InputStream in = found.get()) {
      reading = ManifestText.read(in.readNBytes(MOST_MANIFEST_BYTES));
    }
    if (reading instanceof ManifestText.Reading.Read read) {
      Manifest manifest = read.manifest();
      Optional<String> refusal =
          manifest
              .state()
              .refusal(new Manifest.Target(layout.application(), layout.log(), snapshot.shard()));
      if (refusal.isPresent()) {
        return new ManifestText.Reading.Refused(refusal.get());
      }
      if (!Snapshot.of(manifest).equals(snapshot)) {
        return new ManifestText.Reading.Refused(
            "the manifest is of " + Snapshot.of(manifest).id() + ", not of " + snapshot.id());
      }
    }
    return reading;
  }

  /** The files of a snapshot. */
  public SnapshotSource source(Manifest manifest) {
    return new RepositorySource(store, layout, manifest);
  }

  ObjectStore objects() {
    return store;
  }

  RepositoryLayout layout() {
    return layout;
  }

  /** Where it is, for people. */
  public String place() {
    return store.place() + "/" + layout.root();
  }
}
