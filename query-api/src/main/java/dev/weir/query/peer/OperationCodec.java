package dev.weir.query.peer;

import dev.weir.store.Operation;
import dev.weir.store.write.LogFormat;
import dev.weir.store.write.LogRecord;

/**
 * Operations as fields of a frame: as the log writes them, so that a node can forward whatever it
 * could append.
 */
final class OperationCodec {
  private static final LogRecord.CommandId NO_ID = new LogRecord.CommandId(0, 0);

  private OperationCodec() {}

  static void write(Operation operation, FrameWriter out) {
    LogRecord record = new LogRecord.Command(NO_ID, operation);
    out.writeBytes(LogFormat.key(record));
    out.writeBytes(LogFormat.value(record, 0));
  }

  static Operation read(FrameReader in) throws MalformedFrameException {
    LogFormat.Decoded decoded = LogFormat.decode(in.readBytes(), in.readBytes());
    if (decoded instanceof LogFormat.Record record
        && record.record() instanceof LogRecord.Command command) {
      return command.operation();
    }
    throw new MalformedFrameException("not an operation: " + decoded);
  }

  /** Roughly the bytes that {@link #write} will take. */
  static int expectedSize(Operation operation) {
    if (operation instanceof Operation.Put put) {
      return 64 + put.key().bytes().length + put.value().length;
    }
    return 256;
  }
}
