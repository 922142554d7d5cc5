package dev.weir.query.routing;

import dev.weir.query.ShardQuery;
import dev.weir.store.ReadResult;
import dev.weir.store.Refusal;
import dev.weir.store.routing.NodeEntry;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One shard's part of an inquiry: whom to ask next, and what came of it. Used by one thread at a
 * time.
 */
final class Part<R> {
  private final ShardQuery<R> question;
  private List<Replica> replicas = List.of();
  private int next;
  private @Nullable ReadResult<R> result;
  private @Nullable Refusal said; // by a replica, in this attempt or the one before
  private String node = "";
  private long seenVersion = -1;

  Part(ShardQuery<R> question) {
    this.question = question;
  }

  ShardQuery<R> question() {
    return question;
  }

  /** Begins an attempt with these replicas. */
  void begin(List<Replica> chosen) {
    if (refusal() instanceof Refusal.Unreachable) {
      said = null;
    }
    replicas = chosen;
    next = 0;
    result = null;
  }

  boolean answered() {
    return result instanceof ReadResult.Answer;
  }

  /** Whether there is another replica worth asking. */
  boolean goesOn() {
    return !answered() && next < replicas.size() && !settled();
  }

  /** Another replica would say or suffer the same. */
  private boolean settled() {
    Refusal refusal = refusal();
    return refusal instanceof Refusal.Overloaded
        || refusal instanceof Refusal.LogUnreachable
        || refusal instanceof Refusal.UnboundedSort
        || refusal instanceof Refusal.ScanRefused;
  }

  /** The node of the replica after the one that {@link #advance} gave; null = none, or here. */
  @Nullable NodeEntry other() {
    return next < replicas.size() ? replicas.get(next).node() : null;
  }

  /** The next replica to ask; {@link #goesOn}. */
  Replica advance() {
    return replicas.get(next++);
  }

  /** Whether the replica that {@link #advance} gave is the last one. */
  boolean atLast() {
    return next == replicas.size();
  }

  void take(ReadResult<R> read, String from, long version) {
    seenVersion = Math.max(seenVersion, version);
    boolean saysLess =
        read instanceof ReadResult.Refused<R> refused
            && refused.refusal() instanceof Refusal.NotOwner
            && result != null;
    if (!saysLess) {
      result = read;
      node = from;
      if (!(refusal() instanceof Refusal.Unreachable)) {
        said = refusal();
      }
    }
  }

  private @Nullable Refusal refusal() {
    return result instanceof ReadResult.Refused<R> refused ? refused.refusal() : null;
  }

  /**
   * Why there is no answer at the end. The last call may have been given little time: that it was
   * not answered tells less than what a replica said in this attempt or the one before.
   */
  Refusal why() {
    Refusal last = Objects.requireNonNull(refusal());
    return last instanceof Refusal.Unreachable && said != null ? said : last;
  }

  ReadResult<R> result() {
    if (result == null) {
      throw new IllegalStateException("shard " + question.shard() + " was not asked");
    }
    return result;
  }

  String node() {
    return node;
  }

  /** The newest routing table that those who were asked had. */
  long seenVersion() {
    return seenVersion;
  }
}
