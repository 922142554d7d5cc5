package dev.weir.query.http;

import dev.weir.store.Outcome;
import dev.weir.store.Refusal;

/** Says what the database refused in the words of HTTP. */
final class Refusals {
  /** Seconds after which what is overloaded is worth another try. */
  static final int SOON = 1;

  private static final int FAILOVER = 3;

  private Refusals() {}

  /** The problem for a refusal. */
  static Problem problem(Refusal refusal) {
    if (refusal instanceof Refusal.NotOwner r) {
      return shard(ProblemType.NOT_OWNER, r.shard(), "Shard %d has another owner now.")
          .retryAfter(SOON);
    }
    if (refusal instanceof Refusal.Rebalancing r) {
      return shard(
              ProblemType.REBALANCING, r.shard(), "Shard %d is not served yet: " + safe(r.detail()))
          .retryAfter(SOON);
    }
    if (refusal instanceof Refusal.Unreachable r) {
      return shard(
              ProblemType.NODE_UNREACHABLE, r.shard(), "The owner of shard %d does not answer.")
          .with("node", r.node())
          .retryAfter(FAILOVER);
    }
    if (refusal instanceof Refusal.Stopped r) {
      return shard(ProblemType.SHARD_STOPPED, r.shard(), "Shard %d stopped: " + safe(r.reason()));
    }
    if (refusal instanceof Refusal.UnknownCollection) {
      return Problem.of(
              ProblemType.UNKNOWN_COLLECTION,
              "A shard does not have the collection: it was dropped, or is being added.")
          .retryAfter(SOON);
    }
    if (refusal instanceof Refusal.Overloaded r) {
      return Problem.of(ProblemType.OVERLOADED, "Too much is waiting: " + r.what())
          .with("what", r.what())
          .retryAfter(SOON);
    }
    if (refusal instanceof Refusal.LogUnavailable r) {
      return Problem.of(ProblemType.LOG_UNAVAILABLE, "The log did not confirm: " + r.detail())
          .retryAfter(FAILOVER);
    }
    if (refusal instanceof Refusal.LogUnreachable r) {
      return Problem.of(ProblemType.LOG_UNREACHABLE, "The log cannot be reached: " + r.detail())
          .retryAfter(FAILOVER);
    }
    if (refusal instanceof Refusal.BehindPosition r) {
      return shard(
              ProblemType.BEHIND_POSITION, r.shard(), "Shard %d has not reached the position yet.")
          .with("position", r.position())
          .with("wanted", r.wanted())
          .retryAfter(SOON);
    }
    if (refusal instanceof Refusal.TooStale r) {
      return shard(ProblemType.TOO_STALE, r.shard(), "Shard %d is too stale: " + safe(r.detail()))
          .retryAfter(SOON);
    }
    if (refusal instanceof Refusal.NoStandby r) {
      return shard(
          ProblemType.NO_STANDBY, r.shard(), "Shard %d has no standby; nothing was written.");
    }
    if (refusal instanceof Refusal.NotReplicated r) {
      return shard(ProblemType.NOT_REPLICATED, r.shard(), "Shard %d: " + safe(r.detail()) + ".");
    }
    if (refusal instanceof Refusal.ForeignPosition r) {
      return Problem.of(ProblemType.FOREIGN_POSITION, "The position is of no use: " + r.detail());
    }
    if (refusal instanceof Refusal.UnboundedSort r) {
      return Problem.of(
              ProblemType.UNBOUNDED_SORT,
              "Too many documents would have to be put in order; " + r.advice() + " would help.")
          .with("advice", r.advice());
    }
    if (refusal instanceof Refusal.ScanRefused r) {
      return Problem.of(
              ProblemType.SCAN_REFUSED,
              "No index chooses these documents, and reading all of them is forbidden; "
                  + r.advice()
                  + " would help.")
          .with("advice", r.advice());
    }
    if (refusal instanceof Refusal.UnknownIndex) {
      return Problem.of(
              ProblemType.UNKNOWN_INDEX, "A shard does not have the index, or not yet all of it.")
          .retryAfter(SOON);
    }
    throw new IllegalStateException("no problem for " + refusal);
  }

  /** The problem for an operation that the fold rejected. */
  static Problem problem(Outcome.Rejected rejected) {
    ProblemType type =
        switch (rejected.reason()) {
          case UNKNOWN_COLLECTION -> ProblemType.UNKNOWN_COLLECTION;
          case WRITER_IS_SOURCE -> ProblemType.WRITER_IS_SOURCE;
          case INVALID_DEFINITION -> ProblemType.INVALID_DEFINITION;
          case NOT_PATCHABLE -> ProblemType.NOT_PATCHABLE;
          case INVALID_VALUE -> ProblemType.INVALID_DOCUMENT;
          case KEY_REUSED -> ProblemType.IDEMPOTENCY_KEY_REUSED;
          case INVALID_BATCH -> ProblemType.INVALID_BODY;
        };
    return Problem.of(type, rejected.detail());
  }

  private static Problem shard(ProblemType type, int shard, String detail) {
    return Problem.of(type, detail.formatted(shard)).with("shard", shard);
  }

  private static String safe(String text) {
    return text.replace("%", "%%");
  }
}
