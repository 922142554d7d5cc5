package dev.weir.store.node;

import dev.weir.store.routing.NodeEntry;
import dev.weir.store.snapshot.Lender;
import dev.weir.store.snapshot.Manifest;
import dev.weir.store.snapshot.ManifestFile;
import dev.weir.store.snapshot.Replicas;
import dev.weir.store.snapshot.SnapshotSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.util.concurrent.atomic.AtomicInteger;

/** Reads another node's files in this process. */
final class Neighbour implements Replicas {
  private final StoreNode node;
  private final int diesAfterPieces;
  private final AtomicInteger pieces = new AtomicInteger();

  Neighbour(StoreNode node, int diesAfterPieces) {
    this.node = node;
    this.diesAfterPieces = diesAfterPieces;
  }

  @Override
  public SnapshotSource borrow(NodeEntry entry, int shard) throws IOException {
    Lender.Lent lent =
        node.lender().lend(shard).orElseThrow(() -> new IOException("not open there"));
    return new SnapshotSource() {
      @Override
      public Manifest manifest() {
        return lent.manifest();
      }

      @Override
      public ReadableByteChannel open(ManifestFile file, long from) throws IOException {
        if (pieces.incrementAndGet() > diesAfterPieces) {
          throw new IOException("the node is gone");
        }
        int index = lent.manifest().files().indexOf(file);
        return Channels.newChannel(
            new ByteArrayInputStream(
                file.size() == from
                    ? new byte[0]
                    : node.lender().read(lent.id(), index, from, Lender.MOST_BYTES)));
      }

      @Override
      public String name() {
        return "node " + entry.node();
      }

      @Override
      public void close() {
        node.lender().end(lent.id());
      }
    };
  }
}
