package dev.weir.chaos.cluster;

import dev.weir.chaos.process.Commands;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The file system of a node's state: a small one in memory where this user may mount one, which can
 * be filled up; otherwise a plain directory. Not thread-safe.
 */
public final class Disk {

  private static final int MEBIBYTES = 192;
  private static final int CHUNK = 64 * 1024;

  private final Path path;
  private final boolean mounted;

  private Disk(Path path, boolean mounted) {
    this.path = path;
    this.mounted = mounted;
  }

  static Disk at(Path path, boolean bounded) {
    try {
      Files.createDirectories(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String size = "size=" + MEBIBYTES + "m";
    boolean mounted =
        bounded && Commands.run("mount", "-t", "tmpfs", "-o", size, "weir-chaos", path.toString());
    Disk disk = new Disk(path, mounted);
    if (mounted) {
      Runtime.getRuntime().addShutdownHook(new Thread(disk::unmount, "unmount-" + path));
    }
    return disk;
  }

  /** Whether it can be filled up without harm to others. */
  public boolean isBounded() {
    return mounted;
  }

  Path path() {
    return path;
  }

  /** Where the node keeps its state. */
  public Path state() {
    return path.resolve("state");
  }

  /** Deletes all state; the node must not run. */
  public void empty() {
    try {
      deleteAll(state());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Deletes a directory with all that is in it; harmless if there is none. */
  static void deleteAll(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    List<Path> all;
    try (Stream<Path> walk = Files.walk(directory)) {
      all = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path each : all) {
      Files.delete(each);
    }
  }

  /** Leaves no byte free. */
  public void fill() {
    if (!mounted) {
      throw new IllegalStateException(path + " is not a file system of its own");
    }
    byte[] chunk = new byte[CHUNK];
    try (OutputStream out = Files.newOutputStream(ballast())) {
      while (true) {
        out.write(chunk);
      }
    } catch (IOException e) {
      // Full: that was the aim.
    }
  }

  /** Gives the room back. */
  public void free() {
    try {
      Files.deleteIfExists(ballast());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path ballast() {
    return path.resolve("ballast");
  }

  void close() {
    if (mounted) {
      unmount();
    }
  }

  private void unmount() {
    // Harmless if it was done before.
    boolean unused = Commands.run("umount", "-l", path.toString());
  }
}
