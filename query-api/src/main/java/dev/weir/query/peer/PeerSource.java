package dev.weir.query.peer;

import dev.weir.store.routing.NodeEntry;
import dev.weir.store.snapshot.Manifest;
import dev.weir.store.snapshot.ManifestFile;
import dev.weir.store.snapshot.SnapshotSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A checkpoint that another node lends. */
final class PeerSource implements SnapshotSource {
  /** What is sent in one go; other answers of the sender wait meanwhile. */
  private static final int PIECE = 512 << 10;

  private final PeerReplicas replicas;
  private final NodeEntry node;
  private final long id;
  private final Manifest manifest;

  /** Connections that no file uses at the moment. */
  private final ConcurrentLinkedQueue<FileConnection> idle = new ConcurrentLinkedQueue<>();

  PeerSource(PeerReplicas replicas, NodeEntry node, long id, Manifest manifest) {
    this.replicas = replicas;
    this.node = node;
    this.id = id;
    this.manifest = manifest;
  }

  @Override
  public Manifest manifest() {
    return manifest;
  }

  @Override
  public ReadableByteChannel open(ManifestFile file, long from) throws IOException {
    int index = manifest.files().indexOf(file);
    if (index < 0) {
      throw new IOException("the checkpoint has no file " + file.name());
    }
    FileConnection connection = idle.poll();
    return new Pieces(
        connection == null ? replicas.connect(node) : connection, index, file.size(), from);
  }

  @Override
  public String name() {
    return "node " + node.node();
  }

  @Override
  public void close() {
    for (FileConnection each = idle.poll(); each != null; each = idle.poll()) {
      replicas.release(each);
    }
    replicas.end(node, id);
  }

  /** A file, piece by piece. Confined to one thread. */
  private final class Pieces implements ReadableByteChannel {
    private final FileConnection connection;
    private final int file;
    private final long size;
    private long next;
    private boolean sound = true;
    private boolean open = true;

    Pieces(FileConnection connection, int file, long size, long from) {
      this.connection = connection;
      this.file = file;
      this.size = size;
      this.next = from;
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
      if (!into.hasRemaining()) {
        return 0;
      }
      boolean done = false;
      try {
        if (connection.left() == 0) {
          if (next >= size) {
            done = true;
            return -1;
          }
          next += connection.ask(id, file, next, (int) Math.min(PIECE, size - next));
        }
        int read = connection.read(into);
        done = true;
        return read;
      } finally {
        sound &= done;
      }
    }

    @Override
    public boolean isOpen() {
      return open;
    }

    @Override
    public void close() {
      if (!open) {
        return;
      }
      open = false;
      if (sound && connection.left() == 0) {
        idle.add(connection);
      } else {
        replicas.release(connection);
      }
    }
  }
}
