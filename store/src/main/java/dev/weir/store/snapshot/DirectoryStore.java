package dev.weir.store.snapshot;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Objects as files below a directory, which may be a network mount: each is written beside its
 * place, forced to disk and renamed, so that nobody ever sees half of one.
 */
public final class DirectoryStore implements ObjectStore {
  private static final String DRAFTS = ".drafts";
  private static final Duration ABANDONED = Duration.ofDays(1);

  private final Path root;

  /** Objects below {@code root}, which is created with the first one. */
  public DirectoryStore(Path root) {
    this.root = root.toAbsolutePath().normalize();
  }

  @Override
  public void put(String name, Path file) throws IOException {
    Path draft = draft();
    try {
      try (FileChannel from = FileChannel.open(file, StandardOpenOption.READ);
          FileChannel to =
              FileChannel.open(draft, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        long size = from.size();
        for (long at = 0; at < size; ) {
          at += from.transferTo(at, size - at, to);
        }
        to.force(true);
      }
      publish(draft, name);
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  @Override
  public void put(String name, byte[] content) throws IOException {
    Path draft = draft();
    try {
      try (FileChannel to =
          FileChannel.open(draft, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        ByteBuffer bytes = ByteBuffer.wrap(content);
        while (bytes.hasRemaining()) {
          to.write(bytes);
        }
        to.force(true);
      }
      publish(draft, name);
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  private Path draft() throws IOException {
    Path drafts = root.resolve(DRAFTS);
    Files.createDirectories(drafts);
    return drafts.resolve(UUID.randomUUID().toString());
  }

  private void publish(Path draft, String name) throws IOException {
    Path target = root.resolve(ObjectNames.check(name));
    Path parent = target.getParent();
    if (parent == null) {
      throw new IllegalStateException("the root of the file system as a repository");
    }
    Files.createDirectories(parent);
    Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    for (Path each = parent; each.startsWith(root); each = each.resolve("..").normalize()) {
      Trees.force(each);
      if (each.equals(root)) {
        break;
      }
    }
  }

  @Override
  public Optional<InputStream> open(String name, long from) throws IOException {
    try {
      FileChannel channel =
          FileChannel.open(
              root.resolve(ObjectNames.check(name)),
              StandardOpenOption.READ,
              LinkOption.NOFOLLOW_LINKS);
      channel.position(from);
      return Optional.of(Channels.newInputStream(channel));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  @Override
  public List<Entry> list(String prefix) throws IOException {
    ObjectNames.checkPrefix(prefix);
    Path start = root.resolve(prefix.substring(0, prefix.lastIndexOf('/') + 1));
    List<Entry> found = new ArrayList<>();
    if (!Files.isDirectory(start)) {
      return found;
    }
    Files.walkFileTree(
        start,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes facts) {
            return directory.equals(root.resolve(DRAFTS))
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes facts) {
            String name = root.relativize(file).toString().replace('\\', '/');
            if (facts.isRegularFile() && name.startsWith(prefix)) {
              found.add(new Entry(name, facts.size(), facts.lastModifiedTime().toInstant()));
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException failure)
              throws IOException {
            // Another node may have deleted it since its directory was read.
            if (failure instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw failure;
          }
        });
    found.sort(Comparator.comparing(Entry::name));
    return found;
  }

  @Override
  public void delete(String name) throws IOException {
    Path file = root.resolve(ObjectNames.check(name));
    if (Files.deleteIfExists(file) && file.getParent() != null) {
      removeIfEmpty(file.getParent());
    }
    dropAbandonedDrafts();
  }

  private static void removeIfEmpty(Path directory) throws IOException {
    try {
      Files.deleteIfExists(directory);
    } catch (DirectoryNotEmptyException e) {
      // As it should be: other objects are in it.
      return;
    }
  }

  private void dropAbandonedDrafts() throws IOException {
    Path drafts = root.resolve(DRAFTS);
    if (!Files.isDirectory(drafts)) {
      return;
    }
    Instant before = Instant.now().minus(ABANDONED);
    try (var children = Files.newDirectoryStream(drafts)) {
      for (Path draft : children) {
        if (Files.getLastModifiedTime(draft).toInstant().isBefore(before)) {
          Files.deleteIfExists(draft);
        }
      }
    } catch (NoSuchFileException e) {
      // It was finished or dropped by somebody else just now.
      return;
    }
  }

  @Override
  public String place() {
    return root.toString();
  }

  @Override
  public void close() {}
}
