package dev.weir.store.snapshot;

import com.sun.nio.file.ExtendedOpenOption;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file that grows as bytes arrive. They go past the cache of the operating system where the file
 * system can do that: memory for a state that nobody has asked for yet costs more than the disk
 * does, and is taken from those who read. Confined to one thread.
 */
final class ArrivingFile implements AutoCloseable {
  /** Bytes that are collected before they are written. */
  static final int ROOM = 256 << 10;

  private static final Logger LOG = LoggerFactory.getLogger(ArrivingFile.class);

  private final FileChannel file;
  private final ByteBuffer room; // what is not written yet, and the block that it begins in
  private final int block;
  private @Nullable FileChannel direct;
  private long base; // where the room begins in the file: at a whole block

  private ArrivingFile(FileChannel file, ByteBuffer room, int block) {
    this.file = file;
    this.room = room;
    this.block = block;
  }

  /**
   * Size of a block of a file system, in bytes; what is written past its cache is whole blocks. 0 =
   * nothing can be.
   */
  static int block(Path directory) throws IOException {
    long size;
    try {
      size = Files.getFileStore(directory).getBlockSize();
    } catch (UnsupportedOperationException e) {
      LOG.debug("The file system of {} does not tell the size of its blocks", directory, e);
      return 0;
    }
    return size > 0 && size <= ROOM / 4 && Long.bitCount(size) == 1 ? (int) size : 0;
  }

  /** Room for one file at a time. */
  static ByteBuffer room(int block) {
    return block == 0
        ? ByteBuffer.allocateDirect(ROOM)
        : ByteBuffer.allocateDirect(ROOM + block - 1).alignedSlice(block).slice(0, ROOM);
  }

  /**
   * Opens a file, which is made if it is missing; a link in its place is refused.
   *
   * @param room of {@link #room}, for this file alone until it is closed
   * @param block of {@link #block}; 0 = always through the cache
   */
  static ArrivingFile open(Path path, ByteBuffer room, int block) throws IOException {
    ArrivingFile made =
        new ArrivingFile(
            FileChannel.open(
                path,
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                LinkOption.NOFOLLOW_LINKS),
            room.clear(),
            Math.max(1, block));
    if (block > 0) {
      made.passCache(path);
    }
    return made;
  }

  private void passCache(Path path) {
    try {
      direct =
          FileChannel.open(
              path, StandardOpenOption.WRITE, ExtendedOpenOption.DIRECT, LinkOption.NOFOLLOW_LINKS);
    } catch (IOException | UnsupportedOperationException e) {
      LOG.debug("{} is written through the cache of the operating system", path, e);
    }
  }

  /** Bytes in it so far. */
  long size() throws IOException {
    return Math.max(file.size(), base + room.position());
  }

  /** Empties it. */
  void clear() throws IOException {
    file.truncate(0);
    base = 0;
    room.clear();
  }

  /**
   * Adds what is in it to a sum; what is taken then goes behind that.
   *
   * @return its size
   */
  long sumUp(Checksum.Sum sum) throws IOException {
    long at = 0;
    for (int read = file.read(room.clear(), at); read > 0; read = file.read(room.clear(), at)) {
      sum.add(room.flip());
      at += read;
    }
    base = at - at % block;
    room.clear().limit((int) (at - base));
    for (long from = base; room.hasRemaining(); from = base + room.position()) {
      if (file.read(room, from) <= 0) {
        throw new IOException("a part became shorter while it was read");
      }
    }
    room.limit(room.capacity());
    return at;
  }

  /**
   * Takes some bytes behind the others, and adds them to a sum; they are in the file after {@link
   * #flush} at the latest.
   *
   * @param most how many, at least 1
   * @return how many came; -1 = the channel is at its end
   */
  int take(ReadableByteChannel in, int most, Checksum.Sum sum) throws IOException {
    int from = room.position();
    room.limit(from + Math.min(most, room.remaining()));
    int read;
    try {
      read = in.read(room);
    } finally {
      room.limit(room.capacity());
    }
    sum.add(room.duplicate().flip().position(from));
    if (!room.hasRemaining()) {
      flush();
    }
    return read;
  }

  /** Writes what was taken. */
  void flush() throws IOException {
    int whole = room.position() - room.position() % block;
    int end = room.position();
    writeBlocks(room.duplicate().position(0).limit(whole), base);
    write(file, room.duplicate().position(whole).limit(end), base + whole);
    // The rest of a block stays, so that what is written next begins at a whole one.
    room.position(whole).limit(end);
    room.compact();
    base += whole;
  }

  private void writeBlocks(ByteBuffer bytes, long at) throws IOException {
    FileChannel past = direct;
    if (past != null && bytes.hasRemaining()) {
      try {
        write(past, bytes, at);
      } catch (IOException e) {
        // A file system may refuse only now; what is wrong with the disk shows again below.
        LOG.debug("Going on through the cache of the operating system", e);
        direct = null;
        past.close();
      }
    }
    write(file, bytes, at + bytes.position());
  }

  private static void write(FileChannel out, ByteBuffer bytes, long at) throws IOException {
    long end = at + bytes.remaining();
    while (bytes.hasRemaining()) {
      out.write(bytes, end - bytes.remaining());
    }
  }

  /** Makes sure that it is still there after a power cut. */
  void force() throws IOException {
    file.force(true);
  }

  @Override
  public void close() throws IOException {
    FileChannel past = direct;
    try {
      if (past != null) {
        past.close();
      }
    } finally {
      file.close();
    }
  }
}
