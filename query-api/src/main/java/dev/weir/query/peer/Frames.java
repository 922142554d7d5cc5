package dev.weir.query.peer;

/**
 * Kinds of frames, and the feature levels of this build.
 *
 * <p>A frame is its length in 4 bytes, its kind in 1, for calls and answers the call's number in 4,
 * then its fields. Fields may be added at the end of a frame or a block without a new level; a
 * called node answers {@link #UNKNOWN} to a kind it does not know.
 */
final class Frames {
  /** The oldest level this build can talk. */
  static final int MIN_LEVEL = 1;

  /** The newest one. */
  static final int MAX_LEVEL = 1;

  /** What the caller says first: who it is and that it knows the key. */
  static final int HELLO = 1;

  /** The called node's answer: who it is and that it knows the key, or why it will not talk. */
  static final int CHALLENGE = 2;

  /** The caller's proof that its hello is no recording. */
  static final int PROOF = 3;

  /** Calls may come. */
  static final int WELCOME = 4;

  /** Queries for several shards. */
  static final int READ = 16;

  /** An operation for one shard. */
  static final int SUBMIT = 17;

  /** What the node holds. */
  static final int STATUS = 18;

  /** Nothing but a sign of life. */
  static final int PING = 19;

  /** Nobody waits for the answer of the call with this number any more; not answered. */
  static final int CANCEL = 20;

  /** What the node sees of another one. */
  static final int SIGHT = 21;

  /** A checkpoint of a shard is wanted, to be fetched piece by piece. */
  static final int LEND = 22;

  /** A piece of a file of a checkpoint that is lent. */
  static final int PIECE = 23;

  /** A checkpoint that was lent is not needed any more. */
  static final int GIVE_BACK = 24;

  /** Which states are on their way to the node. */
  static final int ARRIVING = 25;

  /**
   * The called node's word, with the number 0, that it is about to stop: calls that have come are
   * answered, further ones are better not sent, and the caller ends the connection.
   */
  static final int LEAVING = 48;

  /** The answer to a call that was understood. */
  static final int ANSWER = 64;

  /** The kind of call is not known here; nothing was done. */
  static final int UNKNOWN = 65;

  /** Too much to do; nothing was done. */
  static final int BUSY = 66;

  /** The call failed in a way that has no word; what was done is unknown. */
  static final int FAILED = 67;

  private Frames() {}

  /** Begins a call or an answer. */
  static FrameWriter begin(int kind, int number, int expectedBytes) {
    FrameWriter out = new FrameWriter(8 + expectedBytes);
    out.writeByte(kind);
    out.writeFixed32(number);
    return out;
  }
}
