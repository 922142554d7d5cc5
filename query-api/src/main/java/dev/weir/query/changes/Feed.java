package dev.weir.query.changes;

import dev.weir.query.Result;
import dev.weir.query.changes.Place.Mark;
import dev.weir.store.ChangeQuery.Change;
import dev.weir.store.ChangeQuery.Changed;
import dev.weir.store.ChangeQuery.Since;
import dev.weir.store.Key;
import dev.weir.store.Refusal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The newest changes of a collection in one shard, read once for all who follow it from this node.
 * Lives as long as somebody does. Locked by itself; a follower's lock may be taken within it, never
 * the other way round.
 */
final class Feed {
  /** Changes of an answer. */
  private static final int PAGE = 1000;

  /** Changes that are remembered for those who are about to join. */
  private static final int RECENT = 4000;

  /** What their values may weigh together; the newest is remembered whatever it weighs. */
  private static final long RECENT_BYTES = 4L << 20;

  private final Sources sources;
  private final int collection;
  private final int shard;
  private final Deque<Numbered> recent = new ArrayDeque<>();
  private final Set<Follower> ofRanges = new LinkedHashSet<>();
  private final Map<Key, Set<Follower>> ofKeys = new HashMap<>();
  private long recentFrom;
  private long recentBytes;
  private long next;
  private boolean running;

  /** A change and its number among those of its record. */
  record Numbered(Change change, int number) {
    long offset() {
      return change.version().offset();
    }

    int bytes() {
      byte[] value = change.value();
      return value == null ? 0 : value.length;
    }
  }

  /** Who follows a shard. */
  interface Follower {

    /** The one key that it follows; null = a range. */
    @Nullable Key key();

    /** From which place on it wants to know. */
    Mark mark();

    /** Takes a change, in its order; false = it cannot now, and is to be left out. */
    boolean take(Numbered change);

    /** It has had everything before an offset. */
    void reached(long offset);

    /** The feed has come to an end for it: it has to go on by itself. */
    void left();
  }

  Feed(Sources sources, int collection, int shard) {
    this.sources = sources;
    this.collection = collection;
    this.shard = shard;
  }

  /** Adds a follower, unless changes between its place and this feed's are not remembered. */
  synchronized boolean join(Follower follower, Place place) {
    Mark mark = follower.mark();
    if (!running) {
      next = mark.offset();
      recentFrom = next;
    } else if (mark.offset() < recentFrom) {
      return false;
    }
    for (Numbered each : recent) {
      if (!mark.isPast(each.offset(), each.number()) && !follower.take(each)) {
        return false;
      }
    }
    follower.reached(next);
    add(follower);
    if (!running) {
      running = true;
      sources.run(() -> read(place, false));
    }
    return true;
  }

  private void add(Follower follower) {
    Key key = follower.key();
    if (key == null) {
      ofRanges.add(follower);
    } else {
      ofKeys.computeIfAbsent(key, each -> new LinkedHashSet<>()).add(follower);
    }
  }

  /** Takes a follower out. */
  synchronized void leave(Follower follower) {
    Key key = follower.key();
    if (key == null) {
      ofRanges.remove(follower);
    } else {
      Set<Follower> same = ofKeys.get(key);
      if (same != null && same.remove(follower) && same.isEmpty()) {
        ofKeys.remove(key);
      }
    }
  }

  /** Everything before this offset was passed on to a follower of one key; -1 = it is none. */
  synchronized long nextFor(Follower follower) {
    Set<Follower> same = follower.key() == null ? null : ofKeys.get(follower.key());
    return same != null && same.contains(follower) ? next : -1;
  }

  private synchronized long from() {
    return next;
  }

  private synchronized boolean idle() {
    if (ofRanges.isEmpty() && ofKeys.isEmpty()) {
      running = false;
      recent.clear();
      recentBytes = 0;
    }
    return !running;
  }

  private void read(Place place, boolean atOnce) {
    if (idle()) {
      return;
    }
    long from = from();
    Since query = new Since(collection, shard, from, PAGE);
    long asked = System.nanoTime();
    sources.ask(
        query,
        // The record at "from" is waited for, unless more is known to be there.
        sources.reached(place, shard, atOnce ? from - 1 : from),
        result -> {
          if (result instanceof Result.Success<Changed> success && take(success.value(), from)) {
            boolean some = success.value().next() > from;
            Runnable again = () -> read(place, success.value().more());
            if (some) {
              sources.run(again);
            } else {
              sources.later(again);
            }
          } else if (result instanceof Result.Failure<Changed> failure
              && failure.refusal() instanceof Refusal.BehindPosition) {
            // Nothing was new for as long as a question may wait.
            sources.again(() -> read(place, atOnce), asked);
          } else {
            // Each has to see for itself what it means.
            abandon();
            sources.later(() -> read(place, false));
          }
        });
  }

  private synchronized boolean take(Changed answer, long from) {
    if (answer.kept() < 0 || answer.kept() > from) {
      return false;
    }
    long offset = -1;
    int number = 0;
    for (Change change : answer.changes()) {
      number = change.version().offset() == offset ? number + 1 : 0;
      offset = change.version().offset();
      Numbered numbered = new Numbered(change, number);
      pass(numbered);
      remember(numbered);
    }
    next = answer.next();
    List<Follower> all = List.copyOf(ofRanges);
    all.forEach(follower -> follower.reached(next));
    return true;
  }

  private void pass(Numbered change) {
    ofRanges.removeIf(follower -> !follower.take(change));
    Set<Follower> ofKey = ofKeys.get(change.change().key());
    if (ofKey != null) {
      ofKey.removeIf(follower -> !follower.take(change));
      if (ofKey.isEmpty()) {
        ofKeys.remove(change.change().key());
      }
    }
  }

  private void remember(Numbered change) {
    recent.add(change);
    recentBytes += change.bytes();
    while (recent.size() > RECENT || (recentBytes > RECENT_BYTES && recent.size() > 1)) {
      Numbered oldest = recent.remove();
      recentBytes -= oldest.bytes();
      recentFrom = oldest.offset() + 1;
    }
  }

  private void abandon() {
    List<Follower> all = new ArrayList<>();
    synchronized (this) {
      all.addAll(ofRanges);
      ofKeys.values().forEach(all::addAll);
      ofRanges.clear();
      ofKeys.clear();
    }
    all.forEach(Follower::left);
  }
}
