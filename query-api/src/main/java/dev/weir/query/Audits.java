package dev.weir.query;

import java.util.List;
import java.util.Optional;

/** Compares collections with the topics they come from, on this node. Safe from any thread. */
public interface Audits {

  /** None can be made. */
  Audits NONE =
      new Audits() {
        @Override
        public Started start(List<String> collections, AuditView.Terms terms) {
          return new Busy("");
        }

        @Override
        public List<AuditView> all() {
          return List.of();
        }

        @Override
        public Optional<AuditView> cancel(String id) {
          return Optional.empty();
        }
      };

  /** What became of a wish. */
  sealed interface Started {}

  /** It has begun. */
  record Begun(AuditView audit) implements Started {}

  /**
   * Another one is running, and a node makes one at a time.
   *
   * @param id of that one
   */
  record Busy(String id) implements Started {}

  /**
   * Begins one.
   *
   * @param collections names of those to compare, all of which have sources
   */
  Started start(List<String> collections, AuditView.Terms terms);

  /** The newest ones of this node, the newest first. */
  List<AuditView> all();

  /** One of them. */
  default Optional<AuditView> find(String id) {
    return all().stream().filter(audit -> audit.id().equals(id)).findFirst();
  }

  /** Cancels one that has not ended; answers what it was. */
  Optional<AuditView> cancel(String id);
}
