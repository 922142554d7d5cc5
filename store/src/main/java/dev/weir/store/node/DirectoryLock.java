package dev.weir.store.node;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The right to use a directory, held until it is closed or the process ends. The file stays: to
 * delete it while another process opens it would give out the right twice.
 */
final class DirectoryLock implements AutoCloseable {

  static final String FILE = "weir.lock";

  private final FileChannel channel;

  private DirectoryLock(FileChannel channel) {
    this.channel = channel;
  }

  /** Takes the lock; empty if another process, or another part of this one, has it. */
  static Optional<DirectoryLock> take(Path directory) throws IOException {
    FileChannel channel =
        FileChannel.open(
            directory.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    boolean taken = false;
    try {
      FileLock lock = tryLock(channel);
      if (lock == null) {
        return Optional.empty();
      }
      channel.truncate(0);
      write(channel, ProcessHandle.current().pid() + "\n");
      taken = true;
      return Optional.of(new DirectoryLock(channel));
    } finally {
      if (!taken) {
        channel.close();
      }
    }
  }

  /** Which process has the lock, as far as the file says. */
  static String holder(Path directory) {
    try {
      String pid = Files.readString(directory.resolve(FILE)).strip();
      return pid.matches("[0-9]{1,19}") ? "process " + pid : "an unknown process";
    } catch (IOException e) {
      return "an unknown process";
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  private static void write(FileChannel channel, String text) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
