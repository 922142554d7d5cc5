package dev.weir.store.snapshot;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lends checkpoints of the shards here to other nodes, piece by piece and no faster than allowed.
 * What was not asked for in a while is taken back. Safe from any thread; calls block.
 */
public final class Lender implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Lender.class);
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int MOST_LOANS = 64;

  /** Largest piece that is given at once, in bytes. */
  public static final int MOST_BYTES = 4 << 20;

  private final Checkpoints checkpoints;
  private final Throttle throttle;
  private final SecureRandom random = new SecureRandom();
  private final Map<Long, Loan> loans = new ConcurrentHashMap<>();

  /** A lender; its checkpoints count towards what {@code throttle} lets through. */
  public Lender(Checkpoints checkpoints, Throttle throttle) {
    this.checkpoints = checkpoints;
    this.throttle = throttle;
  }

  /**
   * A checkpoint that is lent.
   *
   * @param id by which it is asked for
   * @param manifest what it has
   */
  public record Lent(long id, Manifest manifest) {}

  private static final class Loan {
    final Checkpoints.Checkpoint checkpoint;
    final List<Warmth> files;
    private volatile long usedAt = System.nanoTime();

    Loan(Checkpoints.Checkpoint checkpoint) {
      this.checkpoint = checkpoint;
      this.files = checkpoint.manifest().files().stream().map(file -> new Warmth()).toList();
    }

    void used() {
      usedAt = System.nanoTime();
    }

    boolean forgotten() {
      return System.nanoTime() - usedAt > PATIENCE.toNanos();
    }
  }

  /** Begins to look after loans that are forgotten. */
  public void start(ScheduledExecutorService scheduler) {
    Future<?> unused = scheduler.scheduleWithFixedDelay(this::takeBack, 10, 10, TimeUnit.SECONDS);
  }

  /** Makes a checkpoint of a shard and lends it; empty if the shard is not open here. */
  public Optional<Lent> lend(int shard) throws IOException {
    if (loans.size() >= MOST_LOANS) {
      throw new IOException("too many checkpoints are lent already");
    }
    Optional<Checkpoints.Checkpoint> taken = checkpoints.take(shard, Checksum.Kind.CRC32C);
    return taken.map(
        checkpoint -> {
          long id = random.nextLong();
          loans.put(id, new Loan(checkpoint));
          return new Lent(id, checkpoint.manifest());
        });
  }

  /** A piece of a file that is lent. */
  public static final class Piece {
    private static final ThreadLocal<ByteBuffer> ROOM =
        ThreadLocal.withInitial(() -> ByteBuffer.allocateDirect(64 << 10));

    private final Path path;
    private final Warmth warmth;
    private final long at;
    private final int length;

    Piece(Path path, Warmth warmth, long at, int length) {
      this.path = path;
      this.warmth = warmth;
      this.at = at;
      this.length = length;
    }

    /** Its first byte in the file. */
    public long at() {
      return at;
    }

    /** How many bytes it has. */
    public int length() {
      return length;
    }

    /** Opens its file, with the piece in memory, so that giving it does not wait for the disk. */
    public FileChannel open() throws IOException {
      FileChannel channel =
          FileChannel.open(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
      try {
        if (warmth.isDue()) {
          long started = System.nanoTime();
          bringIn(channel);
          warmth.read(length, System.nanoTime() - started);
        }
        return channel;
      } catch (IOException | RuntimeException e) {
        channel.close();
        throw e;
      }
    }

    private void bringIn(FileChannel channel) throws IOException {
      ByteBuffer room = ROOM.get();
      for (long from = at; from < at + length; from += room.position()) {
        room.clear().limit((int) Math.min(room.capacity(), at + length - from));
        if (channel.read(room, from) <= 0) {
          throw new IOException("the file " + path.getFileName() + " became shorter");
        }
      }
    }

    /** Reads all of it into a buffer that has as much room left. */
    public void readInto(ByteBuffer room) throws IOException {
      try (FileChannel channel =
          FileChannel.open(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
        long from = at;
        while (room.hasRemaining()) {
          int read = channel.read(room, from);
          if (read < 0) {
            throw new IOException("the file " + path.getFileName() + " became shorter");
          }
          from += read;
        }
      }
    }
  }

  /**
   * Lets a piece of a file through, once it is its turn.
   *
   * @param file index in the manifest
   * @param at first byte
   * @param length from 1 to {@link #MOST_BYTES}; less is given at the file's end
   * @throws IOException if there is no such loan or file
   */
  public Piece piece(long id, int file, long at, int length) throws IOException {
    Loan loan = loans.get(id);
    if (loan == null) {
      throw new IOException("the checkpoint was taken back");
    }
    List<ManifestFile> files = loan.checkpoint.manifest().files();
    if (file < 0 || file >= files.size() || length < 1 || length > MOST_BYTES || at < 0) {
      throw new IOException("there is no such piece");
    }
    ManifestFile wanted = files.get(file);
    int size = (int) Math.max(0, Math.min(length, wanted.size() - at));
    throttle.pass(size);
    loan.used();
    Path path = loan.checkpoint.directory().resolve(wanted.name());
    return new Piece(path, loan.files.get(file), at, size);
  }

  /** The bytes of a piece; see {@link #piece}. */
  public byte[] read(long id, int file, long at, int length) throws IOException {
    Piece piece = piece(id, file, at, length);
    byte[] bytes = new byte[piece.length()];
    piece.readInto(ByteBuffer.wrap(bytes));
    return bytes;
  }

  /** Takes a checkpoint back; harmless if that was done. */
  public void end(long id) {
    Loan loan = loans.remove(id);
    if (loan != null) {
      try {
        loan.checkpoint.close();
      } catch (IOException e) {
        LOG.warn("The checkpoint {} could not be deleted", loan.checkpoint.directory(), e);
      }
    }
  }

  private void takeBack() {
    loans.forEach(
        (id, loan) -> {
          if (loan.forgotten()) {
            end(id);
          }
        });
  }

  /** How many checkpoints are lent. */
  public int lent() {
    return loans.size();
  }

  @Override
  public void close() {
    List.copyOf(loans.keySet()).forEach(this::end);
  }
}
