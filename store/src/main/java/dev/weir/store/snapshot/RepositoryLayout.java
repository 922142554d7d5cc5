package dev.weir.store.snapshot;

import dev.weir.store.Position;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.Uuid;

/**
 * Where things are in a repository:
 *
 * <pre>
 * application/log id-g generation/shard/manifests/id.json    a snapshot; written last
 * application/log id-g generation/shard/dropped/id.json      one that is not kept any more
 * application/log id-g generation/shard/files/sha-256        a file of one or more snapshots
 * application/log id-g generation/shard/damaged/sha-256      a file that was read, and is another
 * application/log id-g generation/shard/verified/id          a snapshot that was read back whole
 * </pre>
 *
 * @param application name of the application
 * @param log any position in the log
 */
record RepositoryLayout(String application, Position log) {
  private static final Pattern MANIFEST = Pattern.compile("([0-9]{5,9})/manifests/[^/]+\\.json");
  private static final Pattern LOG = Pattern.compile("[^/]+/log([^/]{22})-g([0-9]{1,9})/.*");

  /** All of the log. */
  String root() {
    return application + "/" + word(log.logId()) + "-g" + log.generation() + "/";
  }

  // A topic id may begin with a character that names of objects do not begin with.
  private static String word(Uuid id) {
    return "log" + id;
  }

  private String shard(int shard) {
    return root() + String.format(Locale.ROOT, "%05d/", shard);
  }

  String manifests(int shard) {
    return shard(shard) + "manifests/";
  }

  String manifest(Snapshot snapshot) {
    return manifests(snapshot.shard()) + snapshot.id() + ".json";
  }

  String dropped(int shard) {
    return shard(shard) + "dropped/";
  }

  String dropped(Snapshot snapshot) {
    return dropped(snapshot.shard()) + snapshot.id() + ".json";
  }

  String files(int shard) {
    return shard(shard) + "files/";
  }

  String file(int shard, ManifestFile file) {
    return files(shard) + file.checksum().hex();
  }

  String damaged(int shard) {
    return shard(shard) + "damaged/";
  }

  String damaged(int shard, ManifestFile file) {
    return damaged(shard) + file.checksum().hex();
  }

  String verified(int shard) {
    return shard(shard) + "verified/";
  }

  String verified(Snapshot snapshot) {
    return verified(snapshot.shard()) + snapshot.id();
  }

  /** The log in an object's name; empty if there is none. */
  static Optional<Position> log(String name) {
    Matcher log = LOG.matcher(name);
    try {
      return log.matches()
          ? Optional.of(
              Position.start(Uuid.fromString(log.group(1)), Integer.parseInt(log.group(2))))
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** The shard of a snapshot, if an object is the manifest of one. */
  Optional<Integer> shardOfManifest(String name) {
    if (!name.startsWith(root())) {
      return Optional.empty();
    }
    Matcher manifest = MANIFEST.matcher(name.substring(root().length()));
    return manifest.matches() ? Optional.of(Integer.parseInt(manifest.group(1))) : Optional.empty();
  }

  /** The snapshot whose manifest has this name; empty if it is another object's. */
  static Optional<Snapshot> snapshot(int shard, String name) {
    String last = name.substring(name.lastIndexOf('/') + 1);
    return last.endsWith(".json")
        ? Snapshot.parse(shard, last.substring(0, last.length() - ".json".length()))
        : Optional.empty();
  }
}
