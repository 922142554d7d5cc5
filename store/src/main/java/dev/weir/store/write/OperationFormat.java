package dev.weir.store.write;

import dev.weir.store.CatalogueJson;
import dev.weir.store.IdempotencyKey;
import dev.weir.store.Key;
import dev.weir.store.Operation;
import dev.weir.store.Operation.Adopt;
import dev.weir.store.Operation.Batch;
import dev.weir.store.Operation.Change;
import dev.weir.store.Operation.Define;
import dev.weir.store.Operation.Delete;
import dev.weir.store.Operation.DropOut;
import dev.weir.store.Operation.LinkIn;
import dev.weir.store.Operation.Once;
import dev.weir.store.Operation.Patch;
import dev.weir.store.Operation.Put;
import dev.weir.store.Operation.Track;
import dev.weir.store.Operation.UnlinkIn;
import dev.weir.store.Operation.When;
import dev.weir.store.UnreadableDefinitionsException;

/** Operations as the last part of an envelope; the outbox keeps them in the same form. */
final class OperationFormat {

  private static final int PUT = 1;
  private static final int DELETE = 2;
  private static final int DEFINE = 3;
  private static final int TRACK = 4;
  private static final int ADOPT = 5;
  private static final int PATCH = 6;
  private static final int WHEN = 7;
  private static final int BATCH = 8;
  private static final int ONCE = 9;
  private static final int LINK_IN = 10;
  private static final int UNLINK_IN = 11;
  private static final int DROP_OUT = 12;

  private static final byte[] NO_KEY = {0};
  private static final byte[] EMPTY = {};

  private OperationFormat() {}

  /** The key of records that are about no document or row. */
  static byte[] noKey() {
    return NO_KEY.clone();
  }

  /** The key of the Kafka record that carries the operation. */
  static byte[] key(Operation operation) {
    if (operation instanceof Change change) {
      return change.key().bytes();
    }
    if (operation instanceof When when) {
      return when.change().key().bytes();
    }
    if (operation instanceof Batch batch) {
      return batch.changes().get(0).change().key().bytes();
    }
    if (operation instanceof Once once) {
      return key(once.operation());
    }
    if (operation instanceof Track track) {
      return track.rowKey();
    }
    Key edge = EdgeFormat.key(operation);
    return edge == null ? noKey() : edge.bytes();
  }

  /** About how many bytes the operation takes. */
  static int expectedSize(Operation operation) {
    if (operation instanceof Put put) {
      return put.value().length;
    }
    if (operation instanceof Patch patch) {
      return patch.patch().length;
    }
    if (operation instanceof When when) {
      return expectedSize(when.change());
    }
    if (operation instanceof Batch batch) {
      int size = 0;
      for (When when : batch.changes()) {
        size += 16 + when.change().key().bytes().length + expectedSize(when.change());
      }
      return size;
    }
    if (operation instanceof Once once) {
      return IdempotencyKey.FINGERPRINT_BYTES + expectedSize(once.operation());
    }
    if (operation instanceof Track track) {
      Key derived = track.derivedKey();
      return track.value().length + (derived == null ? 0 : derived.bytes().length);
    }
    return operation instanceof LinkIn link ? link.value().length : 0;
  }

  static void write(Operation operation, EnvelopeWriter out) {
    if (operation instanceof Put put) {
      out.putByte(PUT);
      out.putNumber(put.collection(), "collection");
      out.putBytes(put.value());
    } else if (operation instanceof Delete delete) {
      out.putByte(DELETE);
      out.putNumber(delete.collection(), "collection");
    } else if (operation instanceof Track track) {
      writeTrack(track, out);
    } else if (operation instanceof Define define) {
      out.putByte(DEFINE);
      out.putBytes(CatalogueJson.write(define.changes()));
    } else if (operation instanceof Adopt adopt) {
      out.putByte(ADOPT);
      out.putBytes(CatalogueJson.write(adopt.catalogue()));
    } else if (operation instanceof Patch patch) {
      out.putByte(PATCH);
      ChangeFormat.writePatch(patch, out);
    } else if (operation instanceof When when) {
      out.putByte(WHEN);
      ChangeFormat.writeWhen(when, out);
    } else if (operation instanceof Batch batch) {
      out.putByte(BATCH);
      ChangeFormat.writeBatch(batch, out);
    } else if (operation instanceof Once once) {
      out.putByte(ONCE);
      ChangeFormat.writeOnce(once, out);
    } else if (operation instanceof LinkIn link) {
      out.putByte(LINK_IN);
      EdgeFormat.writeLink(link, out);
    } else if (operation instanceof UnlinkIn unlink) {
      out.putByte(UNLINK_IN);
      EdgeFormat.writeUnlink(unlink, out);
    } else if (operation instanceof DropOut drop) {
      out.putByte(DROP_OUT);
      EdgeFormat.writeDrop(drop, out);
    }
  }

