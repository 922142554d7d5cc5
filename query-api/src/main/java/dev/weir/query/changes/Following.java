package dev.weir.query.changes;

import dev.weir.query.PositionToken;
import dev.weir.query.ReadOptions;
import dev.weir.query.Result;
import dev.weir.query.changes.Event.End;
import dev.weir.query.changes.Place.Mark;
import dev.weir.store.ChangeQuery.Base;
import dev.weir.store.ChangeQuery.Based;
import dev.weir.store.ChangeQuery.Change;
import dev.weir.store.ChangeQuery.Changed;
import dev.weir.store.ChangeQuery.Since;
import dev.weir.store.Document;
import dev.weir.store.Key;
import dev.weir.store.KeyRange;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One shard of a subscription: first its documents, then what this subscription alone has to catch
 * up with, then what comes by the feed that all share. Its state is guarded by the subscription;
 * questions are asked, and feeds joined, without the lock.
 */
final class Following implements Feed.Follower {
  private static final int PAGE = 500;

  private final Subscription subscription;
  private final Sources sources;
  private final Feed feed;
  private final int shard;
  private final BasePages pages = new BasePages();
  private Phase phase;
  private boolean asking;
  private Mark mark;
  private KeyRange left;

  /** How a shard is read. */
  enum Phase {
    /** The documents that are there are read. */
    BASE,
    /** What has changed is read by this subscription alone. */
    BEHIND,
    /** What changes comes from the feed. */
    LIVE
  }

  /**
   * A shard of a subscription.
   *
   * @param after where it goes on; null = it begins with the documents
   */
  Following(
      Subscription subscription, Sources sources, Feed feed, int shard, @Nullable Mark after) {
    this.subscription = subscription;
    this.sources = sources;
    this.feed = feed;
    this.shard = shard;
    this.left = subscription.wish().range();
    this.phase = after == null ? Phase.BASE : Phase.BEHIND;
    this.mark = after == null ? new Mark(0, 0) : after;
  }

  int shard() {
    return shard;
  }

  Phase phase() {
    return phase;
  }

  @Override
  public @Nullable Key key() {
    return subscription.wish().key();
  }

  /** Up to where everything was passed on. */
  @Override
  public Mark mark() {
    synchronized (subscription) {
      return mark;
    }
  }

  /**
   * Takes over how far the feed is, which does not tell those who follow one key; without the
   * subscription's lock.
   */
  void lookAtFeed() {
    if (key() != null) {
      long seen = feed.nextFor(this);
      if (seen >= 0) {
        reached(seen);
      }
    }
  }

  /** Goes on from where it stands, unless it does already. */
  void goOn() {
    Phase now;
    synchronized (subscription) {
      if (asking || !subscription.hasRoom() || phase == Phase.LIVE) {
        return;
      }
      asking = true;
      now = phase;
    }
    if (now == Phase.BASE) {
      readBase();
    } else {
      catchUp();
    }
  }

  private void later() {
    done();
    sources.later(this::goOn);
  }

  private void done() {
    synchronized (subscription) {
      asking = false;
    }
  }

  private void readBase() {
    Place origin = subscription.origin();
    Mark reached = mark();
    ReadOptions options =
        origin == null || reached.offset() == 0
            ? ReadOptions.DEFAULTS
            : sources.reached(origin, shard, reached.offset() - 1);
    boolean wanted = subscription.wish().base();
    Base query = new Base(subscription.wish().collection().id(), shard, left, wanted ? PAGE : 1);
    sources.ask(query, options, this::based);
  }

