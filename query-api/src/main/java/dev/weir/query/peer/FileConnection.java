package dev.weir.query.peer;

import dev.weir.query.SharedKey.Purpose;
import dev.weir.store.routing.NodeEntry;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/**
 * A connection over which pieces of files come, one after the other, from the network straight into
 * the buffer of whoever reads. Its thread waits itself, so that a process that has only just begun
 * spends its time on bytes. Used by one thread at a time; {@link #close} by any.
 */
final class FileConnection implements AutoCloseable {
  private static final int MOST_OF_HANDSHAKE = 4096;
  private static final int HEAD = 5; // kind and number of a call or an answer

  private final SocketChannel channel;
  private final Selector selector;
  private final SelectionKey key;
  private final PeerSettings settings;
  private final Duration patience;

  /** What came behind the head of an answer when that was read. */
  private final ByteBuffer ahead = ByteBuffer.allocateDirect(MOST_OF_HANDSHAKE).limit(0);

  private long quietMillis; // after which it is asked for a sign of life
  private int number;
  private int left; // of the piece that comes
  private boolean leaving;
  private long heardAt = System.nanoTime();
  private long deadline;

  private FileConnection(
      SocketChannel channel, Selector selector, PeerSettings settings, Duration patience)
      throws IOException {
    this.channel = channel;
    this.selector = selector;
    this.key = channel.register(selector, SelectionKey.OP_READ);
    this.settings = settings;
    this.patience = patience;
    this.quietMillis = settings.timing().connect().toMillis();
    this.deadline = System.nanoTime() + 2 * settings.timing().connect().toNanos();
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
    SocketChannel channel = SocketChannel.open();
    Selector selector = null;
    try {
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      channel
          .socket()
          .connect(
              new InetSocketAddress(
                  endpoint.substring(0, colon), Integer.parseInt(endpoint.substring(colon + 1))),
              (int) settings.timing().connect().toMillis());
      channel.configureBlocking(false);
      selector = Selector.open();
      FileConnection made = new FileConnection(channel, selector, settings, patience);
      made.shakeHands(handshake, node.node());
      made.quietMillis = Math.max(1, settings.timing().silence().toMillis() / 3);
      return made;
    } catch (IOException | RuntimeException e) {
      channel.close();
      if (selector != null) {
        selector.close();
      }
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
    ByteBuffer bytes = ByteBuffer.wrap(frame.frame(), 0, frame.length());
    while (channel.write(bytes) == 0 || bytes.hasRemaining()) {
      if (System.nanoTime() - deadline > 0) {
        throw new IOException("it takes no call");
      }
      key.interestOps(SelectionKey.OP_WRITE);
      selected();
      key.interestOps(SelectionKey.OP_READ);
    }
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
  int read(ByteBuffer into) throws IOException {
    int limit = into.limit();
    into.limit(into.position() + Math.min(left, into.remaining()));
    try {
      int read = ahead.hasRemaining() ? readAhead(into) : some(into);
      left -= read;
      return read;
    } finally {
      into.limit(limit);
    }
  }

  private int readAhead(ByteBuffer into) {
    int length = Math.min(ahead.remaining(), into.remaining());
    into.put(into.position(), ahead, ahead.position(), length);
    into.position(into.position() + length);
    ahead.position(ahead.position() + length);
    return length;
  }

  private int fixed32() throws IOException {
    return ByteBuffer.wrap(bytes(4)).getInt();
  }

  private int one() throws IOException {
    return bytes(1)[0] & 0xff;
  }

  private byte[] bytes(int length) throws IOException {
    ByteBuffer all = ByteBuffer.allocate(length);
    while (all.hasRemaining()) {
      if (!ahead.hasRemaining()) {
        some(ahead.clear());
        ahead.flip();
      }
      readAhead(all);
    }
    return all.array();
  }

  private int some(ByteBuffer into) throws IOException {
    while (true) {
      int read = channel.read(into);
      if (read < 0) {
        throw new EOFException("it closed the connection");
      }
      if (read > 0) {
        heardAt = System.nanoTime();
        return read;
      }
      if (!selected()) {
        bear();
      }
    }
  }

  private boolean selected() throws IOException {
    try {
      return selector.select(ready -> {}, quietMillis) > 0;
    } catch (ClosedSelectorException e) {
      throw new AsynchronousCloseException();
    }
  }

  /** Nothing has come for a while: whoever is slow on purpose answers a ping. */
  private void bear() throws IOException {
    long now = System.nanoTime();
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptedIOException("interrupted");
    }
    if (now - deadline > 0) {
      throw new IOException("no answer in time");
    }
    if (now - heardAt > settings.timing().silence().toNanos()) {
      throw new IOException("it owes a piece and is silent");
    }
    if (number > 0) {
      send(Frames.begin(Frames.PING, 0, 0));
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
    selector.close();
  }
}
