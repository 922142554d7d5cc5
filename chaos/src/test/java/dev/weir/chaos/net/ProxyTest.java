package dev.weir.chaos.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.chaos.process.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An echo behind a proxy, whose network breaks in every way. */
final class ProxyTest {

  private static final int SHORT = 200;
  private static final int LONG = 10_000;

  private ServerSocket echo;
  private Proxy proxy;

  @BeforeEach
  void start() throws IOException {
    echo = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    Thread thread = new Thread(this::echo, "echo");
    thread.setDaemon(true);
    thread.start();
    proxy = Proxy.start(Ports.next(), echo.getLocalPort());
  }

  @AfterEach
  void stop() throws IOException {
    proxy.close();
    echo.close();
  }

  private void echo() {
    while (!echo.isClosed()) {
      try {
        Socket socket = echo.accept();
        Thread thread =
            new Thread(
                () -> {
                  try (socket) {
                    socket.getInputStream().transferTo(socket.getOutputStream());
                  } catch (IOException e) {
                    // The other end has gone.
                  }
                });
        thread.setDaemon(true);
        thread.start();
      } catch (IOException e) {
        return;
      }
    }
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
    socket.setSoTimeout(LONG);
    return socket;
  }

  private static int exchange(Socket socket, int sent) throws IOException {
    socket.getOutputStream().write(sent);
    return socket.getInputStream().read();
  }

  @Test
  void passesBytesOn() throws IOException {
    try (Socket socket = connect()) {
      assertThat(exchange(socket, 7)).isEqualTo(7);
    }
  }

  @Test
  void cutsWhatIsOpenAndWhatIsNew() throws IOException {
    try (Socket old = connect()) {
      assertThat(exchange(old, 7)).isEqualTo(7);
      proxy.cut();
      assertThatThrownBy(() -> failing(old)).isInstanceOf(IOException.class);
      assertThatThrownBy(
              () -> {
                try (Socket fresh = connect()) {
                  failing(fresh);
                }
              })
          .isInstanceOf(IOException.class);
    }
    proxy.heal();
    try (Socket healed = connect()) {
      assertThat(exchange(healed, 8)).isEqualTo(8);
    }
  }

  /** The end of the stream is as good as a reset. */
  private static void failing(Socket socket) throws IOException {
    if (exchange(socket, 7) < 0) {
      throw new IOException("the connection has ended");
    }
  }

  @Test
  void holdsBytesBackAndPassesThemOnLater() throws IOException {
    try (Socket socket = connect()) {
      assertThat(exchange(socket, 7)).isEqualTo(7);
      proxy.hold();
      socket.setSoTimeout(SHORT);
      assertThatThrownBy(() -> exchange(socket, 9)).isInstanceOf(SocketTimeoutException.class);
      proxy.heal();
      socket.setSoTimeout(LONG);
      assertThat(socket.getInputStream().read()).isEqualTo(9);
    }
  }

  @Test
  void isSlowWhenTold() throws IOException {
    try (Socket socket = connect()) {
      assertThat(exchange(socket, 7)).isEqualTo(7);
      proxy.delay(Duration.ofMillis(SHORT));
      long start = System.nanoTime();
      assertThat(exchange(socket, 9)).isEqualTo(9);
      assertThat(System.nanoTime() - start).isGreaterThan(2L * SHORT * 1_000_000);
    }
  }
}
