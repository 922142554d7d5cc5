package dev.weir.query.peer;

import dev.weir.query.SharedKey.Purpose;
import dev.weir.store.routing.NodeEntry;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;

/**
 * A connection over which pieces of files come, one after the other, from the network straight into
 * the buffer of whoever reads. Blocking, so that a process that has only just begun spends its time
 * on bytes. Used by one thread at a time; {@link #close} by any.
 */
final class FileConnection implements AutoCloseable {
  private static final int MOST_OF_HANDSHAKE = 4096;
  private static final int HEAD = 5; // kind and number of a call or an answer

  private final Socket socket;
  private final PeerSettings settings;
  private final Duration patience;
  private final InputStream in;
  private int number;
  private int left; // of the piece that comes
  private boolean leaving;
  private long heardAt = System.nanoTime();
  private long deadline;

  private FileConnection(Socket socket, PeerSettings settings, Duration patience)
      throws IOException {
    this.socket = socket;
    this.settings = settings;
    this.patience = patience;
    this.in = socket.getInputStream();
  }

  /**
   * Connects to a node and proves who this one is.
   *
   * @param patience with each piece
   */
  static FileConnection open(
      Handshake handshake, NodeEntry node, PeerSettings settings, Duration patience)
      throws IOException {
    String endpoint = node.peer();
    int colon = endpoint.lastIndexOf(':');
    int connect = (int) settings.timing().connect().toMillis();
    Socket socket = new Socket();
    try {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(connect);
      socket.connect(
          new InetSocketAddress(
              endpoint.substring(0, colon), Integer.parseInt(endpoint.substring(colon + 1))),
          connect);
      FileConnection made = new FileConnection(socket, settings, patience);
      made.deadline = System.nanoTime() + 2 * settings.timing().connect().toNanos();
      made.shakeHands(handshake, node.node());
      socket.setSoTimeout((int) Math.max(1, settings.timing().silence().toMillis() / 3));
      return made;
    } catch (IOException | RuntimeException e) {
      socket.close();
      throw e;
    }
  }

  private void shakeHands(Handshake handshake, String node) throws IOException {
    try {
      byte[] hello = handshake.hello(node);
      send(Handshake.frame(Frames.HELLO, hello, handshake.sign(Purpose.PEER_HELLO, hello)));
      FrameReader answer = Handshake.open(Frames.CHALLENGE, frame());
      byte[] challenge = answer.readBytes();
      if (!handshake.verify(answer.readBytes(), Purpose.PEER_CHALLENGE, hello, challenge)) {
        throw new IOException("it does not know the shared key");
      }
      String refusal = handshake.readChallenge(challenge).refusal();
      if (refusal != null) {
        throw new IOException(refusal);
      }
      send(Handshake.frame(Frames.PROOF, handshake.sign(Purpose.PEER_PROOF, challenge, hello)));
      Handshake.open(Frames.WELCOME, frame());
    } catch (MalformedFrameException e) {
      throw new IOException("it is not a node: " + e.getMessage(), e);
    }
  }

  private void send(FrameWriter frame) throws IOException {
    socket.getOutputStream().write(frame.frame(), 0, frame.length());
  }

  private byte[] frame() throws IOException {
    return bytes(length(MOST_OF_HANDSHAKE));
  }

  private int length(int most) throws IOException {
    int length = fixed32();
    if (length < 1 || length > most) {
      throw new IOException("it sent no frame of a node");
    }
    return length;
  }

  /**
   * Asks for a piece of a file that is lent; the one before must have been read.
   *
   * @return bytes that come: as many as asked for, or fewer at the file's end
   */
  int ask(long id, int file, long at, int length) throws IOException {
    if (leaving) {
      throw new IOException("the node is stopping");
    }
    FrameWriter call = Frames.begin(Frames.PIECE, ++number, 32);
    call.writeFixed64(id);
    call.writeNumber(file);
    call.writeNumber(at);
    call.writeNumber(length);
    heardAt = System.nanoTime();
    deadline = heardAt + patience.toNanos();
    send(call);
    left = answer();
    if (left < 1 || left > length) {
      throw new IOException("it gave a piece of " + left + " bytes");
    }
    return left;
  }

  /** Reads up to the bytes of the answer; what else comes is a sign of life, or of the end. */
  private int answer() throws IOException {
    while (true) {
      int length = length(settings.maxFrameBytes());
      int kind = one();
      int answered = fixed32();
      leaving |= kind == Frames.LEAVING;
      if (answered == number && kind == Frames.ANSWER) {
        return piece(length - HEAD);
      }
      byte[] fields = bytes(length - HEAD);
      if (answered == number) {
        throw refused(fields);
      }
    }
  }

  private int piece(int length) throws IOException {
    Numbers fields = new Numbers();
    fields.next(); // its version of the routing table
    boolean given = one() != 0;
    long size = given ? fields.next() : 0;
    int rest = length - fields.taken - 1;
    if (!given) {
      throw refused(bytes(rest));
    }
    if (size != rest) {
      throw new IOException("it announced " + size + " bytes and sends " + rest);
    }
    return rest;
  }

  private static IOException refused(byte[] fields) {
    try {
      return new IOException("it does not give it: " + new FrameReader(fields).readText());
    } catch (MalformedFrameException e) {
      return new IOException("it does not give it", e);
    }
  }

  /** Reads numbers as {@link FrameReader#readNumber} does, and how long they were. */
  private final class Numbers {
    int taken;

    long next() throws IOException {
      long value = 0;
      for (int shift = 0; shift < 64; shift += 7) {
        int next = one();
        taken++;
        value |= (next & 0x7fL) << shift;
        if (next < 0x80) {
          return value - 1;
        }
      }
      throw new IOException("a number of more than 10 bytes");
    }
  }

  /** How much of the piece has not been read yet. */
  int left() {
    return left;
  }

  /** Reads on in the piece; at least one byte, which there must be. */
  int read(byte[] into, int offset, int length) throws IOException {
    int read = some(into, offset, Math.min(length, left));
    left -= read;
    return read;
  }

  private int fixed32() throws IOException {
    byte[] four = bytes(4);
    return (four[0] & 0xff) << 24
        | (four[1] & 0xff) << 16
        | (four[2] & 0xff) << 8
        | (four[3] & 0xff);
  }

  private int one() throws IOException {
    return bytes(1)[0] & 0xff;
  }

  private byte[] bytes(int length) throws IOException {
    byte[] all = new byte[length];
    for (int at = 0; at < length; ) {
      at += some(all, at, length - at);
    }
    return all;
  }

  private int some(byte[] into, int offset, int length) throws IOException {
    while (true) {
      try {
        int read = in.read(into, offset, length);
        if (read < 0) {
          throw new EOFException("it closed the connection");
        }
        heardAt = System.nanoTime();
        return read;
      } catch (SocketTimeoutException e) {
        bear(e);
      }
    }
  }

  /** Nothing has come for a while: whoever is slow on purpose answers a ping. */
  private void bear(SocketTimeoutException quiet) throws IOException {
    long now = System.nanoTime();
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptedIOException("interrupted");
    }
    if (now - deadline > 0) {
      throw new IOException("no answer in time", quiet);
    }
    if (now - heardAt > settings.timing().silence().toNanos()) {
      throw new IOException("it owes a piece and is silent", quiet);
    }
    if (number > 0) {
      send(Frames.begin(Frames.PING, 0, 0));
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
