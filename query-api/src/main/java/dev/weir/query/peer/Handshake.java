package dev.weir.query.peer;

import dev.weir.query.SharedKey.Purpose;
import java.security.SecureRandom;
import java.util.Optional;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;

/**
 * The words of the handshake. Both sides prove that they know the key by signing what the other one
 * made up just now; every signature covers the words before it.
 *
 * <pre>
 * caller: HELLO     hello block, signature(hello)
 * called: CHALLENGE challenge block, signature(hello, challenge); nothing if the hello is not signed
 * caller: PROOF     signature(challenge, hello)
 * called: WELCOME
 * </pre>
 */
final class Handshake {
  private static final int MAGIC = 0x57656972;
  private static final int NONCE = 16;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final PeerIdentity self;

  Handshake(PeerIdentity self) {
    this.self = self;
  }

  /**
   * What a caller says of itself.
   *
   * @param wanted id of the node it means to call
   */
  record Hello(
      int minLevel, int maxLevel, String application, Uuid logId, int generation, String wanted) {}

  /**
   * What the called node says.
   *
   * @param level the feature level for this connection
   * @param refusal why it will not talk; null = it will
   */
  record Challenge(int level, @Nullable String refusal) {}

  /** The block of a hello to this node; different every time. */
  byte[] hello(String wanted) {
    FrameWriter out = new FrameWriter(128);
    out.writeFixed32(MAGIC);
    out.writeNumber(Frames.MIN_LEVEL);
    out.writeNumber(Frames.MAX_LEVEL);
    out.writeText(self.application());
    out.writeFixed64(self.logId().getMostSignificantBits());
    out.writeFixed64(self.logId().getLeastSignificantBits());
    out.writeNumber(self.generation());
    out.writeText(wanted);
    out.writeBytes(nonce());
    return out.content();
  }

  /** Reads a hello block whose signature was verified. */
  Hello readHello(byte[] block) throws MalformedFrameException {
    FrameReader in = new FrameReader(block);
    if (in.readFixed32() != MAGIC) {
      throw new MalformedFrameException("not a node");
    }
    return new Hello(
        in.readInt(),
        in.readInt(),
        in.readText(),
        new Uuid(in.readFixed64(), in.readFixed64()),
        in.readInt(),
        in.readText());
  }

  /** Why this node will not talk to a caller; empty = it will. */
  Optional<String> objection(Hello hello) {
    if (hello.minLevel() > Frames.MAX_LEVEL || hello.maxLevel() < Frames.MIN_LEVEL) {
      return Optional.of(
          "feature levels " + hello.minLevel() + " to " + hello.maxLevel() + " are not known here");
    }
    if (!hello.application().equals(self.application())) {
      return Optional.of("this node belongs to application '" + self.application() + "'");
    }
    if (!hello.logId().equals(self.logId()) || hello.generation() != self.generation()) {
      return Optional.of(
          "this node serves log " + self.logId() + ", generation " + self.generation());
    }
    return hello.wanted().equals(self.node())
        ? Optional.empty()
        : Optional.of("this node is '" + self.node() + "', not '" + hello.wanted() + "'");
  }

  /** The block of a challenge; different every time. */
  byte[] challenge(Hello hello) {
    FrameWriter out = new FrameWriter(64);
    out.writeNumber(Math.min(hello.maxLevel(), Frames.MAX_LEVEL));
    out.writeNullableText(objection(hello).orElse(null));
    out.writeBytes(nonce());
    return out.content();
  }

  Challenge readChallenge(byte[] block) throws MalformedFrameException {
    FrameReader in = new FrameReader(block);
    return new Challenge(in.readInt(), in.readNullableText());
  }

  byte[] sign(Purpose purpose, byte[]... words) {
    return self.key().sign(purpose, words);
  }

  boolean verify(byte[] signature, Purpose purpose, byte[]... words) {
    return self.key().verify(signature, purpose, words);
  }

  /** A frame of these byte strings. */
  static FrameWriter frame(int kind, byte[]... fields) {
    FrameWriter out = new FrameWriter(256);
    out.writeByte(kind);
    for (byte[] field : fields) {
      out.writeBytes(field);
    }
    return out;
  }

  /** Begins to read a frame that must be of this kind. */
  static FrameReader open(int kind, Object frame) throws MalformedFrameException {
    FrameReader in = new FrameReader((byte[]) frame);
    if (in.readByte() != kind) {
      throw new MalformedFrameException("not a frame of kind " + kind);
    }
    return in;
  }

  private static byte[] nonce() {
    byte[] nonce = new byte[NONCE];
    RANDOM.nextBytes(nonce);
    return nonce;
  }
}
