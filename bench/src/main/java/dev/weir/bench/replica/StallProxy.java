package dev.weir.bench.replica;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Stands before a node's port for its peers and delays single answers, not those behind them. */
final class StallProxy implements Closeable {
  private final ServerSocket door;
  private final int target;
  private final List<Socket> sockets = new ArrayList<>(); // under "sockets"
  private final ScheduledExecutorService alarms = Executors.newScheduledThreadPool(1);
  private volatile LongSupplier delayMillis = () -> 0;

  StallProxy(int target) throws IOException {
    this.target = target;
    this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    start(this::accept);
  }

  int port() {
    return door.getLocalPort();
  }

  /** From now on each answer waits for as long as this says. */
  void delay(LongSupplier millis) {
    delayMillis = millis;
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "stall-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    try {
      while (true) {
        Socket caller = door.accept();
        Socket called = new Socket(InetAddress.getLoopbackAddress(), target);
        for (Socket socket : List.of(caller, called)) {
          socket.setTcpNoDelay(true);
          synchronized (sockets) {
            sockets.add(socket);
          }
        }
        start(() -> calls(caller, called));
        start(() -> answers(called, caller));
      }
    } catch (IOException e) {
      // closed: the end
    }
  }

  private void calls(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException e) {
      // one side has gone: so does the other
    }
    close(to);
  }

  private void answers(Socket from, Socket to) {
    try {
      DataInputStream in = new DataInputStream(new BufferedInputStream(from.getInputStream()));
      DataOutputStream out = new DataOutputStream(to.getOutputStream());
      while (true) {
        int length = in.readInt();
        byte[] frame = new byte[4 + length];
        ByteBuffer.wrap(frame).putInt(length);
        in.readFully(frame, 4, length);
        long delay = delayMillis.getAsLong();
        if (delay == 0) {
          write(out, frame);
        } else {
          var unused = alarms.schedule(() -> write(out, frame), delay, TimeUnit.MILLISECONDS);
        }
      }
    } catch (IOException e) {
      close(to);
    }
  }

  private static void write(OutputStream out, byte[] frame) {
    synchronized (out) {
      try {
        out.write(frame);
        out.flush();
      } catch (IOException e) {
        // the caller has gone
      }
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // it is gone either way
    }
  }

  @Override
  public void close() throws IOException {
    door.close();
    alarms.shutdownNow();
    synchronized (sockets) {
      sockets.forEach(StallProxy::close);
    }
  }
}
