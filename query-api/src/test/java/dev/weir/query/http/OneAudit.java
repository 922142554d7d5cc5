package dev.weir.query.http;

import dev.weir.query.AuditReport;
import dev.weir.query.AuditView;
import dev.weir.query.Audits;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Begins every audit that is asked for, and knows one that is done. */
final class OneAudit implements Audits {
  static final String ID = "1";

  final List<List<String>> asked = new ArrayList<>();
  volatile @Nullable String busy;
  volatile AuditView.Terms terms = new AuditView.Terms(Duration.ZERO, 1);

  private static AuditView done() {
    AuditReport.Partition partition = new AuditReport.Partition(0, 2, 9, 0, 3, 2, 1, 1, 0, 0);
    AuditReport report =
        new AuditReport(
            "person",
            3,
            List.of(new AuditReport.Source("people", "people-topic", 1, false, List.of(partition))),
            List.of(
                new AuditReport.Difference(
                    AuditReport.Kind.NOT_REMOVED, "7", "people", 0, 5, "still there"),
                new AuditReport.Difference(
                    AuditReport.Kind.UNEXPECTED, "8", "", -1, -1, "of nobody")),
            4,
            List.of(new AuditReport.Unproved("9", "gone")),
            0);
    return view(AuditView.State.DONE, List.of("person"), List.of(report));
  }

  private static AuditView view(
      AuditView.State state, List<String> collections, List<AuditReport> reports) {
    return new AuditView(ID, state, "", collections, Instant.EPOCH, "comparing", 8, reports);
  }

  @Override
  public Started start(List<String> collections, AuditView.Terms wished) {
    String running = busy;
    if (running != null) {
      return new Busy(running);
    }
    asked.add(collections);
    terms = wished;
    return new Begun(view(AuditView.State.RUNNING, collections, List.of()));
  }

  @Override
  public List<AuditView> all() {
    return List.of(done());
  }

  @Override
  public Optional<AuditView> cancel(String id) {
    return find(id);
  }
}
