package dev.weir.store.snapshot;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A snapshot in a repository as a source of files. */
record RepositorySource(ObjectStore store, RepositoryLayout layout, Manifest manifest)
    implements SnapshotSource {
  private static final Logger LOG = LoggerFactory.getLogger(RepositorySource.class);

  @Override
  public ReadableByteChannel open(ManifestFile file, long from) throws IOException {
    return store
        .open(layout.file(manifest.state().shard(), file), from)
        .map(Channels::newChannel)
        .orElseThrow(
            () -> new IOException("the file " + file.name() + " is missing in " + store.place()));
  }

  @Override
  public void damaged(ManifestFile file) {
    try {
      new Marks(store, layout).damaged(manifest.state().shard(), file);
    } catch (IOException e) {
      // Whoever reads it next finds it out again.
      LOG.debug("It could not be noted that {} is damaged", file.name(), e);
    }
  }

  @Override
  public String name() {
    return "snapshot " + Snapshot.of(manifest).id() + " in " + store.place();
  }

  @Override
  public void close() {}
}
