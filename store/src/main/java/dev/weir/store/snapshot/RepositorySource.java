package dev.weir.store.snapshot;

import java.io.IOException;
import java.io.InputStream;

/** A snapshot in a repository as a source of files. */
record RepositorySource(ObjectStore store, RepositoryLayout layout, Manifest manifest)
    implements SnapshotSource {

  @Override
  public InputStream open(ManifestFile file, long from) throws IOException {
    return store
        .open(layout.file(manifest.state().shard(), file), from)
        .orElseThrow(
            () -> new IOException("the file " + file.name() + " is missing in " + store.place()));
  }

  @Override
  public String name() {
    return "snapshot " + Snapshot.of(manifest).id() + " in " + store.place();
  }

  @Override
  public void close() {}
}
