package dev.weir.query.peer;

import dev.weir.store.routing.NodeEntry;
import dev.weir.store.snapshot.Manifest;
import dev.weir.store.snapshot.ManifestFile;
import dev.weir.store.snapshot.SnapshotSource;
import java.io.IOException;
import java.io.InputStream;
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
  public InputStream open(ManifestFile file, long from) throws IOException {
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
  private final class Pieces extends InputStream {
    private final FileConnection connection;
    private final int file;
    private final long size;
    private long next;
    private boolean sound = true;

    Pieces(FileConnection connection, int file, long size, long from) {
      this.connection = connection;
      this.file = file;
      this.size = size;
      this.next = from;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      if (length == 0) {
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
        int read = connection.read(into, offset, length);
        done = true;
        return read;
      } finally {
        sound &= done;
      }
    }

    @Override
    public void close() {
      if (sound && connection.left() == 0) {
        idle.add(connection);
      } else {
        replicas.release(connection);
      }
    }
  }
}
