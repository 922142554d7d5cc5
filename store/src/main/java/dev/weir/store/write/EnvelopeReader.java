package dev.weir.store.write;

import java.util.Arrays;

/** Reads what {@link EnvelopeWriter} wrote, and nothing else. */
final class EnvelopeReader {

  private final byte[] bytes;
  private int at;

  EnvelopeReader(byte[] bytes) {
    this.bytes = bytes;
  }

  /** An unsigned byte. */
  int takeByte() throws UnreadableEnvelopeException {
    if (at == bytes.length) {
      throw UnreadableEnvelopeException.poison("cut short");
    }
    return bytes[at++] & 0xff;
  }

  /** A number from 0 upwards, in its shortest form. */
  long takeNumber() throws UnreadableEnvelopeException {
    long value = 0;
    for (int shift = 0; shift < 63; shift += 7) {
      int next = takeByte();
      value |= (long) (next & 0x7f) << shift;
      if (next < 0x80) {
        if (next == 0 && shift > 0) {
          break;
        }
        return value;
      }
    }
    throw UnreadableEnvelopeException.poison("a number in a form that is never written");
  }

  /** A number from 0 upwards that is an int. */
  int takeInt() throws UnreadableEnvelopeException {
    long value = takeNumber();
    if (value > Integer.MAX_VALUE) {
      throw UnreadableEnvelopeException.poison("a number out of range");
    }
    return (int) value;
  }

  /** A byte that is 0 or 1. */
  boolean takeFlag() throws UnreadableEnvelopeException {
    int flag = takeByte();
    if (flag > 1) {
      throw UnreadableEnvelopeException.poison("a flag of " + flag);
    }
    return flag == 1;
  }

  /** Any number in 8 bytes. */
  long takeFixed() throws UnreadableEnvelopeException {
    long value = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      value = value << Byte.SIZE | takeByte();
    }
    return value;
  }

  /** Bytes behind their number. */
  byte[] takeBytes() throws UnreadableEnvelopeException {
    return takeRaw(takeNumber());
  }

  /** So many bytes. */
  byte[] takeRaw(long length) throws UnreadableEnvelopeException {
    if (length > bytes.length - at) {
      throw UnreadableEnvelopeException.poison("cut short");
    }
    byte[] taken = Arrays.copyOfRange(bytes, at, at + (int) length);
    at += (int) length;
    return taken;
  }

  /** Whether everything has been read. */
  boolean atEnd() {
    return at == bytes.length;
  }
}
