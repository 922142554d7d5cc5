package dev.weir.cli.node;

import dev.weir.store.snapshot.Snapshot;
import dev.weir.store.snapshot.SnapshotRepository;
import java.io.IOException;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which snapshot of a shard a command takes. */
final class SnapshotChoice {

  @Option(
      names = "--snapshot",
      paramLabel = "<id>",
      description = "this one instead of the newest; needs --shard")
  private String id = "";

  /** The one that is meant; empty if there is none. */
  Optional<Snapshot> of(SnapshotRepository repository, int shard) throws IOException {
    return repository.list(shard).stream()
        .filter(snapshot -> id.isEmpty() || snapshot.id().equals(id))
        .findFirst();
  }

  /** That there is none. */
  String missing() {
    return "there is no snapshot" + (id.isEmpty() ? "" : " " + id);
  }
}
