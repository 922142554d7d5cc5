package dev.weir.store.write;

import dev.weir.store.Operation;
import dev.weir.store.write.LogRecord.Command;
import dev.weir.store.write.LogRecord.CommandId;
import dev.weir.store.write.LogRecord.Continue;
import dev.weir.store.write.LogRecord.Emitted;
import dev.weir.store.write.LogRecord.Ingested;
import dev.weir.store.write.LogRecord.Origin;
import dev.weir.store.write.LogRecord.Trim;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;

/**
 * Log records as the keys and values of Kafka records: the one place that knows their bytes. Pure;
 * safe from any thread.
 *
 * <p>A value is {@code F7 57 | version | generation | kind | fields | operation}. Numbers are
 * unsigned varints (ids of commands: 8 bytes each); byte strings stand behind their length. The
 * document's key, or the row's key of a {@link Operation.Track}, is the Kafka record's key and not
 * repeated; records without either have the key {@code 00}.
 */
public final class LogFormat {

  /** The version this build writes, and the highest it reads. */
  public static final int VERSION = 1;

  /** Not UTF-8, and not what the known frames of other tools begin with. */
  private static final int MAGIC_1 = 0xf7;

  private static final int MAGIC_2 = 0x57;

  private static final int COMMAND = 1;
  private static final int INGESTED = 2;
  private static final int EMITTED = 3;
  private static final int TRIM = 4;
  private static final int CONTINUE = 5;

  /** Enough for everything but keys and values of almost all records. */
  private static final int HEAD = 64;

  private LogFormat() {}

  /** What the bytes of a Kafka record turned out to be. */
  public sealed interface Decoded permits Record, Poison, Newer {}

  /**
   * A record of the log.
   *
   * @param record what it says
   * @param generation number of the log it was written for
   */
  @SuppressWarnings("JavaLangClash") // always written LogFormat.Record
  public record Record(LogRecord record, int generation) implements Decoded {}

  /** Not a record that any version of Weir writes: skip it, and count it. */
  public record Poison(String reason) implements Decoded {}

  /**
   * Something a newer version of Weir wrote: stop the shard, because that version folds it.
   *
   * @param version of the envelope, 0 to 255
   * @param detail what is not known here
   */
  public record Newer(int version, String detail) implements Decoded {}

  /** The key of the Kafka record, never null; shared with the record, do not modify. */
  public static byte[] key(LogRecord record) {
    Operation operation = operation(record);
    return operation == null ? OperationFormat.noKey() : OperationFormat.key(operation);
  }

  /**
   * The value of the Kafka record.
   *
   * @param generation number of the log, from 0
   * @throws IllegalArgumentException if a number of the record is out of its range
   */
  public static byte[] value(LogRecord record, int generation) {
    Operation operation = operation(record);
    int expected = HEAD + (operation == null ? 0 : OperationFormat.expectedSize(operation));
    EnvelopeWriter out = new EnvelopeWriter(expected);
    out.putByte(MAGIC_1);
    out.putByte(MAGIC_2);
    out.putByte(VERSION);
    out.putNumber(generation, "generation");
    writeFields(record, out);
    if (operation != null) {
      OperationFormat.write(operation, out);
    }
    return out.toBytes();
  }

  /** Reads what {@link #key} and {@link #value} wrote; takes any bytes and never throws. */
  public static Decoded decode(byte @Nullable [] key, byte @Nullable [] value) {
    if (key == null || value == null) {
      return new Poison(key == null ? "a record without a key" : "a record without a value");
    }
    try {
      EnvelopeReader in = new EnvelopeReader(value);
      if (in.takeByte() != MAGIC_1 || in.takeByte() != MAGIC_2) {
        return new Poison("not a Weir envelope");
      }
      int version = in.takeByte();
      if (version > VERSION) {
        return new Newer(version, "envelope version " + version);
      }
      if (version == 0) {
        return new Poison("envelope version 0");
      }
      int generation = in.takeInt();
      LogRecord record = read(in, key);
      return in.atEnd() ? new Record(record, generation) : new Poison("bytes behind the end");
    } catch (UnreadableEnvelopeException e) {
      return e.decoded();
    }
  }