  private void based(Result<Based> result) {
    if (!(result instanceof Result.Success<Based> success)) {
      refused(result);
      return;
    }
    Based answer = success.value();
    if (answer.kept() < 0) {
      notKept();
      return;
    }
    subscription.answeredBy(PositionToken.of(success.sources()));
    synchronized (subscription) {
      List<Document> documents =
          subscription.wish().base() ? answer.documents() : List.<Document>of();
      documents.forEach(document -> subscription.row(document));
      boolean more = answer.more() && !documents.isEmpty();
      Key last = more ? documents.get(documents.size() - 1).key() : null;
      // Changes begin behind the first page: later ones may lack what came to its keys meanwhile.
      mark = mark.offset() == 0 ? new Mark(answer.offset() + 1, 0) : mark;
      pages.add(last, answer.offset());
      if (last == null) {
        phase = Phase.BEHIND;
      } else {
        left = left.after(last);
      }
    }
    done();
    subscription.wake();
    subscription.goOn();
  }

  private void catchUp() {
    Place origin = subscription.origin();
    long from = mark().offset();
    if (origin == null) {
      throw new IllegalStateException("nothing says of which log the place is");
    }
    sources.ask(
        new Since(subscription.wish().collection().id(), shard, from, PAGE),
        sources.reached(origin, shard, from - 1),
        result -> caughtUp(origin, from, result));
  }

  private void caughtUp(Place origin, long from, Result<Changed> result) {
    if (!(result instanceof Result.Success<Changed> success)) {
      refused(result);
      return;
    }
    Changed answer = success.value();
    if (answer.kept() < 0) {
      notKept();
      return;
    }
    if (answer.kept() > from) {
      subscription.end(End.TOO_OLD);
      return;
    }
    boolean all = takeAll(answer);
    done();
    subscription.wake();
    if (all && answer.more()) {
      goOn();
    } else if (all) {
      join(origin);
    }
  }

  private boolean takeAll(Changed answer) {
    synchronized (subscription) {
      long offset = -1;
      int number = 0;
      for (Change change : answer.changes()) {
        number = change.version().offset() == offset ? number + 1 : 0;
        offset = change.version().offset();
        if (!takeNext(change, number)) {
          return false;
        }
      }
      passed(answer.next());
      return true;
    }
  }

  /** Takes a change unless it is behind the mark; false = there is no room. Under the lock. */
  private boolean takeNext(Change change, int number) {
    long offset = change.version().offset();
    if (mark.isPast(offset, number)) {
      return true;
    }
    Mark behind = new Mark(offset, number + 1);
    boolean known = pages.know(change);
    if (!known && !subscription.change(shard, change, behind)) {
      return false;
    }
    mark = behind;
    return true;
  }

  private void passed(long offset) {
    if (offset > mark.offset()) {
      mark = new Mark(offset, 0);
    }
    pages.passed(offset);
  }

  private void join(Place origin) {
    synchronized (subscription) {
      if (subscription.isOver()) {
        return;
      }
      phase = Phase.LIVE;
    }
    if (!feed.join(this, origin)) {
      synchronized (subscription) {
        phase = Phase.BEHIND;
      }
      sources.later(this::goOn); // the replica that was asked may trail behind the feed's
    } else if (subscription.isOver()) {
      feed.leave(this);
    }
  }

  /** The subscription is over. */
  void leave() {
    feed.leave(this);
  }

  @Override
  public boolean take(Feed.Numbered change) {
    boolean taken;
    synchronized (subscription) {
      taken = !subscription.isOver() && takeNext(change.change(), change.number());
      if (!taken) {
        phase = Phase.BEHIND;
      }
    }
    subscription.wake();
    return taken;
  }

  @Override
  public void reached(long offset) {
    synchronized (subscription) {
      if (phase == Phase.LIVE) {
        passed(offset);
      }
    }
  }

  @Override
  public void left() {
    synchronized (subscription) {
      phase = Phase.BEHIND;
    }
    sources.run(this::goOn);
  }

  private void refused(Result<?> result) {
    End end = sources.end(result, subscription.wish().collection());
    if (end == null) {
      later();
    } else {
      subscription.end(end);
    }
  }

  /** What this node knows may be newer than what the shard has folded. */
  private void notKept() {
    if (sources.keepsChanges(subscription.wish().collection())) {
      later();
    } else {
      subscription.end(End.NOT_KEPT);
    }
  }
}
