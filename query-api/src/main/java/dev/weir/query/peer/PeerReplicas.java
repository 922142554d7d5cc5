package dev.weir.query.peer;

import dev.weir.query.PeerReply;
import dev.weir.store.routing.NodeEntry;
import dev.weir.store.snapshot.Manifest;
import dev.weir.store.snapshot.ManifestText;
import dev.weir.store.snapshot.ManifestText.Reading;
import dev.weir.store.snapshot.Replicas;
import dev.weir.store.snapshot.SnapshotSource;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches files of other nodes over connections of its own, so that no query waits behind a file.
 * Safe from any thread.
 */
public final class PeerReplicas implements Replicas, AutoCloseable {
  private static final Duration CHECKPOINT = Duration.ofMinutes(5);

  /** A node that is gone is noticed much earlier; this is for one that is slow on purpose. */
  private static final Duration PIECE = Duration.ofMinutes(5);

  private static final Logger LOG = LoggerFactory.getLogger(PeerReplicas.class);

  private final PeerClient client;
  private final Handshake handshake;
  private final PeerSettings settings;
  private final Duration patience;
  private final Set<FileConnection> open = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  /** Asks as this node. */
  public PeerReplicas(PeerIdentity self, PeerSettings settings) {
    this(self, settings, PIECE);
  }

  /**
   * Asks as this node.
   *
   * @param patience with each piece of a file
   */
  PeerReplicas(PeerIdentity self, PeerSettings settings, Duration patience) {
    this.client = new PeerClient(self, settings, Runnable::run);
    this.handshake = new Handshake(self);
    this.settings = settings;
    this.patience = patience;
  }

  private record Lent(long id, Manifest manifest) {}

  @Override
  public SnapshotSource borrow(NodeEntry node, int shard) throws IOException {
    int number = client.number();
    FrameWriter frame = Frames.begin(Frames.LEND, number, 8);
    frame.writeNumber(shard);
    Lent lent =
        await(
            node,
            client.call(
                node,
                new Call<>(
                    Work.TRANSFER,
                    number,
                    frame,
                    PeerReplicas::readLent,
                    CHECKPOINT,
                    Runnable::run)),
            CHECKPOINT);
    return new PeerSource(this, node, lent.id(), lent.manifest());
  }

  private static Lent readLent(FrameReader in) throws MalformedFrameException {
    if (!in.readBoolean()) {
      throw new MalformedFrameException(in.readText());
    }
    long id = in.readFixed64();
    Reading reading = ManifestText.read(in.readBytes());
    if (reading instanceof Reading.Read read) {
      return new Lent(id, read.manifest());
    }
    throw new MalformedFrameException(((Reading.Refused) reading).reason());
  }

  /** Opens a connection for pieces of files. */
  FileConnection connect(NodeEntry node) throws IOException {
    FileConnection made = FileConnection.open(handshake, node, settings, patience);
    open.add(made);
    if (closed) {
      release(made);
      throw new IOException("this node is stopping");
    }
    return made;
  }

  /** Ends such a connection. */
  void release(FileConnection connection) {
    open.remove(connection);
    try {
      connection.close();
    } catch (IOException e) {
      LOG.debug("A connection could not be closed", e);
    }
  }

  /** Gives a checkpoint back; whether the node hears of it does not matter. */
  void end(NodeEntry node, long id) {
    int number = client.number();
    FrameWriter frame = Frames.begin(Frames.GIVE_BACK, number, 8);
    frame.writeFixed64(id);
    CompletableFuture<PeerReply<Boolean>> unused =
        client.call(
            node,
            new Call<>(
                Work.TRANSFER, number, frame, FrameReader::readBoolean, patience, Runnable::run));
  }

  private static <T> T await(
      NodeEntry node, CompletableFuture<PeerReply<T>> reply, Duration patience) throws IOException {
    try {
      PeerReply<T> found = reply.get(patience.toMillis() + 1000, TimeUnit.MILLISECONDS);
      if (found instanceof PeerReply.Answered<T> answered) {
        return answered.value();
      }
      throw new IOException("node " + node.node() + " does not give it: " + found);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("node " + node.node() + " does not answer", e);
    }
  }

  @Override
  public void close() {
    closed = true;
    List.copyOf(open).forEach(this::release);
    client.close();
  }
}
