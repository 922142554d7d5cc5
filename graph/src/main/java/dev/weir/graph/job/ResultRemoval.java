package dev.weir.graph.job;

import dev.weir.store.CollectionDefinition;
import dev.weir.store.Document;
import dev.weir.store.InvalidKeyException;
import dev.weir.store.KeyCodec;
import dev.weir.store.KeyRange;
import dev.weir.store.Operation;
import dev.weir.store.Query;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes the values of runs, on a thread of its own. Safe from any thread. */
final class ResultRemoval implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ResultRemoval.class);
  private static final int PAGE = 1_000;

  private final JobHost host;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread made = new Thread(work, "weir-graph-removal");
            made.setDaemon(true);
            return made;
          });

  ResultRemoval(JobHost host) {
    this.host = host;
  }

  /** Removes everything that any attempt of a job has written, the run's document first. */
  void remove(JobView job) {
    thread.execute(
        () -> {
          try {
            removeNow(job);
          } catch (RuntimeException | InvalidKeyException e) {
            LOG.warn("The values of job {} were not removed", job.id(), e);
          }
        });
  }

  private void removeNow(JobView job) throws InvalidKeyException {
    String result = job.request().result();
    List<String> runs = new ArrayList<>(List.of(job.id()));
    for (int attempt = 2; attempt <= job.attempt(); attempt++) {
      runs.add(job.id() + "." + attempt);
    }
    Optional<CollectionDefinition> documents =
        host.catalogue().collection(ResultCollections.runs(result));
    if (documents.isPresent()) {
      DocumentWriter writer = new DocumentWriter(host, () -> false);
      runs.forEach(
          run -> writer.change(new Operation.Delete(documents.get().id(), Keys.text(run))));
      var unused = writer.finish();
    }
    Optional<CollectionDefinition> values = host.catalogue().collection(result);
    if (values.isPresent()) {
      for (String run : runs) {
        removeValues(values.get(), run);
      }
    }
  }

  private void removeValues(CollectionDefinition values, String run) throws InvalidKeyException {
    byte[] prefix = KeyCodec.of(values.keyType()).prefix("[\"" + run + "\"]");
    Query.Scan scan = new Query.Scan(values.id(), KeyRange.prefix(prefix), Query.Order.ASC, PAGE);
    while (true) {
      Query.Page page =
          host.scan(scan)
              .join()
              .orElseThrow(() -> new IllegalStateException("a shard cannot be read at present"));
      DocumentWriter writer = new DocumentWriter(host, () -> false);
      for (Document document : page.documents()) {
        writer.change(new Operation.Delete(values.id(), document.key()));
      }
      var unused = writer.finish();
      if (!page.more()) {
        return;
      }
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
