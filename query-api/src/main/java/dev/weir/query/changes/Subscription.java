package dev.weir.query.changes;

import dev.weir.query.PositionToken;
import dev.weir.query.changes.Event.End;
import dev.weir.query.changes.Following.Phase;
import dev.weir.query.changes.Place.Mark;
import dev.weir.store.ChangeQuery.Change;
import dev.weir.store.Document;
import dev.weir.store.filter.FilterMatcher;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who follows a collection: what is there, then what changes, each exactly once. What is
 * not taken waits, up to a bound; beyond it nothing is read until something was taken, and then it
 * goes on where it had stopped, as long as the shards still keep what comes next. Safe from any
 * thread; taken from by one at a time.
 */
public final class Subscription implements AutoCloseable {
  /** Events that may wait to be taken. */
  private static final int MOST_WAITING = 2_000;

  private static final long MOST_BYTES = 4L << 20;

  /** As much may wait even if others let very much wait. */
  private static final long FEW_BYTES = 64L << 10;

  /** What an event takes beside its value. */
  private static final int EVENT_BYTES = 100;

  private final Subscriptions home;
  private final Wish wish;
  private final @Nullable FilterMatcher filter;
  private final List<Following> shards = new ArrayList<>();
  private final SortedMap<Integer, Mark> taken = new TreeMap<>();
  private final SortedMap<Integer, Mark> starts = new TreeMap<>();
  private final Deque<Waiting> waiting = new ArrayDeque<>();
  private long bytes;
  private boolean full;
  private boolean complete;
  private boolean over;
  private @Nullable Place origin;
  private @Nullable Runnable listener;

  /** An event, and the place behind it if it has one. */
  private record Waiting(Event event, int shard, @Nullable Mark behind, int bytes) {}

  Subscription(Subscriptions home, Sources sources, Wish wish, @Nullable Place after) {
    this.home = home;
    this.wish = wish;
    this.filter = wish.filter() == null ? null : FilterMatcher.of(wish.filter());
    this.origin = after;
    for (int shard : wish.shards(sources.database().shards())) {
      Mark mark = after == null ? null : after.marks().get(shard);
      Feed feed = home.feed(wish.collection().id(), shard);
      shards.add(new Following(this, sources, feed, shard, mark));
      if (mark != null) {
        taken.put(shard, mark);
      }
    }
    this.complete = shards.stream().noneMatch(each -> each.phase() == Phase.BASE);
  }

  /** What is followed. */
  public Wish wish() {
    return wish;
  }

  /** The next event; null = there is none now, see {@link #whenReady}. */
  public @Nullable Event next() {
    Waiting next;
    boolean room = false;
    synchronized (this) {
      next = waiting.poll();
      if (next == null) {
        return null;
      }
      addBytes(-next.bytes);
      if (next.behind != null) {
        taken.put(next.shard, next.behind);
      } else if (next.event instanceof Event.Complete) {
        taken.putAll(starts);
        starts.clear();
      }
      if (full && waiting.size() <= MOST_WAITING / 2 && bytes <= most() / 2) {
        full = false;
        room = true;
      }
    }
    if (room) {
      home.run(this::goOn);
    }
    return next.event;
  }

  /** Has something done once, as soon as there is an event to take. */
  public void whenReady(Runnable action) {
    synchronized (this) {
      if (waiting.isEmpty()) {
        listener = action;
        return;
      }
    }
    action.run();
  }

  /**
   * Where to go on behind all events that were taken; null = the documents that were there at the
   * beginning have not all been taken.
   */
  public @Nullable Place place() {
    boolean idle;
    synchronized (this) {
      idle = waiting.isEmpty();
    }
    if (idle) {
      shards.forEach(Following::lookAtFeed);
    }
    synchronized (this) {
      Place from = origin;
      if (from == null || taken.size() < shards.size()) {
        return null;
      }
      if (waiting.isEmpty()) {
        shards.forEach(each -> taken.put(each.shard(), each.mark()));
      }
      return new Place(from.generation(), from.logId(), taken);
    }
  }

  /** Why it ended without anything else to tell; null = it has not, or there is. */
  public synchronized @Nullable End endedAtOnce() {
    Waiting next = waiting.peek();
    return next != null && next.event instanceof Event.Ended ended ? ended.why() : null;
  }

  /** Ends it: nothing is told any more. */
  @Override
  public void close() {
    synchronized (this) {
      over = true;
      waiting.clear();
      addBytes(-bytes);
      listener = null;
    }
    shards.forEach(Following::leave);
    home.closed(this);
  }

  /** Lets it end by itself, behind what waits to be taken. */
  void end(End why) {
    synchronized (this) {
      if (over) {
        return;
      }
      over = true;
      waiting.add(new Waiting(new Event.Ended(why), 0, null, 0));
    }
    shards.forEach(Following::leave);
    wake();
  }

  /** Goes on with what is to be read next: shard by shard what is there, then all changes. */
  void goOn() {
    Following base = null;
    synchronized (this) {
      for (Following each : shards) {
        if (base == null && each.phase() == Phase.BASE) {
          base = each;
        }
      }
      if (base == null && !complete) {
        complete = true;
        waiting.add(new Waiting(new Event.Complete(), 0, null, 0));
        shards.forEach(each -> starts.put(each.shard(), each.mark()));
      }
    }
    if (base != null) {
      base.goOn();
    } else {
      wake();
      shards.forEach(Following::goOn);
    }
  }

  /** Tells whoever waits that there is something to take. */
  void wake() {
    Runnable action;
    synchronized (this) {
      if (waiting.isEmpty() || listener == null) {
        return;
      }
      action = listener;
      listener = null;
    }
    home.run(action); // whoever calls may hold the lock of a feed
  }

  // ---------------------------------------------------------------- for its shards

  synchronized boolean isOver() {
    return over;
  }

  /** Whether more may be read now; if not, {@link #goOn} is called when it may. */
  synchronized boolean hasRoom() {
    return !over && !full;
  }

  /** Which log the places are of; null = no shard has answered yet. */
  synchronized @Nullable Place origin() {
    return origin;
  }

  synchronized void answeredBy(PositionToken position) {
    if (origin == null) {
      origin = new Place(position.generation(), position.logId(), new TreeMap<>());
    }
  }

  /** A document of the beginning; there is always room for the page it is on. */
  synchronized void row(Document document) {
    if (!over && (filter == null || filter.matches(document.value()))) {
      add(new Waiting(new Event.Row(document), 0, null, document.value().length + EVENT_BYTES));
      full = waiting.size() >= MOST_WAITING || bytes >= most();
    }
  }

  /** A change, and the place behind it; false = there is no room for it. */
  synchronized boolean change(int shard, Change change, Mark behind) {
    if (!wish.range().contains(change.key().bytes())) {
      return true;
    }
    if (over || waiting.size() >= MOST_WAITING || bytes >= most()) {
      full = true;
      return false;
    }
    byte[] value = change.value();
    boolean matches = value == null || filter == null || filter.matches(value);
    Event event = matches ? new Event.Changed(change) : new Event.Gone(change);
    add(new Waiting(event, shard, behind, (value == null ? 0 : value.length) + EVENT_BYTES));
    return true;
  }

  private void add(Waiting next) {
    waiting.add(next);
    addBytes(next.bytes);
  }

  private void addBytes(long more) {
    bytes += more;
    home.waits(more);
  }

  private long most() {
    return home.isCrowded() ? FEW_BYTES : MOST_BYTES;
  }
}
