package dev.weir.store.snapshot;

import dev.weir.store.snapshot.Transfer.Result;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Brings the files of a snapshot into a directory. What arrived is kept until it is complete, named
 * by its content, so that a further attempt, also from another source or after a restart of the
 * process, goes on where this one ended. One download at a time may use a directory.
 */
public final class Download {
  /** Most that is taken at once: fits into the caches of a processor. */
  private static final int CHUNK = 128 << 10;

  private static final long SPARE_BYTES = 64L << 20;

  private final Path parts;
  private final Path assembly;
  private final Executor threads;
  private final Throttle throttle;
  private final Transfer transfer;
  private final Queue<ByteBuffer> rooms = new ConcurrentLinkedQueue<>();
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

  /**
   * A download.
   *
   * @param directory its alone; made if it is missing
   * @param threads as many files as these come at once; the caller's thread must not be one of them
   * @param throttle limits what comes from the source
   * @param transfer told how far it is
   */
  public Download(Path directory, Executor threads, Throttle throttle, Transfer transfer) {
    this.parts = directory.resolve("parts");
    this.assembly = directory.resolve("complete");
    this.threads = threads;
    this.throttle = throttle;
    this.transfer = transfer;
  }

  /** A source whose bytes are not what its manifest says. */
  private static final class DamagedException extends Exception {
    private static final long serialVersionUID = 1L;

    DamagedException(String message) {
      super(message);
    }
  }

  /** Where a file's bytes go. */
  private record Sink(ArrivingFile out, Checksum.Sum sum) {}

  /** Deletes a directory of downloads with all that has arrived in it. */
  public static void discard(Path directory) throws IOException {
    Trees.delete(directory);
  }

  /** Ends it before it is complete, because what comes is of no use; harmless afterwards. */
  public void stop(String why) {
    failure.compareAndSet(null, new DamagedException(why));
  }

  /** Fetches everything, verifies it, and puts it together. Blocks; once only. */
  public Result run(SnapshotSource source) throws InterruptedException {
    Manifest manifest = source.manifest();
    transfer.begin(source.name(), manifest);
    try {
      Files.createDirectories(parts);
      takeBack(manifest);
      dropForeign(manifest);
      Optional<String> full = tooFull(manifest);
      if (full.isPresent()) {
        return new Result.Broken(full.get());
      }
      fetchAll(source, manifest);
      assemble(manifest);
      Optional<String> objection = Inspection.ofDatabase(assembly, manifest);
      if (objection.isPresent()) {
        Trees.delete(assembly);
        return new Result.Unusable(source.name() + ": " + objection.get());
      }
      return new Result.Arrived(assembly, manifest);
    } catch (DamagedException e) {
      return new Result.Unusable(source.name() + ": " + e.getMessage());
    } catch (IOException e) {
      return new Result.Broken(source.name() + ": " + e);
    }
  }

