package dev.weir.query.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.query.Result;
import dev.weir.store.CollectionDefinition;
import dev.weir.store.EdgeKeys;
import dev.weir.store.Key;
import dev.weir.store.KeyCodec;
import dev.weir.store.KeyType;
import dev.weir.store.Operation;
import dev.weir.store.Outcome;
import dev.weir.store.Version;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** The check of both ends of all edges, over three nodes that are written to, and damaged. */
@SuppressWarnings("rawtypes") // a class literal has no type arguments
final class ClusterChecks {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Places that no walk of {@link ClusterWalks} comes to. */
  private static final long FIRST = 10_000;

  private static final int BUSY = 10;

  /** Seconds that news between shards may take here. */
  private static final int PATIENCE = 4;

  private final LiveCluster cluster;

  ClusterChecks(LiveCluster cluster) {
    this.cluster = cluster;
  }

  /** Edges come and go at all nodes; each of them proves meanwhile that nothing is wrong. */
  void expectNothingWhileEdgesAreWritten() throws Exception {
    AtomicBoolean stop = new AtomicBoolean();
    AtomicInteger writes = new AtomicInteger();
    CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> write(stop, writes));
    try {
      for (Weir node : cluster.nodes()) {
        int before = writes.get();
        JsonNode checked = check(node, PATIENCE);
        assertThat(checked.path("sound").asBoolean()).as(checked.toString()).isTrue();
        assertThat(writes.get()).as("writes during the check").isGreaterThan(before);
      }
    } finally {
      stop.set(true);
      writer.join();
    }
  }

  private void write(AtomicBoolean stop, AtomicInteger writes) {
    for (int i = 0; !stop.get(); i++) {
      Weir node = cluster.nodes().get(i % cluster.nodes().size());
      WeirCollection<List> leads = node.collection("leads", List.class);
      List<Long> edge = List.of(FIRST + i % BUSY, FIRST + (i * 3L) % BUSY);
      if (i % 4 == 3) {
        leads.delete(edge);
      } else {
        leads.put(edge, JSON.createObjectNode().put("n", i));
      }
      writes.incrementAndGet();
    }
  }

  /** One end forgets an edge; every node names it, until it is written again. */
  void expectDamageToBeNamed() throws Exception {
    Weir node = cluster.nodes().get(0);
    long to = placeOfFirstShard(node);
    List<Long> edge = List.of(FIRST + BUSY, to);
    WeirCollection<List> leads = node.collection("leads", List.class);
    leads.put(edge, JSON.createObjectNode());
    assertThat(check(node, PATIENCE).path("sound").asBoolean()).isTrue();

    forget(node, edge);
    for (Weir each : cluster.nodes()) {
      JsonNode checked = check(each, 1);
      assertThat(checked.path("sound").asBoolean()).as(checked.toString()).isFalse();
      JsonNode report = checked.path("edges").get(0);
      assertThat(report.path("name").asText()).isEqualTo("leads");
      assertThat(report.path("differences").toString())
          .isEqualTo(
              "[{\"edge\":\"%s\",\"what\":\"missing where it ends\"}]".formatted(text(edge)));
      assertThat(report.path("miscounts")).isEmpty();
    }
    leads.put(edge, JSON.createObjectNode().put("n", 1));
    assertThat(check(node, PATIENCE).path("sound").asBoolean()).isTrue();
  }

  private static String text(List<Long> edge) {
    return edge.toString().replace(" ", "");
  }

  /** As if a shard had told another that the edge was gone: such news is for shard 0 here. */
  private static void forget(Weir node, List<Long> edge) throws Exception {
    CollectionDefinition leads = node.database().catalogue().collection("leads").orElseThrow();
    EdgeKeys keys = EdgeKeys.of(leads);
    Key to = place(edge.get(1));
    Operation.UnlinkIn unlink =
        new Operation.UnlinkIn(
            leads.id(),
            keys.reversed(keys.edge(place(edge.get(0)), to, null)),
            keys.inPrefix(to).length,
            new Version(0, Long.MAX_VALUE));
    Result<Outcome> done = node.database().submit(unlink).join();
    assertThat(done).isInstanceOf(Result.Success.class);
  }

  private static long placeOfFirstShard(Weir node) throws Exception {
    long place = FIRST + BUSY;
    while (node.database().shards().shardOf(place(place)) != 0) {
      place++;
    }
    return place;
  }

  private static Key place(long n) throws Exception {
    return KeyCodec.of(KeyType.Scalar.LONG).encode(n);
  }

  private static JsonNode check(Weir node, int patience) throws Exception {
    URI uri = URI.create(node.url() + "/v1/graph/check?patience=" + patience);
    HttpResponse<byte[]> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(uri).POST(BodyPublishers.noBody()).build(),
                BodyHandlers.ofByteArray());
    assertThat(answer.statusCode()).isEqualTo(200);
    return JSON.readTree(answer.body());
  }
}
