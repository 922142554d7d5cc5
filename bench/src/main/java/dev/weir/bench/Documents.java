package dev.weir.bench;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The documents of all benchmarks: JSON objects of 200 bytes under scattered positive longs, the
 * same ones in every run.
 */
public final class Documents {
  /** Bytes of every document. */
  public static final int BYTES = 200;

  private static final String[] CITIES = {"Agra", "Bonn", "Cork", "Dakar", "Essen", "Fes"};

  private Documents() {}

  /**
   * The key of a document.
   *
   * @param number of the document, from 0
   */
  public static long key(long number) {
    long mixed = number * 0x9E3779B97F4A7C15L;
    mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return (mixed ^ (mixed >>> 31)) >>> 1;
  }

  /**
   * The document as JSON, padded to {@link #BYTES}.
   *
   * @param number of the document, from 0
   */
  public static byte[] json(long number) {
    long key = key(number);
    String head =
        "{\"id\":"
            + key
            + ",\"number\":"
            + number
            + ",\"city\":\""
            + CITIES[(int) (number % CITIES.length)]
            + "\",\"active\":"
            + (number % 3 == 0)
            + ",\"text\":\"";
    byte[] document = Arrays.copyOf(head.getBytes(StandardCharsets.UTF_8), BYTES);
    long letters = key;
    for (int i = head.length(); i < BYTES - 2; i++) {
      document[i] = (byte) ('a' + (letters & 15));
      letters = Long.rotateRight(letters, 5) * 31 + i;
    }
    document[BYTES - 2] = '"';
    document[BYTES - 1] = '}';
    return document;
  }
}