  static Operation read(EnvelopeReader in, byte[] key) throws UnreadableEnvelopeException {
    return read(in.takeByte(), in, key);
  }

  /** What may stand under a condition. Never reads on into a deeper one: stacks are finite. */
  static Change readChange(EnvelopeReader in, byte[] key) throws UnreadableEnvelopeException {
    return readChange(in.takeByte(), in, key);
  }

  /** What may have an idempotency key. */
  static Operation readRepeatable(EnvelopeReader in, byte[] key)
      throws UnreadableEnvelopeException {
    int kind = in.takeByte();
    return kind == WHEN || kind == BATCH ? read(kind, in, key) : readChange(kind, in, key);
  }

  private static Change readChange(int kind, EnvelopeReader in, byte[] key)
      throws UnreadableEnvelopeException {
    if (kind == PUT || kind == DELETE || kind == PATCH) {
      return (Change) read(kind, in, key);
    }
    throw kind <= DROP_OUT
        ? UnreadableEnvelopeException.poison("operation kind " + kind + " where none belongs")
        : UnreadableEnvelopeException.newer(LogFormat.VERSION, "operation kind " + kind);
  }

  private static Operation read(int kind, EnvelopeReader in, byte[] key)
      throws UnreadableEnvelopeException {
    try {
      return switch (kind) {
        case PUT -> new Put(in.takeInt(), Key.ofEncoded(key), in.takeBytes());
        case DELETE -> new Delete(in.takeInt(), Key.ofEncoded(key));
        case TRACK -> readTrack(in, key);
        case PATCH -> ChangeFormat.readPatch(in, Key.ofEncoded(key));
        case WHEN -> ChangeFormat.readWhen(in, key);
        case BATCH -> ChangeFormat.readBatch(in, key);
        case ONCE -> ChangeFormat.readOnce(in, key);
        case LINK_IN -> EdgeFormat.readLink(in, Key.ofEncoded(key));
        case UNLINK_IN -> EdgeFormat.readUnlink(in, Key.ofEncoded(key));
        case DROP_OUT -> EdgeFormat.readDrop(in, Key.ofEncoded(key));
        case DEFINE -> {
          requireNoKey(key);
          yield new Define(CatalogueJson.readChanges(in.takeBytes()));
        }
        case ADOPT -> {
          requireNoKey(key);
          yield new Adopt(CatalogueJson.readCatalogue(in.takeBytes()));
        }
        default ->
            throw kind == 0
                ? UnreadableEnvelopeException.poison("operation kind 0")
                : UnreadableEnvelopeException.newer(LogFormat.VERSION, "operation kind " + kind);
      };
    } catch (UnreadableDefinitionsException e) {
      throw e.newer()
          ? UnreadableEnvelopeException.newer(LogFormat.VERSION, String.valueOf(e.getMessage()))
          : UnreadableEnvelopeException.poison(String.valueOf(e.getMessage()));
    }
  }

  static void requireNoKey(byte[] key) throws UnreadableEnvelopeException {
    if (key.length != 1 || key[0] != NO_KEY[0]) {
      throw UnreadableEnvelopeException.poison("a key where none belongs");
    }
  }

  /** Behind the ids the length of the derived key plus 1; 0 = there is none, and then no value. */
  private static void writeTrack(Track track, EnvelopeWriter out) {
    out.putByte(TRACK);
    out.putNumber(track.source(), "source");
    out.putNumber(track.collection(), "collection");
    Key derived = track.derivedKey();
    if (derived == null) {
      if (track.value().length > 0) {
        throw new IllegalArgumentException("a row without a derived key has no value");
      }
      out.putNumber(0, "length");
    } else {
      out.putNumber(derived.bytes().length + 1L, "length");
      out.putRaw(derived.bytes());
      out.putBytes(track.value());
    }
  }

  private static Track readTrack(EnvelopeReader in, byte[] rowKey)
      throws UnreadableEnvelopeException {
    int source = in.takeInt();
    int collection = in.takeInt();
    long length = in.takeNumber();
    if (length == 0) {
      return new Track(source, collection, rowKey, null, EMPTY);
    }
    Key derived = Key.ofEncoded(in.takeRaw(length - 1));
    return new Track(source, collection, rowKey, derived, in.takeBytes());
  }
}
