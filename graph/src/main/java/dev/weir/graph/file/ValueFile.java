package dev.weir.graph.file;

import dev.weir.graph.VertexValues;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Writes results: a line {@code vertex value} for each vertex, by ascending id. Whole numbers as
 * such, doubles so that reading them gives the same bits, {@code Infinity} for infinity.
 */
public final class ValueFile {

  private static final int BUFFER = 1 << 16;

  private ValueFile() {}

  /** Writes a file; what was there before stays until the new one is complete. */
  public static void write(VertexValues values, Path file) throws IOException {
    Path absolute = file.toAbsolutePath();
    Path unfinished = absolute.resolveSibling(absolute.getFileName() + ".unfinished");
    try {
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(unfinished), BUFFER)) {
        write(values, out);
      }
      Files.move(unfinished, absolute, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }

  private static void write(VertexValues values, OutputStream out) throws IOException {
    boolean doubles = values.areDoubles();
    try {
      values.forEach(
          (id, longValue, doubleValue) -> {
            String value = doubles ? Double.toString(doubleValue) : Long.toString(longValue);
            try {
              out.write((id + " " + value + "\n").getBytes(StandardCharsets.US_ASCII));
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
