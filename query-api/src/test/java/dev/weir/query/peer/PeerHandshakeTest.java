package dev.weir.query.peer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.query.PeerReply;
import dev.weir.query.SharedKey;
import dev.weir.store.ShardStatus;
import dev.weir.store.routing.NodeEntry;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class PeerHandshakeTest extends PeerFixture {
  @Test
  void nodesThatDoNotBelongTogetherDoNotTalk() throws IOException {
    NodeEntry node = entry("b", serve("b", shards, shards).port());
    SharedKey otherKey = SharedKey.of("another key, also long".getBytes(StandardCharsets.UTF_8));

    assertThat(why(client("a", otherKey), node)).contains("closed the connection");
    assertThat(why(client(new PeerIdentity("a", "other", LOG, 0, KEY)), node))
        .isEqualTo("this node belongs to application 'app'");
    assertThat(why(client(new PeerIdentity("a", "app", LOG, 1, KEY)), node))
        .contains("generation 0");
    assertThat(why(client("a", KEY), entry("c", Integer.parseInt(node.peer().split(":")[1]))))
        .isEqualTo("this node is 'b', not 'c'");
    assertThat(why(client("a", KEY), new NodeEntry("b", 1, 0, "", "nowhere", "", 1, "", List.of())))
        .isEqualTo("'nowhere' is no host:port");
  }

  @Test
  void aStrangerHearsNothing() throws Exception {
    int port = serve("b", shards, shards).port();
    byte[][] openings = {
      "GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.UTF_8),
      {0, 0, 0, 5, Frames.STATUS, 0, 0, 0, 1},
      {0, 0, 0, 1, Frames.HELLO},
      {0x7f, -1, -1, -1, 0},
      {0, 0, 0, 0},
    };
    for (byte[] opening : openings) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        socket.setSoTimeout(10_000);
        OutputStream out = socket.getOutputStream();
        out.write(opening);
        out.flush();
        assertThat(drain(socket.getInputStream())).isZero();
      }
    }
  }

  @Test
  void aRecordedHandshakeIsWorthNothing() throws Exception {
    int port = serve("b", shards, shards).port();
    Handshake handshake = new Handshake(new PeerIdentity("a", "app", LOG, 0, KEY));
    byte[] hello = handshake.hello("b");
    byte[] signature = KEY.sign(SharedKey.Purpose.PEER_HELLO, hello);
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(10_000);
      OutputStream out = socket.getOutputStream();
      write(out, Handshake.frame(Frames.HELLO, hello, signature));
      DataInputStream in = new DataInputStream(socket.getInputStream());
      byte[] challenge = in.readNBytes(in.readInt());
      assertThat(challenge[0]).isEqualTo((byte) Frames.CHALLENGE);
      write(out, Handshake.frame(Frames.PROOF, signature));
      assertThat(drain(in)).isZero();
    }
  }

  @Test
  void nodesOfTwoVersionsAgreeOnALevelOrDoNotTalk() {
    Handshake handshake = new Handshake(new PeerIdentity("b", "app", LOG, 0, KEY));
    assertThat(handshake.objection(new Handshake.Hello(1, 9, "app", LOG, 0, "b"))).isEmpty();
    assertThat(handshake.objection(new Handshake.Hello(2, 9, "app", LOG, 0, "b")))
        .hasValueSatisfying(why -> assertThat(why).contains("levels 2 to 9"));
  }

  private static String why(PeerClient client, NodeEntry node) {
    return ((PeerReply.Unsent<List<ShardStatus>>) client.status(node, SOON).join()).why();
  }

  private static void write(OutputStream out, FrameWriter frame) throws IOException {
    out.write(frame.frame(), 0, frame.length());
    out.flush();
  }

  /** Bytes until the other side closes; a reset is an end too. */
  private static int drain(InputStream in) throws IOException {
    try {
      return in.readAllBytes().length;
    } catch (java.net.SocketException e) {
      return 0;
    }
  }
}
