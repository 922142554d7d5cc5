package dev.weir.bench.follow;

import dev.weir.bench.process.ChildJvm;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * Many followers of a collection in a JVM of their own: each has been told all documents, there are
 * none, and waits for changes. One thread reads for all.
 */
final class IdleFollowers implements AutoCloseable {
  private static final String COMPLETE = "COMPLETE";

  /** Connections that are being opened at a time: fewer than a lane lets in. */
  private static final int AT_ONCE = 24;

  private final ChildJvm jvm;

  private IdleFollowers(ChildJvm jvm) {
    this.jvm = jvm;
  }

  /** How they follow. */
  enum Transport {
    /** Server-sent events of REST. */
    REST("complete"),
    /** Server-sent events of GraphQL. */
    EVENTS(COMPLETE),
    /** WebSockets of GraphQL. */
    SOCKETS(COMPLETE);

    final String sign;

    Transport(String sign) {
      this.sign = sign;
    }
  }

  /** Has so many follow; returns once all of them wait for changes. */
  static IdleFollowers start(int port, Transport transport, int followers)
      throws IOException, InterruptedException {
    List<String> arguments =
        List.of(Integer.toString(port), transport.name(), Integer.toString(followers));
    return new IdleFollowers(ChildJvm.start(IdleFollowers.class, List.of("-Xmx256m"), arguments));
  }

  @Override
  public void close() {
    jvm.close();
  }

  /** One of them. */
  private static final class Follower {
    final StringBuilder heard = new StringBuilder();
    boolean asked;
    boolean waits;
  }

  /** The process itself. */
  public static void main(String[] arguments) throws IOException {
    int port = Integer.parseInt(arguments[0]);
    Transport transport = Transport.valueOf(arguments[1]);
    int followers = Integer.parseInt(arguments[2]);
    Selector selector = Selector.open();
    ByteBuffer space = ByteBuffer.allocate(16 << 10);
    int opened = 0;
    int waiting = 0;
    while (waiting < followers) {
      while (opened < followers && opened - waiting < AT_ONCE) {
        open(selector, port, transport, opened);
        opened++;
      }
      selector.select();
      for (SelectionKey key : selector.selectedKeys()) {
        waiting += read(key, space, transport);
      }
      selector.selectedKeys().clear();
    }
    Thread reader = new Thread(() -> readOn(selector, space, transport), "reader");
    reader.setDaemon(true);
    reader.start();
    ChildJvm.readyUntilTold("all");
    System.exit(0);
  }

  private static void readOn(Selector selector, ByteBuffer space, Transport transport) {
    try {
      while (true) {
        selector.select();
        for (SelectionKey key : selector.selectedKeys()) {
          int unused = read(key, space, transport);
        }
        selector.selectedKeys().clear();
      }
    } catch (IOException e) {
      System.err.println("followers: " + e);
    }
  }

  /** Every group of them has an address, since one has too few ports for all. */
  private static void open(Selector selector, int port, Transport transport, int number)
      throws IOException {
    SocketChannel channel = SocketChannel.open();
    channel.bind(new InetSocketAddress(loopback(2 + number / 5_000), 0));
    channel.connect(new InetSocketAddress(loopback(1), port));
    channel.configureBlocking(false);
    channel.register(selector, SelectionKey.OP_READ, new Follower());
    write(channel, hello(transport));
  }

  private static InetAddress loopback(int last) throws IOException {
    return InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) last});
  }

  private static void write(SocketChannel channel, byte[] bytes) throws IOException {
    ByteBuffer out = ByteBuffer.wrap(bytes);
    while (out.hasRemaining()) {
      int unused = channel.write(out);
    }
  }

  private static String query() {
    return "subscription { "
        + FollowNode.COLLECTION
        + "Changes { kind key cursor node { json } } }";
  }

  private static byte[] hello(Transport transport) {
    String common = " HTTP/1.1\r\nHost: 127.0.0.1\r\n";
    String body = "{\"query\":\"" + query() + "\"}";
    String text =
        switch (transport) {
          case REST ->
              "GET /v1/collections/" + FollowNode.COLLECTION + "/changes" + common + "\r\n";
          case EVENTS ->
              "POST /graphql"
                  + common
                  + "Accept: text/event-stream\r\nContent-Type: application/json\r\n"
                  + "Content-Length: "
                  + body.length()
                  + "\r\n\r\n"
                  + body;
          case SOCKETS ->
              "GET /graphql"
                  + common
                  + "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                  + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                  + "Sec-WebSocket-Protocol: graphql-transport-ws\r\n\r\n";
        };
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** 1 = this follower has just begun to wait. */
  private static int read(SelectionKey key, ByteBuffer space, Transport transport)
      throws IOException {
    Follower follower = (Follower) key.attachment();
    SocketChannel channel = (SocketChannel) key.channel();
    space.clear();
    int came = channel.read(space);
    if (came < 0) {
      throw new IOException("a follower was cut off: " + follower.heard);
    }
    space.flip();
    if (follower.waits) {
      answerPings(channel, space, transport);
      return 0;
    }
    follower.heard.append(StandardCharsets.ISO_8859_1.decode(space));
    String heard = follower.heard.toString();
    if (transport == Transport.SOCKETS && !follower.asked && heard.contains("\r\n\r\n")) {
      follower.asked = true;
      write(channel, frame(1, "{\"type\":\"connection_init\"}"));
      write(
          channel,
          frame(
              1,
              "{\"id\":\"1\",\"type\":\"subscribe\",\"payload\":{\"query\":\"" + query() + "\"}}"));
    }
    follower.waits = heard.contains(transport.sign);
    if (follower.waits) {
      follower.heard.setLength(0);
      follower.heard.trimToSize();
    }
    return follower.waits ? 1 : 0;
  }

  /** What comes to those who wait on sockets is pings, a few bytes each. */
  private static void answerPings(SocketChannel channel, ByteBuffer space, Transport transport)
      throws IOException {
    if (transport == Transport.SOCKETS && space.hasRemaining() && (space.get(0) & 0xf) == 9) {
      write(channel, frame(10, ""));
    }
  }

  /** A frame with a mask of zeros, as long as a client needs. */
  private static byte[] frame(int kind, String text) {
    byte[] payload = text.getBytes(StandardCharsets.US_ASCII);
    ByteBuffer out = ByteBuffer.allocate(payload.length + 8);
    out.put((byte) (0x80 | kind));
    if (payload.length < 126) {
      out.put((byte) (0x80 | payload.length));
    } else {
      out.put((byte) (0x80 | 126)).putShort((short) payload.length);
    }
    out.putInt(0).put(payload);
    byte[] frame = new byte[out.position()];
    out.flip().get(frame);
    return frame;
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "followers of process %d", jvm.pid());
  }
}
