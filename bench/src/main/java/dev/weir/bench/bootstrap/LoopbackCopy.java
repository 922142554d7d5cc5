package dev.weir.bench.bootstrap;

import dev.weir.store.snapshot.Checksum;
import dev.weir.store.snapshot.ManifestFile;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The plainest way to bring files through a socket: asked by name, sent as they are, summed up,
 * written and forced at the other end.
 */
final class LoopbackCopy implements AutoCloseable {
  private static final int BUFFER = 1 << 20;

  private final ServerSocket door;
  private final Path directory;

  LoopbackCopy(Path directory) throws IOException {
    this.directory = directory;
    this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    start(this::accept);
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "loopback-copy");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    try {
      while (true) {
        Socket caller = door.accept();
        start(() -> serve(caller));
      }
    } catch (IOException e) {
      // closed: the end
    }
  }

  private void serve(Socket caller) {
    try (caller) {
      String name = new DataInputStream(caller.getInputStream()).readUTF();
      byte[] buffer = new byte[BUFFER];
      try (FileChannel file = FileChannel.open(directory.resolve(name), StandardOpenOption.READ);
          WritableByteChannel out = Channels.newChannel(caller.getOutputStream())) {
        ByteBuffer bytes = ByteBuffer.wrap(buffer);
        while (file.read(bytes.clear()) >= 0) {
          bytes.flip();
          while (bytes.hasRemaining()) {
            out.write(bytes);
          }
        }
      }
    } catch (IOException e) {
      System.err.println("a file was not sent: " + e);
    }
  }

  /** Brings one file into another directory. */
  Checksum fetch(ManifestFile file, Path target) throws IOException {
    Checksum.Sum sum = Checksum.begin(file.checksum().kind());
    byte[] buffer = new byte[BUFFER];
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), door.getLocalPort());
        FileChannel out =
            FileChannel.open(
                target.resolve(file.name()),
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.WRITE)) {
      new DataOutputStream(socket.getOutputStream()).writeUTF(file.name());
      InputStream in = socket.getInputStream();
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        sum.add(buffer, 0, read);
        ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, read);
        while (bytes.hasRemaining()) {
          out.write(bytes);
        }
      }
      out.force(true);
    }
    return sum.end();
  }

  @Override
  public void close() throws IOException {
    door.close();
  }
}
