package dev.weir.query.routing;

import dev.weir.query.Arriving;
import dev.weir.query.ClusterView;
import dev.weir.query.PeerReply;
import dev.weir.query.Peers;
import dev.weir.store.Position;
import dev.weir.store.ShardStatus;
import dev.weir.store.routing.HeldShard;
import dev.weir.store.routing.NodeEntry;
import dev.weir.store.routing.RoutingTable;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Asks all nodes at once what they hold; who does not answer is shown as it last announced. */
final class ClusterSurvey {
  private static final long NOT_SEEN = -1;

  private final Application application;
  private final LocalShards local;
  private final Peers peers;
  private final Duration patience;

  ClusterSurvey(Application application, LocalShards local, Peers peers, Duration patience) {
    this.application = application;
    this.local = local;
    this.peers = peers;
    this.patience = patience;
  }

  CompletableFuture<ClusterView> view(RoutingTable table) {
    List<CompletableFuture<ClusterView.Node>> nodes =
        table.nodes().values().stream().map(this::ask).toList();
    return CompletableFuture.allOf(nodes.toArray(CompletableFuture<?>[]::new))
        .thenApply(
            all ->
                new ClusterView(
                    application.name(),
                    application.logId().toString(),
                    application.generation(),
                    table.version(),
                    nodes.stream().map(CompletableFuture::join).toList()));
  }

  private CompletableFuture<ClusterView.Node> ask(NodeEntry node) {
    if (node.node().equals(local.node())) {
      return CompletableFuture.completedFuture(
          node(node, true, local.status().get(), local.arriving().get()));
    }
    CompletableFuture<List<Arriving>> arriving =
        peers
            .arriving(node, patience)
            .handle(
                (reply, failure) ->
                    reply instanceof PeerReply.Answered<List<Arriving>> answered
                        ? answered.value()
                        : List.of()); // it may be of an older release
    return peers
        .status(node, patience)
        .handle((reply, failure) -> reply)
        .thenCombine(
            arriving,
            (reply, states) ->
                reply instanceof PeerReply.Answered<List<ShardStatus>> answered
                    ? node(node, true, answered.value(), states)
                    : node(node, false, announced(node), List.of()));
  }

  private static ClusterView.Node node(
      NodeEntry node, boolean live, List<ShardStatus> shards, List<Arriving> arriving) {
    return new ClusterView.Node(
        node.node(),
        node.url(),
        node.rack(),
        node.pid(),
        node.configuration(),
        live,
        shards,
        arriving);
  }

  private List<ShardStatus> announced(NodeEntry node) {
    return node.shards().stream().map(this::announced).toList();
  }

  private ShardStatus announced(HeldShard held) {
    Position position =
        new Position(application.logId(), application.generation(), held.offset(), -1);
    return new ShardStatus(
        held.shard(),
        held.role(),
        held.serving(),
        position,
        NOT_SEEN,
        held.catalogueRevision(),
        0,
        null);
  }
}
