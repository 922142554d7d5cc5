package dev.weir.chaos.fault;

import dev.weir.chaos.cluster.Cluster;
import dev.weir.chaos.cluster.Member;
import dev.weir.chaos.process.Waiting;
import java.time.Duration;

/**
 * Something that goes wrong for a while. Nodes are named by their index. {@link #begin} injects it,
 * {@link #end} takes it back, whatever has become of the cluster meanwhile.
 */
public sealed interface Fault {

  /** How long it lasts. */
  Duration hold();

  /** Injects it. */
  void begin(Cluster cluster);

  /** Takes it back. */
  void end(Cluster cluster);

  /** SIGKILL of a node, which is started again afterwards. */
  record KillNode(int node, Duration hold) implements Fault {
    @Override
    public void begin(Cluster cluster) {
      cluster.members().get(node).kill();
    }

    @Override
    public void end(Cluster cluster) {
      cluster.members().get(node).restart();
    }
  }

  /** SIGKILL of a node, which is started again without its state: its disk was replaced. */
  record EmptyNode(int node, Duration hold) implements Fault {
    @Override
    public void begin(Cluster cluster) {
      Member member = cluster.members().get(node);
      member.kill();
      member.disk().empty();
    }

    @Override
    public void end(Cluster cluster) {
      cluster.members().get(node).restart();
    }
  }

  /**
   * SIGSTOP and SIGCONT of a node. If it lasts longer than the group's session, others own its
   * shards when it goes on, and it does not know.
   */
  record PauseNode(int node, Duration hold) implements Fault {
    @Override
    public void begin(Cluster cluster) {
      cluster.members().get(node).pause();
    }

    @Override
    public void end(Cluster cluster) {
      cluster.members().get(node).resume();
    }
  }

  /** A node ends in order and is started again: what an upgrade does. */
  record RestartNode(int node, Duration hold) implements Fault {
    @Override
    public void begin(Cluster cluster) {
      cluster.members().get(node).end();
    }

    @Override
    public void end(Cluster cluster) {
      cluster.members().get(node).restart();
    }
  }

  /** All nodes end in order and are started again, one after the other. */
  record RollingRestart(Duration hold) implements Fault {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @Override
    public void begin(Cluster cluster) {
      for (Member member : cluster.members()) {
        member.end();
        member.restart();
        member.awaitStarted();
        cluster.awaitReady(PATIENCE);
        Waiting.pass(hold);
      }
    }

    @Override
    public void end(Cluster cluster) {
      cluster.members().forEach(Member::restart);
    }
  }

  /** A fourth node joins, stays for a while and leaves. */
  record JoinAndLeave(Duration hold) implements Fault {
    @Override
    public void begin(Cluster cluster) {
      cluster.join();
    }

    @Override
    public void end(Cluster cluster) {
      Member last = cluster.members().get(cluster.members().size() - 1);
      cluster.leave(last);
    }
  }

  /** What happens to a connection. */
  enum Harm {
    /** Reset, and refused from then on. */
    CUT,
    /** Silent: nothing arrives, nobody is told. */
    HELD,
    /** Late. */
    SLOW
  }

  /** The connections between a node and the broker. */
  record NodeToBroker(int node, Harm harm, Duration delay, Duration hold) implements Fault {
    @Override
    public void begin(Cluster cluster) {
      Network.harm(cluster.members().get(node).broker(), harm, delay);
    }

    @Override
    public void end(Cluster cluster) {
      cluster.members().get(node).broker().heal();
    }
  }

  /** The connections of the other nodes to a node. */
  record NodesToNode(int node, Harm harm, Duration delay, Duration hold) implements Fault {
    @Override
    public void begin(Cluster cluster) {
      Network.harm(cluster.members().get(node).peers(), harm, delay);
    }

    @Override
    public void end(Cluster cluster) {
      cluster.members().get(node).peers().heal();
    }
  }

  /** A node that neither the broker nor other nodes reach, while its clients still do. */
  record Isolate(int node, Harm harm, Duration hold) implements Fault {
    @Override
    public void begin(Cluster cluster) {
      Member member = cluster.members().get(node);
      Network.harm(member.broker(), harm, Duration.ZERO);
      Network.harm(member.peers(), harm, Duration.ZERO);
    }

    @Override
    public void end(Cluster cluster) {
      Member member = cluster.members().get(node);
      member.broker().heal();
      member.peers().heal();
    }
  }

  /** SIGKILL of the broker, or an orderly end, and a start on its data. */
  record RestartBroker(boolean killed, Duration hold) implements Fault {
    @Override
    public void begin(Cluster cluster) {
      if (killed) {
        cluster.broker().kill();
      } else {
        cluster.broker().end();
      }
    }

    @Override
    public void end(Cluster cluster) {
      cluster.broker().restart();
    }
  }

  /** SIGSTOP and SIGCONT of the broker. */
  record PauseBroker(Duration hold) implements Fault {
    @Override
    public void begin(Cluster cluster) {
      cluster.broker().pause();
    }

    @Override
    public void end(Cluster cluster) {
      cluster.broker().resume();
    }
  }

  /** No room where a node keeps its state; then there is room again, and the node is restarted. */
  record FillDisk(int node, Duration hold) implements Fault {
    @Override
    public void begin(Cluster cluster) {
      cluster.members().get(node).disk().fill();
    }

    @Override
    public void end(Cluster cluster) {
      Member member = cluster.members().get(node);
      member.disk().free();
      // What an operator does: a store that could not write has stopped itself.
      member.end();
      member.restart();
    }
  }

  /** A node's wall clock is wrong. */
  record SkewClock(int node, Duration offset, Duration hold) implements Fault {
    @Override
    public void begin(Cluster cluster) {
      cluster.clock().skew(cluster.members().get(node).id(), offset);
    }

    @Override
    public void end(Cluster cluster) {
      cluster.clock().skew(cluster.members().get(node).id(), Duration.ZERO);
    }
  }
}
