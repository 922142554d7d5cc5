package dev.weir.query.peer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.store.ShardGate;
import dev.weir.store.liveness.PeerProbe.Echo;
import dev.weir.store.liveness.Sight;
import dev.weir.store.routing.NodeEntry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class PeerPulseTest extends PeerFixture {

  @RepeatedTest(5)
  void aNodeThatEndsIsHeardThenRefusedThenHeardAgain() throws Exception {
    PeerServer server = serve("b", shards, shards);
    int port = server.port();
    NodeEntry node = entry("b", port);
    try (PeerPulse pulse = pulse("a")) {
      assertThat(pulse.ping(node).join()).isEqualTo(Echo.HEARD);
      assertThat(pulse.ping(node).join()).isEqualTo(Echo.HEARD);
      server.close();
      assertThat(pulse.ping(node).join()).isEqualTo(Echo.REFUSED);
      assertThat(pulse.ping(node).join()).isEqualTo(Echo.REFUSED);
      serve("b", port, shards, shards);
      assertThat(pulse.ping(node).join()).isEqualTo(Echo.HEARD);
    }
  }

  @Test
  void whatSaysNothingOrIsAnotherNodeIsSilence() throws Exception {
    try (PeerPulse pulse = pulse("a");
        ServerSocket mute = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThat(pulse.ping(entry("b", mute.getLocalPort())).join()).isEqualTo(Echo.SILENCE);
      assertThat(pulse.ping(entry("c", serve("b", shards, shards).port())).join())
          .isEqualTo(Echo.SILENCE);
      assertThat(pulse.ping(new NodeEntry("b", 1, 0, "", "nowhere", "", 1, "", List.of())).join())
          .isEqualTo(Echo.SILENCE);
    }
  }

  @Test
  void aWitnessSaysWhatItSees() throws IOException {
    PeerServer server =
        PeerServer.start(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            new PeerIdentity("w", "app", LOG, 0, KEY),
            new PeerServices(
                shards,
                ShardGate.OPEN,
                shards,
                shards::status,
                () -> 17L,
                (node, session) ->
                    session != Long.MIN_VALUE
                        ? Sight.UNSURE
                        : node.equals("dé") ? Sight.MISSED : Sight.SEEN),
            SETTINGS);
    try (server;
        PeerPulse pulse = pulse("a")) {
      NodeEntry witness = entry("w", server.port());
      assertThat(pulse.sight(witness, "dé", Long.MIN_VALUE).join()).isEqualTo(Sight.MISSED);
      assertThat(pulse.sight(witness, "c", Long.MIN_VALUE).join()).isEqualTo(Sight.SEEN);
      assertThat(pulse.sight(witness, "c", 7).join()).isEqualTo(Sight.UNSURE);
    }
  }

  @Test
  void aWitnessThatDoesNotAnswerOrKnowsNothingOfItIsUnsure() throws IOException {
    try (PeerPulse pulse = pulse("a")) {
      NodeEntry watchesNobody = entry("w", serve("w", shards, shards).port());
      assertThat(pulse.sight(watchesNobody, "c", 1).join()).isEqualTo(Sight.UNSURE);
      assertThat(pulse.sight(entry("x", 1), "c", 1).join()).isEqualTo(Sight.UNSURE);
    }
  }

  private static PeerPulse pulse(String node) {
    return new PeerPulse(new PeerIdentity(node, "app", LOG, 0, KEY), SETTINGS);
  }
}
