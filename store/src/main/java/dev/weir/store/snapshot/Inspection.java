package dev.weir.store.snapshot;

import dev.weir.store.CatalogueJson;
import dev.weir.store.Position;
import dev.weir.store.UnreadableDefinitionsException;
import dev.weir.store.rocksdb.RocksShard;
import dev.weir.store.rocksdb.StateIdentity;
import dev.weir.store.write.StateKeys;
import dev.weir.store.write.StateValues;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Looks whether a directory holds what a manifest says. Changes nothing. */
public final class Inspection {
  private Inspection() {}

  /**
   * Compares the files with the manifest, then opens them and asks the database itself.
   *
   * @return why the directory must not be used; empty if it is sound
   */
  public static Optional<String> objection(Path directory, Manifest manifest) throws IOException {
    Optional<String> files = ofFiles(directory, manifest);
    return files.isPresent() ? files : ofDatabase(directory, manifest);
  }

  /** Opens files that were summed up already. */
  static Optional<String> ofDatabase(Path directory, Manifest manifest) {
    try {
      Manifest.State found = stateOf(directory);
      return found.equals(manifest.state())
          ? Optional.empty()
          : Optional.of("the database is " + found + ", the manifest says " + manifest.state());
    } catch (IllegalStateException e) {
      return Optional.of("the database cannot be read: " + e.getMessage());
    }
  }

  /** Compares the files alone. */
  static Optional<String> ofFiles(Path directory, Manifest manifest) throws IOException {
    TreeSet<String> present = new TreeSet<>();
    try (Stream<Path> children = Files.list(directory)) {
      children.forEach(child -> present.add(child.getFileName().toString()));
    }
    for (ManifestFile file : manifest.files()) {
      Path path = directory.resolve(file.name());
      if (!present.remove(file.name())) {
        return Optional.of("the file " + file.name() + " is missing");
      }
      BasicFileAttributes facts =
          Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      if (!facts.isRegularFile()) {
        return Optional.of(file.name() + " is no regular file");
      }
      if (facts.size() != file.size()) {
        return Optional.of(
            "the file %s has %d bytes, the manifest says %d"
                .formatted(file.name(), facts.size(), file.size()));
      }
      if (!Checksum.of(file.checksum().kind(), path).equals(file.checksum())) {
        return Optional.of("the file " + file.name() + " is damaged: its checksum is another one");
      }
    }
    return present.isEmpty()
        ? Optional.empty()
        : Optional.of("there are files that the manifest does not name: " + present);
  }

  /**
   * What a checkpoint is.
   *
   * @param kind of the checksums
   * @param sums remembers those of tables
   * @throws IllegalStateException if it cannot be read, or is none of a shard
   */
  public static Manifest describe(
      Path checkpoint, Checksum.Kind kind, ChecksumCache sums, Instant created) throws IOException {
    Manifest.State state = stateOf(checkpoint);
    List<Path> paths;
    try (Stream<Path> children = Files.list(checkpoint)) {
      paths = children.sorted().toList();
    }
    List<ManifestFile> files = new ArrayList<>();
    for (Path path : paths) {
      files.add(
          new ManifestFile(path.getFileName().toString(), Files.size(path), sums.of(kind, path)));
    }
    return new Manifest(state, created, files);
  }

  /**
   * What a database that nobody writes says of itself.
   *
   * @throws IllegalStateException if it cannot be read, or is none of a shard
   */
  static Manifest.State stateOf(Path directory) {
    List<byte @Nullable []> found =
        RocksShard.peek(
            directory, List.of(StateKeys.identity(), StateKeys.position(), StateKeys.catalogue()));
    byte[] identity = found.get(0);
    if (identity == null) {
      throw new IllegalStateException("it is no shard's");
    }
    StateIdentity state = StateIdentity.decode(identity);
    if (state.format() != StateIdentity.FORMAT) {
      throw new IllegalStateException(
          "its format is " + state.format() + ", this release knows " + StateIdentity.FORMAT);
    }
    byte[] position = found.get(1);
    return new Manifest.State(
        state.application(),
        state.shard(),
        position == null
            ? Position.start(state.logId(), state.generation())
            : StateValues.position(position),
        revision(found.get(2)));
  }

  private static int revision(byte @Nullable [] catalogue) {
    try {
      return catalogue == null ? 0 : CatalogueJson.readCatalogue(catalogue).revision();
    } catch (UnreadableDefinitionsException e) {
      throw new IllegalStateException("its definitions cannot be read: " + e.getMessage(), e);
    }
  }
}