  private static @Nullable Operation operation(LogRecord record) {
    if (record instanceof Ingested ingested) {
      return ingested.operation();
    }
    if (record instanceof Command command) {
      return command.operation();
    }
    return record instanceof Emitted emitted ? emitted.operation() : null;
  }

  private static void writeFields(LogRecord record, EnvelopeWriter out) {
    if (record instanceof Ingested ingested) {
      out.putByte(INGESTED);
      writeOrigin(ingested.origin(), out);
      out.putNumber(ingested.seq(), "seq");
      out.putNumber(distance(ingested), "distance");
    } else if (record instanceof Command command) {
      out.putByte(COMMAND);
      out.putFixed(command.id().session());
      out.putFixed(command.id().number());
    } else if (record instanceof Emitted emitted) {
      out.putByte(EMITTED);
      out.putNumber(emitted.fromShard(), "fromShard");
      if (emitted.number() < 1) {
        throw new IllegalArgumentException("numbers of outboxes begin at 1: " + emitted.number());
      }
      out.putNumber(emitted.number(), "number");
    } else if (record instanceof Trim trim) {
      out.putByte(TRIM);
      out.putNumber(trim.toShard(), "toShard");
      out.putNumber(trim.upTo(), "upTo");
    } else if (record instanceof Continue next) {
      out.putByte(CONTINUE);
      out.putNumber(next.continuation(), "continuation");
      out.putNumber(next.step(), "step");
    }
  }

  private static LogRecord read(EnvelopeReader in, byte[] key) throws UnreadableEnvelopeException {
    int kind = in.takeByte();
    return switch (kind) {
      case INGESTED -> {
        Origin origin = readOrigin(in);
        long seq = in.takeNumber();
        yield new Ingested(origin, seq, readPrev(in, seq), OperationFormat.read(in, key));
      }
      case COMMAND -> {
        CommandId id = new CommandId(in.takeFixed(), in.takeFixed());
        yield new Command(id, OperationFormat.read(in, key));
      }
      case EMITTED -> new Emitted(in.takeInt(), readFromOne(in), OperationFormat.read(in, key));
      case TRIM -> {
        OperationFormat.requireNoKey(key);
        yield new Trim(in.takeInt(), in.takeNumber());
      }
      case CONTINUE -> {
        OperationFormat.requireNoKey(key);
        yield new Continue(in.takeNumber(), in.takeNumber());
      }
      default ->
          throw kind == 0
              ? UnreadableEnvelopeException.poison("record kind 0")
              : UnreadableEnvelopeException.newer(VERSION, "record kind " + kind);
    };
  }

  private static long readFromOne(EnvelopeReader in) throws UnreadableEnvelopeException {
    long number = in.takeNumber();
    if (number == 0) {
      throw UnreadableEnvelopeException.poison("number 0 of an outbox");
    }
    return number;
  }

  private static void writeOrigin(Origin origin, EnvelopeWriter out) {
    out.putNumber(origin.source(), "source");
    out.putNumber(origin.revision(), "revision");
    out.putFixed(origin.topicId().getMostSignificantBits());
    out.putFixed(origin.topicId().getLeastSignificantBits());
    out.putNumber(origin.partition(), "partition");
  }

  private static Origin readOrigin(EnvelopeReader in) throws UnreadableEnvelopeException {
    return new Origin(
        in.takeInt(), in.takeInt(), new Uuid(in.takeFixed(), in.takeFixed()), in.takeInt());
  }

  /** How far {@code prev} lies back, which is a small number; 0 = it is the first. */
  private static long distance(Ingested record) {
    if (record.prev() == LogRecord.FIRST) {
      return 0;
    }
    if (record.prev() < 0 || record.prev() >= record.seq()) {
      throw new IllegalArgumentException(
          "prev must lie before seq " + record.seq() + ": " + record.prev());
    }
    return record.seq() - record.prev();
  }

  private static long readPrev(EnvelopeReader in, long seq) throws UnreadableEnvelopeException {
    long distance = in.takeNumber();
    if (distance > seq) {
      throw UnreadableEnvelopeException.poison("a prev before offset 0");
    }
    return distance == 0 ? LogRecord.FIRST : seq - distance;
  }
}
