package dev.weir.query.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Ports that a node has chosen are its own from then on, and nobody is let in before it listens.
 */
class AddressingTest {

  @Test
  void chosenPortsAreKeptUntilTheyAreListenedOn() throws IOException {
    WeirConfig.Node node =
        Weir.builder()
            .application("ports")
            .bootstrapServers("127.0.0.1:9")
            .listen("127.0.0.1:0")
            .build()
            .node();
    try (Addressing addressing = Addressing.of(node)) {
      assertThat(addressing.url()).isEqualTo("http://" + addressing.listen());
      assertThat(addressing.peerAdvertised()).isEqualTo(addressing.peer().toString());
      for (HostPort each : List.of(addressing.listen(), addressing.peer())) {
        assertThat(each.port()).isPositive();
        assertThatThrownBy(() -> listen(each)).isInstanceOf(BindException.class);
        assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), each.port()))
            .isInstanceOf(ConnectException.class);
      }
      listen(addressing.releaseListen());
      listen(addressing.releasePeer());
    }
  }

  private static void listen(HostPort address) throws IOException {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(address.host(), address.port()));
    }
  }
}
