package dev.weir.store.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The directory in which a node keeps its state, claimed for one application, one node and one
 * process at a time. Thread-safe.
 */
public final class StateDirectory implements AutoCloseable {

  private static final String STREAMS = "streams";
  private static final Pattern NODE_ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

  private final Path root;
  private final String nodeId;
  private final DirectoryLock lock;

  private StateDirectory(Path root, String nodeId, DirectoryLock lock) {
    this.root = root;
    this.nodeId = nodeId;
    this.lock = lock;
  }

  /**
   * Claims a directory, and creates it if it is missing.
   *
   * @param root the directory
   * @param application name of the application
   * @param nodeId the configured id of the node, 1 to 64 letters, digits, {@code . - _}, the first
   *     one a letter or digit; empty = the one kept in the directory, made at the first start
   */
  public static StateClaim claim(Path root, String application, Optional<String> nodeId) {
    Path directory = root.toAbsolutePath().normalize();
    if (nodeId.isPresent() && !NODE_ID.matcher(nodeId.get()).matches()) {
      return refused(
          "the node id '%s' is not of 1 to 64 letters, digits, '.', '-', '_', beginning with a letter"
                  .formatted(nodeId.get())
              + " or digit: correct it in the configuration");
    }
    try {
      Files.createDirectories(directory);
      Optional<DirectoryLock> lock = DirectoryLock.take(directory);
      return lock.isEmpty()
          ? refused(
              "the state directory %s is in use by %s: stop it, or give this node a directory of its"
                      .formatted(directory, DirectoryLock.holder(directory))
                  + " own")
          : claim(directory, application, nodeId, lock.get());
    } catch (FileAlreadyExistsException e) {
      return refused(
          "the state directory %s cannot be created, %s is a file: configure another one"
              .formatted(directory, e.getFile()));
    } catch (AccessDeniedException e) {
      return refused(
          "the state directory %s cannot be written (%s): give the user that runs this process the"
                  .formatted(directory, e.getFile())
              + " right to write it, or configure another one");
    } catch (IOException e) {
      return refused(
          "the state directory %s cannot be used (%s): check the disk, or configure another one"
              .formatted(directory, e));
    }
  }

  private static StateClaim claim(
      Path root, String application, Optional<String> nodeId, DirectoryLock lock)
      throws IOException {
    boolean claimed = false;
    try {
      StateClaim claim =
          Files.exists(root.resolve(NodeIdentity.FILE))
              ? claimAgain(root, application, nodeId, lock)
              : claimFirst(root, application, nodeId, lock);
      claimed = claim instanceof StateClaim.Claimed;
      return claim;
    } finally {
      if (!claimed) {
        lock.close();
      }
    }
  }

  private static StateClaim claimFirst(
      Path root, String application, Optional<String> nodeId, DirectoryLock lock)
      throws IOException {
    if (Files.exists(root.resolve(STREAMS))) {
      return refused(
          "the state directory %s holds state, but its %s is missing: put it back from a backup, or"
                  .formatted(root, NodeIdentity.FILE)
              + " configure an empty directory");
    }
    String node = nodeId.orElseGet(StateDirectory::newNodeId);
    NodeIdentity.first(application, node).write(root);
    return claimed(root, node, lock);
  }

  private static StateClaim claimAgain(
      Path root, String application, Optional<String> nodeId, DirectoryLock lock)
      throws IOException {
    NodeIdentity identity;
    try {
      identity = NodeIdentity.read(root);
    } catch (IOException e) {
      return refused(
          "%s cannot be read (%s): put it back from a backup, or configure an empty directory"
              .formatted(root.resolve(NodeIdentity.FILE), e.getMessage()));
    }
    if (identity.format() > NodeIdentity.FORMAT) {
      return refused(
          "the state directory %s was written by a newer version of Weir (format %d, this version"
                  .formatted(root, identity.format())
              + " reads up to %d): start that version, or configure an empty directory"
                  .formatted(NodeIdentity.FORMAT));
    }
    if (!identity.application().equals(application)) {
      return refused(
          "the state directory %s belongs to the application '%s', not to '%s': configure another"
                  .formatted(root, identity.application(), application)
              + " directory or that application");
    }
    if (nodeId.isPresent() && !nodeId.get().equals(identity.node())) {
      return refused(
          "the state directory %s belongs to the node '%s', not to '%s': configure that id, or none,"
                  .formatted(root, identity.node(), nodeId.get())
              + " or another directory");
    }
    return claimed(root, identity.node(), lock);
  }

  private static StateClaim claimed(Path root, String node, DirectoryLock lock) throws IOException {
    Files.createDirectories(root.resolve(STREAMS));
    return new StateClaim.Claimed(new StateDirectory(root, node, lock));
  }

  private static StateClaim refused(String reason) {
    return new StateClaim.Refused(reason);
  }

  private static String newNodeId() {
    byte[] random = new byte[5];
    new SecureRandom().nextBytes(random);
    return "node-" + HexFormat.of().formatHex(random);
  }

  /** The directory itself, absolute. */
  public Path root() {
    return root;
  }

  /** The id of the node, the same at every start. */
  public String nodeId() {
    return nodeId;
  }

  /** What Kafka Streams gets as its state directory. */
  public Path streamsDir() {
    return root.resolve(STREAMS);
  }

  /** Where state arrives before it is put in its place; on the same disk. */
  public Path arrivals() {
    return root.resolve("arriving");
  }

  /** Where checkpoints of open shards are made; on the same disk. */
  public Path checkpoints() {
    return root.resolve("checkpoints");
  }

  /** Where RocksDB's native code is kept. */
  public Path nativeCode() {
    return root.resolve("native");
  }

  /** Gives the directory back; to be called when nothing writes to it any more. */
  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