  /** What was complete once and is not used goes back to the parts, to be summed up again. */
  private void takeBack(Manifest manifest) throws IOException {
    for (ManifestFile file : manifest.files()) {
      Path complete = assembly.resolve(file.name());
      if (Files.isRegularFile(complete, LinkOption.NOFOLLOW_LINKS)) {
        Files.move(complete, parts.resolve(partName(file)), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    Trees.delete(assembly);
  }

  private void dropForeign(Manifest manifest) throws IOException {
    Set<String> wanted = new HashSet<>();
    manifest.files().forEach(file -> wanted.add(partName(file)));
    try (Stream<Path> children = Files.list(parts)) {
      for (Path child : children.toList()) {
        if (!wanted.contains(child.getFileName().toString())) {
          Trees.delete(child);
        }
      }
    }
  }

  private Optional<String> tooFull(Manifest manifest) throws IOException {
    long missing = manifest.size();
    try (Stream<Path> children = Files.list(parts)) {
      for (Path child : children.toList()) {
        missing -= Files.size(child);
      }
    }
    long free = Files.getFileStore(parts).getUsableSpace();
    return free >= missing + SPARE_BYTES
        ? Optional.empty()
        : Optional.of(
            "the disk of %s has %d bytes left, %d are needed: make room, or use a larger disk"
                .formatted(parts, free, missing + SPARE_BYTES));
  }

  private void fetchAll(SnapshotSource source, Manifest manifest)
      throws IOException, DamagedException, InterruptedException {
    List<ManifestFile> largestFirst = new ArrayList<>(manifest.files());
    largestFirst.sort(Comparator.comparingLong(ManifestFile::size).reversed());
    CountDownLatch unfinished = new CountDownLatch(largestFirst.size());
    for (ManifestFile file : largestFirst) {
      threads.execute(
          () -> {
            try {
              if (failure.get() == null) {
                fetch(source, file);
              }
            } catch (IOException | DamagedException | RuntimeException e) {
              failure.compareAndSet(null, e);
            } finally {
              unfinished.countDown();
            }
          });
    }
    // Also after a failure: nobody may write here when the download is over.
    try {
      unfinished.await();
    } catch (InterruptedException e) {
      failure.compareAndSet(null, new IOException("interrupted"));
      unfinished.await();
      throw e;
    }
    Exception failed = failure.get();
    if (failed instanceof IOException io) {
      throw io;
    } else if (failed instanceof DamagedException damaged) {
      throw damaged;
    } else if (failed != null) {
      throw new IllegalStateException("a file could not be fetched", failed);
    }
  }

  private void fetch(SnapshotSource source, ManifestFile file)
      throws IOException, DamagedException {
    int block = ArrivingFile.block(parts);
    ByteBuffer room = rooms.poll();
    if (room == null) {
      room = ArrivingFile.room(block);
    }
    try (ArrivingFile out = ArrivingFile.open(parts.resolve(partName(file)), room, block)) {
      if (out.size() > file.size()) {
        out.clear();
      }
      long here = out.size();
      boolean sound = complete(source, file, out);
      if (!sound && here > 0) {
        // What was here may be at fault, not the source.
        transfer.reused(-here);
        sound = complete(source, file, out);
      }
      if (!sound) {
        source.damaged(file);
        throw new DamagedException(
            "the file " + file.name() + " is damaged: its checksum is another one");
      }
      out.force();
    } finally {
      rooms.add(room);
    }
  }

  /** Fetches the rest of a file; whether it is what it should be, else it is empty again. */
  private boolean complete(SnapshotSource source, ManifestFile file, ArrivingFile out)
      throws IOException, DamagedException {
    Checksum.Sum sum = Checksum.begin(file.checksum().kind());
    long at = out.sumUp(sum);
    transfer.reused(at);
    if (at < file.size()) {
      try {
        copy(source, file, at, new Sink(out, sum));
      } finally {
        out.flush();
      }
    }
    boolean sound = sum.end().equals(file.checksum());
    if (!sound) {
      out.clear();
    }
    return sound;
  }

  private void copy(SnapshotSource source, ManifestFile file, long from, Sink sink)
      throws IOException, DamagedException {
    long at = from;
    try (ReadableByteChannel in = source.open(file, from)) {
      while (at < file.size()) {
        if (failure.get() != null) {
          throw new IOException("another file failed");
        }
        int read = sink.out.take(in, (int) Math.min(CHUNK, file.size() - at), sink.sum);
        if (read < 0) {
          throw new DamagedException(
              "the file %s ends after %d bytes of %d".formatted(file.name(), at, file.size()));
        }
        at += read;
        transfer.arrived(read);
        throttle.pass(read);
      }
      if (in.read(ByteBuffer.allocate(1)) >= 0) {
        throw new DamagedException("the file " + file.name() + " goes on behind its end");
      }
    }
  }

  private void assemble(Manifest manifest) throws IOException {
    Files.createDirectories(assembly);
    for (ManifestFile file : manifest.files()) {
      Files.move(
          parts.resolve(partName(file)),
          assembly.resolve(file.name()),
          StandardCopyOption.ATOMIC_MOVE);
    }
    Trees.force(assembly);
  }

  private static String partName(ManifestFile file) {
    return file.checksum().hex() + "-" + file.size() + "-" + file.name();
  }
}
