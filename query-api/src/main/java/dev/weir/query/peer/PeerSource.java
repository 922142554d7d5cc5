package dev.weir.query.peer;

import dev.weir.query.PeerReply;
import dev.weir.store.routing.NodeEntry;
import dev.weir.store.snapshot.Manifest;
import dev.weir.store.snapshot.ManifestFile;
import dev.weir.store.snapshot.SnapshotSource;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;

/** A checkpoint that another node lends. */
record PeerSource(PeerReplicas replicas, NodeEntry node, long id, Manifest manifest)
    implements SnapshotSource {
  private static final int PIECE = 1 << 20;

  /** Pieces of one file that are asked for ahead, so that the way there and back costs no time. */
  private static final int AHEAD = 3;

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
    private final Deque<CompletableFuture<PeerReply<byte[]>>> asked = new ArrayDeque<>();
    private long next;
    private byte[] piece = new byte[0];
    private int at;

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
      while (at == piece.length) {
        ask();
        CompletableFuture<PeerReply<byte[]>> first = asked.poll();
        if (first == null) {
          return -1;
        }
        piece = replicas.await(node, first);
        at = 0;
        if (piece.length == 0) {
          throw new IOException("node " + node.node() + " gave an empty piece");
        }
      }
      int given = Math.min(length, piece.length - at);
      System.arraycopy(piece, at, into, offset, given);
      at += given;
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
