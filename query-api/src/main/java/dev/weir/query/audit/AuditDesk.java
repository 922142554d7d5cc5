package dev.weir.query.audit;

import dev.weir.query.AuditReport;
import dev.weir.query.AuditView;
import dev.weir.query.Audits;
import dev.weir.store.Catalogue;
import dev.weir.store.CollectionDefinition;
import dev.weir.store.SourceDefinition;
import dev.weir.store.audit.AuditStoppedException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes audits one after the other, each on a thread of its own. Safe from any thread. */
public final class AuditDesk implements Audits, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AuditDesk.class);
  private static final int REMEMBERED = 20;
  private static final long CLOSE_MILLIS = 5_000;

  private final AuditPorts ports;
  private final Clock clock;

  // Under "this".
  private final Deque<Running> audits = new ArrayDeque<>();
  private long number;
  private boolean closed;
  private @Nullable Thread thread;

  /** A desk without audits. */
  public AuditDesk(AuditPorts ports, Clock clock) {
    this.ports = ports;
    this.clock = clock;
  }

  /** An audit, its thread's and everybody's. */
  private static final class Running {
    private final String id;
    private final List<String> collections;
    private final Instant started;
    private final AuditView.Terms terms;
    private final AuditPace pace;
    private final List<AuditReport> reports = new CopyOnWriteArrayList<>();
    private volatile AuditView.State state = AuditView.State.RUNNING;
    private volatile String reason = "";

    Running(String id, List<String> collections, Instant started, AuditView.Terms terms) {
      this.id = id;
      this.collections = collections;
      this.started = started;
      this.terms = terms;
      this.pace = new AuditPace(terms.rate());
    }

    AuditView view() {
      AuditView.State now = state;
      return new AuditView(
          id, now, reason, collections, started, pace.phase(), pace.records(), reports);
    }
  }

  @Override
  public synchronized Started start(List<String> collections, AuditView.Terms terms) {
    Running newest = audits.peekFirst();
    if (closed || (newest != null && newest.state == AuditView.State.RUNNING)) {
      return new Busy(newest == null ? "" : newest.id);
    }
    Running audit =
        new Running(Long.toString(++number), List.copyOf(collections), clock.instant(), terms);
    audits.addFirst(audit);
    if (audits.size() > REMEMBERED) {
      audits.removeLast();
    }
    Thread made = new Thread(() -> run(audit), "weir-audit");
    made.setDaemon(true);
    thread = made;
    made.start();
    return new Begun(audit.view());
  }

  @Override
  public synchronized List<AuditView> all() {
    return audits.stream().map(Running::view).toList();
  }

  @Override
  public synchronized Optional<AuditView> cancel(String id) {
    Optional<Running> found = audits.stream().filter(audit -> audit.id.equals(id)).findFirst();
    found.ifPresent(audit -> audit.pace.cancel());
    return found.map(Running::view);
  }

  private void run(Running audit) {
    AuditView.State end = AuditView.State.FAILED;
    try {
      for (String collection : audit.collections) {
        audit.reports.add(compare(collection, audit));
      }
      end = AuditView.State.DONE;
    } catch (AuditStoppedException e) {
      audit.reason = String.valueOf(e.getMessage());
      end = audit.pace.isCancelled() ? AuditView.State.CANCELLED : AuditView.State.FAILED;
    } catch (RuntimeException | Error e) {
      LOG.error("The audit {} of {} failed", audit.id, audit.collections, e);
      audit.reason = "it failed: " + e;
    } finally {
      audit.state = end; // whatever it was: the next one may begin
    }
  }

  private AuditReport compare(String name, Running audit) throws AuditStoppedException {
    Feeding feeding = feeding(name);
    List<AuditedSource> sources = new ArrayList<>();
    try {
      for (SourceDefinition source : feeding.sources) {
        sources.add(new AuditedSource(sources.size(), source, feeding.collection, ports));
      }
      StateSide state = new StateSide(ports.database(), audit.pace);
      AuditWork work =
          new AuditWork(
              feeding.collection, sources, state, audit.pace, audit.terms.patience().toNanos());
      AuditReport report = new CollectionAudit(work, ports).run();
      if (!feeding.equals(feeding(name))) {
        throw new AuditStoppedException(
            "the definition of " + name + ", or of a source, was changed meanwhile: begin anew");
      }
      return report;
    } catch (IllegalArgumentException e) {
      throw new AuditStoppedException("a source cannot be read: " + e.getMessage(), e);
    } finally {
      sources.forEach(AuditedSource::close);
    }
  }

  /** A collection with all that feeds it. */
  private record Feeding(CollectionDefinition collection, List<SourceDefinition> sources) {}

  private Feeding feeding(String name) throws AuditStoppedException {
    Catalogue catalogue = ports.database().catalogue();
    return new Feeding(
        catalogue
            .collection(name)
            .orElseThrow(() -> new AuditStoppedException("there is no collection " + name)),
        catalogue.sources().stream().filter(each -> each.collection().equals(name)).toList());
  }

  /** Cancels what is running, and waits a little for its end. */
  @Override
  public void close() {
    Thread last;
    synchronized (this) {
      closed = true;
      audits.forEach(audit -> audit.pace.cancel());
      last = thread;
    }
    if (last != null) {
      try {
        last.interrupt();
        last.join(CLOSE_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
