package dev.weir.query.peer;

import dev.weir.query.PeerReply;
import dev.weir.store.routing.NodeEntry;
import dev.weir.store.snapshot.Manifest;
import dev.weir.store.snapshot.ManifestFile;
import dev.weir.store.snapshot.SnapshotSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;

/** A checkpoint that another node lends. */
record PeerSource(PeerReplicas replicas, NodeEntry node, long id, Manifest manifest)
    implements SnapshotSource {
  /** An array of half a region of the collector or more would be a burden to it. */
  private static final int PIECE = 256 << 10;

  /** Pieces of one file that are asked for ahead, so that the way there and back costs no time. */
  private static final int AHEAD = 8;

  @Override
  public InputStream open(ManifestFile file, long from) throws IOException {
    int index = manifest.files().indexOf(file);
    if (index < 0) {
      throw new IOException("the checkpoint has no file " + file.name());
    }
    return new Pieces(index, file.size(), from);
  }

  @Override
  public String name() {
    return "node " + node.node();
  }

  @Override
  public void close() {
    replicas.end(node, id);
  }

  /** A file, piece by piece. Confined to one thread. */
  private final class Pieces extends InputStream {
    private final int file;
    private final long size;
    private final Deque<CompletableFuture<PeerReply<ByteBuffer>>> asked = new ArrayDeque<>();
    private long next;
    private ByteBuffer piece = ByteBuffer.allocate(0);

    Pieces(int file, long size, long from) {
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
      while (!piece.hasRemaining()) {
        ask();
        CompletableFuture<PeerReply<ByteBuffer>> first = asked.poll();
        if (first == null) {
          return -1;
        }
        piece = replicas.await(node, first);
        if (!piece.hasRemaining()) {
          throw new IOException("node " + node.node() + " gave an empty piece");
        }
      }
      int given = Math.min(length, piece.remaining());
      piece.get(into, offset, given);
      return given;
    }

    private void ask() {
      while (asked.size() < AHEAD && next < size) {
        int length = (int) Math.min(PIECE, size - next);
        asked.add(replicas.piece(node, id, file, next, length));
        next += length;
      }
    }

    @Override
    public void close() {
      asked.forEach(each -> each.cancel(false));
      asked.clear();
    }
  }
}
