package dev.weir.graph.job;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.store.CollectionDefinition;
import dev.weir.store.Key;
import dev.weir.store.Operation;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Makes a run known once all of its values are written: whoever reads runs finds complete ones. */
final class RunPublisher {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final JobHost host;

  RunPublisher(JobHost host) {
    this.host = host;
  }

  /** Writes the documents of a run; waits. */
  void publish(JobView job) {
    CollectionDefinition runs =
        host.catalogue()
            .collection(ResultCollections.runs(job.request().result()))
            .orElseThrow(() -> new IllegalStateException("the collection of runs was dropped"));
    byte[] document = document(job);
    for (String name : new String[] {job.run(), ResultCollections.LATEST}) {
      DocumentWriter writer = new DocumentWriter(host, () -> false);
      Key key = Keys.text(name);
      writer.change(new Operation.Put(runs.id(), key, document));
      var unused = writer.finish();
    }
  }

  private static byte[] document(JobView job) {
    ObjectNode json = JSON.createObjectNode().put("run", job.run()).put("job", job.id());
    json.set("request", job.request().json());
    JobView.Built built = job.built();
    if (built != null) {
      json.put("vertices", built.vertices()).put("edges", built.edges());
      json.put("dangling", built.dangling());
      json.set("cut", JSON.valueToTree(built.cut()));
    }
    json.set("warnings", JSON.valueToTree(job.warnings()));
    try {
      return JSON.writeValueAsBytes(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
