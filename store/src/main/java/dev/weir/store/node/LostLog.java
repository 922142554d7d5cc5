package dev.weir.store.node;

import dev.weir.store.Position;
import dev.weir.store.snapshot.ObjectStore;
import dev.weir.store.snapshot.SnapshotRepository;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether an application begins with nothing although it once had something: its log is empty, this
 * node has no state, and the repository has snapshots of a log that is not there any more.
 */
final class LostLog {
  private static final Logger LOG = LoggerFactory.getLogger(LostLog.class);

  private LostLog() {}

  /**
   * Looks.
   *
   * @throws NodeStartException if it does
   */
  static void check(
      StoreConfig config, Preflight.Prepared prepared, Optional<ObjectStore> repository)
      throws NodeStartException {
    if (repository.isEmpty() || !prepared.local().isEmpty() || !prepared.emptyLog()) {
      return;
    }
    ObjectStore store = repository.get();
    try {
      for (Position log : SnapshotRepository.logs(store, config.application())) {
        if (!log.logId().equals(prepared.logId())) {
          throw new NodeStartException(
              List.of(
                  ("the log %s is empty and no state is here, but %s has snapshots of '%s' that were"
                          + " made from the log %s of generation %d: to go on from them with a new"
                          + " log, use 'weir snapshot clone'; to begin with nothing, use another"
                          + " application name or another repository")
                      .formatted(
                          prepared.topics().logTopic(),
                          store.place(),
                          config.application(),
                          log.logId(),
                          log.generation())));
        }
      }
    } catch (IOException e) {
      LOG.warn("{} cannot be asked whether the application had another log", store.place(), e);
    }
  }
}
